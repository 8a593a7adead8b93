"""Taking somebody on or not, telling them, and taking a referral back.

The sharing room calls `accept`, because accepting may change who may see.
"""

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import doors
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import NotThere
from alongside.organisations import queries as organisations
from alongside.referral import rules
from alongside.referral.actions import rows
from alongside.referral.actions.rows import REFERRAL
from alongside.referral.models import Decision, ReceivedReferral, Referral, SentReferral
from alongside.referral.rules import Declining, State, Urgency
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder


@transaction.atomic
def accept(*, referral: str, practitioner: str, by: Access) -> str:
    """Take the person on: an episode opens and `practitioner` (or, empty, the intake team) holds it.

    Returns the episode's id. What the person's act carries is put into force by `sharing.accept_referral`, which
    calls this.
    """
    by.check_may("triage")
    spine, received = rows.undecided(referral, by)
    tasks.close(room="referral", about=referral, outcome="accepted", by=by)
    episode = journey.open_episode(
        registration=received.registration_id,
        team=spine.receiver_team,
        practitioner=practitioner,
        received_on=spine.sent_at.astimezone(LONDON).date(),
        referral=referral,
        source=doors.doors()[spine.door].source_code,
        by=by,
    )
    rows.move(spine, State.ACCEPTED, by)
    access.log(by=by, act="referral.accept", subject=referral, about=[received.registration_id])
    return episode


@transaction.atomic
def decline(*, referral: str, decision: Declining, by: Access) -> str:
    """Do not take the person on, in a written decision; returns its id.

    The sender now holds the person: somebody must tell them what was decided and what is offered. For a
    self-referral that is whoever declined. The local threshold in force is kept with the decision, so that whoever may
    see the recorded drinking sees the two compared.
    """
    by.check_may("triage")
    spine, received = rows.undecided(referral, by)
    rules.check_declining(decision, clock.today())
    row = Decision.objects.create(
        registration_id=received.registration_id,
        service=received.service,
        needs=REFERRAL,
        author=by.actor,
        occurred_at=clock.now(),
        referral=spine,
        reason=decision.reason,
        words=decision.words.strip(),
        offered=decision.offered.strip(),
        threshold=decision.threshold.strip(),
        local_threshold=doors.threshold().units_a_drinking_day,
        review_on=decision.review_on,
    )
    tasks.close(room="referral", about=referral, outcome="declined", by=by)
    _somebody_tells(spine, received, by)
    rows.move(spine, State.DECLINED, by)
    detail = {"reason": decision.reason}  # nothing of the drinking: the ledger has readers who may not see that
    access.log(by=by, act="referral.decline", subject=referral, about=[received.registration_id], detail=detail)
    return row.pk


def _somebody_tells(spine: Referral, received: ReceivedReferral, by: Access) -> None:
    sent = SentReferral.objects.filter(referral=spine).first()
    registration, service = (sent.registration_id, sent.service) if sent else (received.registration_id, by.service)
    tasks.open_task(
        room="referral",
        about=spine.pk,
        kind="tell_person",
        registration=registration,
        service=service,
        needs=REFERRAL,
        holder=_teller(spine, by) if sent else Holder(practitioner=by.actor),
        due_at=rows.triage_due(service, Urgency.SOON, clock.now(), by),
        by=by,
    )


def _teller(spine: Referral, by: Access) -> Holder:
    if organisations.works_in(spine.sent_by, spine.sender_service, access=by):
        return Holder(practitioner=spine.sent_by)
    return Holder(team=organisations.intake_team(spine.sender_service, access=by))


@transaction.atomic
def told(*, referral: str, by: Access) -> None:
    """The person has been told that the referral was declined and what they are offered: it is closed."""
    by.check_may("refer")
    spine = Referral.objects.select_for_update().filter(pk=referral, state=State.DECLINED).first()
    if spine is None:
        raise NotThere()
    row = SentReferral.objects.filter(referral=spine).first() or ReceivedReferral.objects.get(referral=spine)
    allowed.require_own(by, row.registration_id, "referral")
    tasks.close(room="referral", about=referral, outcome="told", by=by)
    rows.move(spine, State.CLOSED, by)
    access.log(by=by, act="referral.told", subject=referral, about=[row.registration_id])


@transaction.atomic
def withdraw(*, referral: str, by: Access) -> None:
    """The sender takes back a referral that is not yet decided, because the person changed their mind."""
    by.check_may("refer")
    spine = Referral.objects.select_for_update().filter(pk=referral, sender_service=by.service).first()
    sent = SentReferral.objects.filter(referral=spine).first() if spine else None
    if spine is None or sent is None:
        raise NotThere()
    allowed.require_own(by, sent.registration_id, "referral")
    tasks.close(room="referral", about=referral, outcome="withdrawn", by=by)
    rows.move(spine, State.WITHDRAWN, by)
    access.log(by=by, act="referral.withdraw", subject=referral, about=[sent.registration_id])
