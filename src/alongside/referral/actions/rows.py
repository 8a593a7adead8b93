"""What every act on a referral begins and ends with: found and locked while undecided, moved, due in time."""

from datetime import datetime

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import agreements, policy
from alongside.kernel import clock
from alongside.kernel.errors import NotThere, Stale
from alongside.organisations import queries as organisations
from alongside.referral import rules
from alongside.referral.models import ReceivedReferral, Referral, ReferralStatus
from alongside.referral.rules import State, Urgency

REFERRAL = policy.categories_mask("referral")


def triage_due(service: str, urgency: Urgency, sent_at: datetime, by: Access) -> datetime:
    """When a service has promised to look at what came in."""
    agreement = agreements.agreement(organisations.place(service, access=by).agreement)
    return rules.triage_due(sent_at, urgency, agreement, organisations.hours_of(service, access=by))


def undecided(referral: str, by: Access) -> tuple[Referral, ReceivedReferral]:
    """A referral to the reader's service, locked, and what it received; `Stale` where somebody has decided it."""
    spine = Referral.objects.select_for_update().filter(pk=referral, receiver_service=by.service).first()
    received = ReceivedReferral.objects.filter(referral=spine).first() if spine else None
    if spine is None or received is None:
        raise NotThere()
    allowed.require_own(by, received.registration_id, "referral")
    if spine.state != State.SENT:
        raise Stale("Somebody decided this referral while you were reading it. Look at what was decided.")
    return spine, received


def move(spine: Referral, to: State, by: Access) -> None:
    """Take a referral to another state, and note it."""
    if to not in rules.MOVES[State(spine.state)]:
        raise Stale("This referral has moved on since you opened it. Look at it again.")
    now = clock.now()
    Referral.objects.filter(pk=spine.pk).update(state=to, decided_at=now)
    ReferralStatus.objects.create(referral=spine, state=to, by=by.actor, at=now)
