"""What the referral pages need, made from what was read. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions import doors, policy, suitability
from alongside.people.queries import PersonHeader
from alongside.referral.queries import Decided, Received, Sent
from alongside.referral.rules import State
from alongside.tasks.queries import Owed
from alongside.web import use_words
from alongside.web.referrals import words
from alongside.web.ways import way


@dataclass(frozen=True, slots=True)
class Waiting:
    """One referral that nobody has decided yet, as a row."""

    href: str
    name: str
    age: int | None
    door: str
    urgency: str
    tone: str
    since: datetime
    due: datetime
    reason: str
    use: str
    below: bool


def waiting(found: Iterable[Received], people: Mapping[str, PersonHeader]) -> list[Waiting]:
    return [_waiting(one, people.get(one.registration)) for one in found]


def _waiting(one: Received, person: PersonHeader | None) -> Waiting:
    return Waiting(
        href=reverse("referral", args=[one.id]),
        name=person.name if person else _("Somebody"),
        age=person.age if person else None,
        door=words.door(one.door),
        urgency=words.urgency(one.urgency),
        tone=words.TONES[one.urgency],
        since=one.sent_at,
        due=one.due_at,
        reason=one.reason,
        use=use_words.said(one.use),
        below=bool(one.below_threshold),
    )


@dataclass(frozen=True, slots=True)
class SentRow:
    """One referral of ours: where it went and what we have heard."""

    person: str
    person_href: str
    to: str
    heard: str
    tone: str
    reason: str
    offered: str
    sent_at: datetime
    due: datetime | None
    tell_href: str
    take_back_href: str


def sent_rows(
    found: Iterable[Sent],
    names: Mapping[str, str],
    people: Mapping[str, PersonHeader],
    owed: Iterable[Owed],
    access: Access,
) -> list[SentRow]:
    """`owed` are open tasks: a referral with one to tell the person can be closed from its row."""
    telling = {task.about for task in owed if task.kind == "tell_person"}
    return [_sent(one, names, people.get(one.registration), one.id in telling, access) for one in found]


def _sent(one: Sent, names: Mapping[str, str], person: PersonHeader | None, telling: bool, access: Access) -> SentRow:
    address = (one.registration, one.id)
    return SentRow(
        person=person.name if person else _("Somebody"),
        person_href=reverse("person-referrals", args=[one.registration]),
        to=names.get(one.to, ""),
        heard=words.heard(one.heard),
        tone=words.HEARD_TONES[one.heard],
        reason=one.reason,
        offered=one.offered,
        sent_at=one.sent_at,
        due=one.due_at if one.heard == "received" else None,
        tell_href=way("referral-told", *address, access=access) if telling else "",
        take_back_href=way("referral-take-back", *address, access=access) if one.heard == "received" else "",
    )


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision not to take somebody on, in words."""

    reason: str
    words: str
    offered: str
    threshold: str
    below: bool
    review_on: object
    at: datetime
    by: str


def decision(decided: Decided, names: Mapping[str, str]) -> Decision:
    return Decision(
        reason=words.decline(decided.reason),
        words=decided.words,
        offered=decided.offered,
        threshold=decided.threshold,
        below=bool(decided.below_threshold),
        review_on=decided.review_on,
        at=decided.at,
        by=names.get(decided.by, ""),
    )


@dataclass(frozen=True, slots=True)
class Detail:
    """One referral that came to us, with what stands beside a decision about it."""

    id: str
    state: str
    open: bool
    accepted: bool
    sender: str
    we_tell: bool  # no service of the partnership sent it: whoever decides tells the person
    door: str
    urgency: str
    tone: str
    since: datetime
    due: datetime
    reason: str
    wants: str
    sees_use: bool
    use: str
    compared: str
    below: bool
    threshold: doors.Threshold
    guidance: tuple[suitability.Statement, ...]
    arm: str
    shares_back: list[str]
    decision: Decision | None
    href: str
    registration: str


def detail(one: Received, names: Mapping[str, str], *, sees_use: bool) -> Detail:
    """`sees_use`: whether the reader's role may see what people drink and use."""
    return Detail(
        id=one.id,
        state=words.state(one.state),
        open=one.state is State.SENT,
        accepted=one.state is State.ACCEPTED,
        sender=one.sender_name,
        we_tell=not one.sender_service,
        door=words.door(one.door),
        urgency=words.urgency(one.urgency),
        tone=words.TONES[one.urgency],
        since=one.sent_at,
        due=one.due_at,
        reason=one.reason,
        wants=one.wants,
        sees_use=sees_use,
        use=use_words.said(one.use),
        compared=compared(one),
        below=bool(one.below_threshold),
        threshold=doors.threshold(),
        guidance=suitability.guidance().statements,
        arm=words.arm(one.arm),
        shares_back=[_(kind) for kind in policy.category_words(one.share_back)],
        decision=decision(one.decision, names) if one.decision else None,
        href=reverse("referral", args=[one.id]),
        registration=one.registration,
    )


def compared(one: Received) -> str:
    """Recorded drinking beside the local threshold, in words. Never a verdict."""
    if one.below_threshold is None or one.use.amount is None:
        return ""
    limit = use_words.plain(doors.threshold().units_a_drinking_day)
    figures = {"amount": use_words.plain(one.use.amount), "limit": limit}
    if one.below_threshold:
        return _("Recorded drinking is %(amount)s units on a drinking day: below the local threshold of %(limit)s.") % (
            figures
        )
    return _("Recorded drinking is %(amount)s units on a drinking day; the local threshold is %(limit)s.") % figures


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Somebody of our own service who may be the same human."""

    name: str
    born: object
    number: str
    registration: str


def duplicates(found: Iterable[PersonHeader], but: str) -> list[Duplicate]:
    return [
        Duplicate(one.name, one.birth_date, one.nhs_number, one.registration)
        for one in found
        if one.registration != but
    ]
