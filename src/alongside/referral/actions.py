"""Sending, receiving, deciding. The sharing room calls `accept`, because accepting may change who may see."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import IntegrityError, transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Mask
from alongside.consent.rules import Given
from alongside.definitions import agreements, doors, policy
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import Duplicate, Invalid, NotThere, Stale
from alongside.organisations import queries as organisations
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.people.rules import Identity
from alongside.referral import rules
from alongside.referral.models import Decision, ReceivedReferral, Referral, ReferralStatus, ReportedUse, SentReferral
from alongside.referral.rules import Declining, State, Urgency, Use
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder

REFERRAL = policy.categories_mask("referral")
USE = policy.categories_mask("use_pattern")


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
    _receive(spine, there, wording, by)
    access.log(by=by, act="referral.send", subject=spine.pk, about=[registration, there])
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
        due_at=_triage_due(to, wording.urgency, now, by),
        submission=submission or None,
    )
    ReferralStatus.objects.create(referral=spine, state=State.SENT, by=by.actor, at=now)
    return spine


def _triage_due(service: str, urgency: Urgency, sent_at: datetime, by: Access) -> datetime:
    agreement = agreements.agreement(organisations.place(service, access=by).agreement)
    return rules.triage_due(sent_at, urgency, agreement, organisations.hours_of(service, access=by))


def _receive(spine: Referral, registration: str, wording: Wording, by: Access) -> None:
    sender = organisations.place(by.service, access=by).name if by.service else ""
    ReceivedReferral.objects.create(
        registration_id=registration,
        service=spine.receiver_service,
        needs=REFERRAL,
        occurred_at=spine.sent_at,
        referral=spine,
        sender_name=", ".join(part for part in (by.name, sender) if part),
        reason=wording.reason.strip(),
        wants=wording.wants.strip(),
    )
    if wording.use != Use():
        _reported(spine, registration, wording.use)
    tasks.open_task(
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


def _reported(spine: Referral, registration: str, use: Use) -> None:
    ReportedUse.objects.create(
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


@transaction.atomic
def accept(*, referral: str, practitioner: str, by: Access) -> str:
    """Take the person on: an episode opens and `practitioner` (or, empty, the intake team) holds it.

    Returns the episode's id. What the person's act carries is put into force by `sharing.accept_referral`, which
    calls this.
    """
    by.check_may("triage")
    spine, received = _undecided(referral, by)
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
    _move(spine, State.ACCEPTED, by)
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
    spine, received = _undecided(referral, by)
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
    _move(spine, State.DECLINED, by)
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
        due_at=_triage_due(service, Urgency.SOON, clock.now(), by),
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
    _move(spine, State.CLOSED, by)
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
    _move(spine, State.WITHDRAWN, by)
    access.log(by=by, act="referral.withdraw", subject=referral, about=[sent.registration_id])


def _undecided(referral: str, by: Access) -> tuple[Referral, ReceivedReferral]:
    spine = Referral.objects.select_for_update().filter(pk=referral, receiver_service=by.service).first()
    received = ReceivedReferral.objects.filter(referral=spine).first() if spine else None
    if spine is None or received is None:
        raise NotThere()
    allowed.require_own(by, received.registration_id, "referral")
    if spine.state != State.SENT:
        raise Stale("Somebody decided this referral while you were reading it. Look at what was decided.")
    return spine, received


def _move(spine: Referral, to: State, by: Access) -> None:
    if to not in rules.MOVES[State(spine.state)]:
        raise Stale("This referral has moved on since you opened it. Look at it again.")
    now = clock.now()
    Referral.objects.filter(pk=spine.pk).update(state=to, decided_at=now)
    ReferralStatus.objects.create(referral=spine, state=to, by=by.actor, at=now)


def reroute(*, registration: str, by: Access) -> None:
    """A referral already sent is the person's own act and stands; withdrawing it is theirs to ask for."""


def sender_registration(*, referral: str, by: Access) -> str:
    """The sender's registration behind a referral to the reader's service, or empty. Shown to nobody."""
    spine, _ = _undecided(referral, by)
    sent = SentReferral.objects.filter(referral=spine).first()
    return sent.registration_id if sent else ""


def given_with(*, referral: str, by: Access) -> tuple[str, str, bool]:
    """How the person gave what the referral carries: how, who heard it, and whether they were told that no is fine."""
    spine = Referral.objects.filter(pk=referral, receiver_service=by.service).first()
    received = ReceivedReferral.objects.filter(referral=spine).first() if spine else None
    if spine is None or received is None:
        raise NotThere()
    allowed.require_own(by, received.registration_id, "referral")
    return spine.given, spine.witness, spine.told_no_is_fine
