"""Sending somebody to another service, or oneself, and receiving them there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from django.db import IntegrityError, transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Mask
from alongside.consent.rules import Given
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Duplicate, Invalid
from alongside.organisations import queries as organisations
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.people.rules import Identity
from alongside.referral import rules
from alongside.referral.actions import rows
from alongside.referral.actions.rows import REFERRAL
from alongside.referral.models import ReceivedReferral, Referral, ReferralStatus, ReportedUse, SentReferral
from alongside.referral.rules import State, Urgency, Use
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder

USE = policy.categories_mask("use_pattern")
IDENTITY = policy.categories_mask("identity")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a referral says: why now, what the person wants, and what they say they drink or use."""

    reason: str
    wants: str
    use: Use = field(default_factory=Use)
    urgency: Urgency = Urgency.ROUTINE


@dataclass(frozen=True, slots=True)
class Carried:
    """What the person's own act carries with a referral, to take effect when it is accepted.

    `arm` asks for a joint journey on that arm; `share_back` is what the receiver may then share with the sender.
    """

    arm: str = ""
    share_back: Mask = 0
    given: str = Given.VERBAL
    witness: str = ""
    told_no_is_fine: bool = False


def send(
    *, registration: str, to: str, wording: Wording, by: Access, carried: Carried = Carried(), submission: str = ""
) -> str:
    """Refer one of the sender's own people to another service; returns the referral's id.

    The receiver comes to know the person by this act: in the registration it already holds if the person linked the
    two, otherwise in a new one. Raises `Several` naming what is missing, `Duplicate` for the same form twice.
    """
    by.check_may("refer")
    with _once(submission):
        allowed.require_own(by, registration, "referral", "identity")
        return _send(registration, to, wording, carried, submission, by)


def _send(registration: str, to: str, wording: Wording, carried: Carried, submission: str, by: Access) -> str:
    rules.check_sending(wording.reason, wording.wants)
    rules.check_use(wording.use)
    if to == by.service:
        raise Invalid("to", "Choose another service: this person is already with yours.")
    identity, _ = persons.identity(registration, access=by)
    there = _known_there(registration, to, by) or people.register(service=to, identity=identity, by=by)
    spine = _spine(to, rules.door_of(organisations.place(by.service, access=by).kind), wording, carried, submission, by)
    SentReferral.objects.create(
        registration_id=registration,
        service=by.service,
        needs=REFERRAL,
        author=by.actor,
        occurred_at=clock.now(),
        referral=spine,
        reason=wording.reason.strip(),
        wants=wording.wants.strip(),
    )
    for copy, needs in _receive(spine, there, wording, by).items():
        # A refusal that names somebody travels with what was sent, and with what is owed about it.
        access.copied_from(record=copy, registration=registration, needs=needs, occurred_at=spine.sent_at, by=by)
    detail = {"to": to, "kinds": REFERRAL | IDENTITY | (USE if wording.use != Use() else 0)}
    access.log(by=by, act="referral.send", subject=spine.pk, about=[registration, there], detail=detail)
    return spine.pk


def _known_there(registration: str, service: str, by: Access) -> str | None:
    joined = persons.joined(registration, access=by)[1:]
    return persons.own_of(joined, access=replace(by, service=service)) if joined else None


def refer_myself(*, to: str, identity: Identity, wording: Wording, by: Access, submission: str = "") -> str:
    """A self-referral to one service, by anybody; returns the referral's id. Always a new registration there: whether
    the service knew the person is for its triage to see, and for nobody else."""
    rules.check_sending(wording.reason, wording.wants)
    rules.check_use(wording.use)
    if not any(place.id == to for place in organisations.open_services(access=by)):
        raise Invalid("to", "Choose the service you want to contact.")
    with _once(submission):
        there = people.register(service=to, identity=identity, by=by)
        spine = _spine(to, "self", wording, Carried(), submission, by)
        _receive(spine, there, wording, by)
        access.log(by=by, act="referral.refer_myself", subject=spine.pk, about=[there])
    return spine.pk


@contextmanager
def _once(submission: str) -> Iterator[None]:
    """One transaction, in which a form that came before sends nothing."""
    try:
        with transaction.atomic():
            _refuse_repeat(submission)
            yield
    except IntegrityError:
        _refuse_repeat(submission)  # it came while we wrote
        raise


def _refuse_repeat(submission: str) -> None:
    before = Referral.objects.filter(submission=submission).first() if submission else None
    if before:
        raise Duplicate("This referral was already sent. It was not sent again.", before.pk)


def _spine(to: str, door: str, wording: Wording, carried: Carried, submission: str, by: Access) -> Referral:
    now = clock.now()
    spine = Referral.objects.create(
        sender_service=by.service,
        sent_by=by.actor,
        receiver_service=to,
        receiver_team=organisations.intake_team(to, access=by),
        door=door,
        urgency=wording.urgency,
        state=State.SENT,
        arm=carried.arm,
        share_back=carried.share_back,
        given=carried.given if carried.share_back else "",
        witness=carried.witness,
        told_no_is_fine=carried.told_no_is_fine,
        sent_at=now,
        due_at=rows.triage_due(to, wording.urgency, now, by),
        submission=submission or None,
    )
    ReferralStatus.objects.create(referral=spine, state=State.SENT, by=by.actor, at=now)
    return spine


def _receive(spine: Referral, registration: str, wording: Wording, by: Access) -> dict[str, Mask]:
    """What the receiver has of it from now on, and the task to look at it: the kinds that each needs, by its id."""
    sender = organisations.place(by.service, access=by).name if by.service else ""
    received = ReceivedReferral.objects.create(
        registration_id=registration,
        service=spine.receiver_service,
        needs=REFERRAL,
        occurred_at=spine.sent_at,
        referral=spine,
        sender_name=", ".join(part for part in (by.name, sender) if part),
        reason=wording.reason.strip(),
        wants=wording.wants.strip(),
    )
    reported = {} if wording.use == Use() else {_reported(spine, registration, wording.use): USE}
    owed = tasks.open_task(
        room="referral",
        about=spine.pk,
        kind="triage",
        registration=registration,
        service=spine.receiver_service,
        needs=REFERRAL,
        holder=Holder(team=spine.receiver_team),
        due_at=spine.due_at,
        by=by,
    )
    return {received.pk: REFERRAL, owed: REFERRAL} | reported


def _reported(spine: Referral, registration: str, use: Use) -> str:
    said = ReportedUse.objects.create(
        registration_id=registration,
        service=spine.receiver_service,
        needs=USE,
        occurred_at=spine.sent_at,
        referral=spine,
        substance=use.substance,
        days_of_28=use.days_of_28,
        amount=use.amount,
        unit=use.unit,
    )
    return said.pk
