"""What the person's first page says now: what comes next, what is owed, the plan, the questions, who may see what."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent.queries import Agreed
from alongside.consultation.queries import Line
from alongside.consultation.rules import OPEN
from alongside.contacts.queries import Contact
from alongside.contacts.rules import State
from alongside.definitions import policy
from alongside.journey.queries import Episode, Journey
from alongside.kernel import clock
from alongside.plan.queries import Plan
from alongside.plan.rules import ActionState, GoalState
from alongside.tasks.queries import Owed
from alongside.web import words
from alongside.web.consents.present import recipient_name
from alongside.web.forms.words import in_a_sentence
from alongside.web.naming import who
from alongside.web.ways import way

SHORT = 90
FEW = 3  # kinds that are left out, after which what is seen says it: ours


@dataclass(frozen=True, slots=True)
class Coming:
    """The next contact, or (`over`) one that nobody has written up yet. `record` is empty where it belongs to the other
    service."""

    at: datetime
    over: bool
    what: str
    who: str
    href: str
    record: str


@dataclass(frozen=True, slots=True)
class Task:
    """One thing owed, as `components/lists.jinja` draws it."""

    due: datetime
    what: str
    href: str
    about: str
    who: str


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal and its open actions, with owner and day."""

    words: str
    actions: tuple[tuple[str, str, object], ...]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    href: str
    due: datetime | None
    state: str


def coming(contacts: Iterable[Contact], known: Mapping[str, str], access: Access) -> list[Coming]:
    """Planned contacts in both services, the next first."""
    planned = sorted((one for one in contacts if one.state is State.PLANNED), key=lambda one: one.starts_at)
    return [_coming(one, known, access) for one in planned]


def _coming(one: Contact, known: Mapping[str, str], access: Access) -> Coming:
    own = one.service == access.service
    service = "" if own else known.get(one.service, "")
    return Coming(
        at=one.starts_at,
        over=one.starts_at + timedelta(minutes=one.minutes) < clock.now(),
        what=f"{words.kind(one.kind)}, {words.mode(one.mode).lower()}",
        who=" · ".join(part for part in (who(one.practitioner, known, access), service) if part),
        href=way("contact", one.id, access=access),
        record=way("contact-record-planned", one.id, access=access) if own else "",
    )


def owed(tasks: Iterable[Owed], known: Mapping[str, str], access: Access, names: Mapping[str, str] = {}) -> list[Task]:
    """What is owed, the first due first; `names` says about whom, by registration, where a list is of many people."""
    return [
        Task(
            due=one.due_at,
            what=words.task(one.room, one.kind, one.about),
            href=where(one, access),
            about=names.get(one.registration, ""),
            who=who(one.holder, known, access),
        )
        for one in tasks
    ]


# Where a task is done, by room and kind: the pages of the thing itself, the first that opens for the reader.
_DONE_AT = {
    ("contacts", "keep_contact"): ("contact-record-planned", "contact"),
    ("contacts", "follow_up_missed"): ("contact",),
    ("contacts", "rebook"): ("contact",),
    ("referral", "triage"): ("referral",),
    ("consultation", "answer"): ("consultation",),
    ("consultation", "clarify"): ("consultation",),
    ("consultation", "reply"): ("consultation",),
    ("consultation", "returned"): ("consultation",),
    ("post", "not_sent"): ("message",),
    ("safety", "review_look"): ("emergency-look",),
    ("safety", "risk_prompt"): ("risk-prompt",),
    ("safety", "disclosure_received"): ("disclosure-received",),
    ("safety", "withheld"): ("withheld",),
    ("screening", "discuss"): ("screening-next",),
    ("screening", "offer"): ("screening-next",),
    ("screening", "start"): ("screening-next",),
    ("transitions", "answer_handover"): ("handover",),
}
_OURS_ALONE = {"contact-record-planned"}  # the other service's contact is theirs to record
_ON_THE_PERSON = {
    "action": "plan",
    "tell_person": "person-referrals",
    "same_human": "same-person",
    "decide_erasure": "person-erasure",
}
_OF_THE_JOURNEY = {"review": "reviewed", "allocate": "allocate"}


def where(one: Owed, access: Access) -> str:
    """The page where a task is done, or the person's own page where it has none that the reader may open."""
    addresses = (way(name, *args, access=access) for name, *args in _places(one, access))
    return next(filter(None, addresses), "")


def _places(one: Owed, access: Access) -> Iterator[tuple[str, ...]]:
    if one.room == "journey" and one.kind in _OF_THE_JOURNEY:
        yield _OF_THE_JOURNEY[one.kind], one.registration, one.about
    if one.kind in _ON_THE_PERSON:
        yield _ON_THE_PERSON[one.kind], one.registration
    for name in _DONE_AT.get((one.room, one.kind), ()):
        if name not in _OURS_ALONE or one.service == access.service:
            yield name, one.about
    yield "person", one.registration


def plan_on_a_page(plan: Plan, known: Mapping[str, str], access: Access) -> list[Goal]:
    """Active goals with their open actions, then actions for no goal."""
    found = [
        Goal(one.words, _actions(one.actions, known, access), one.done, one.total)
        for one in plan.goals
        if one.state is GoalState.ACTIVE
    ]
    loose = _actions(plan.others, known, access)
    return [*found, Goal("", loose, 0, len(loose))] if loose else found


def _actions(actions, known: Mapping[str, str], access: Access) -> tuple[tuple[str, str, object], ...]:
    live = (one for one in actions if one.state is ActionState.OPEN)
    return tuple((one.text, who(one.owner, known, access), one.due_on) for one in live)


def questions(lines: Iterable[Line], known: Mapping[str, str], access: Access) -> list[Question]:
    """Questions still open between the teams."""
    return [
        Question(
            text=line.text if len(line.text) <= SHORT else f"{line.text[:SHORT].rstrip()}…",
            href=way("consultation", line.id, access=access),
            due=line.due_at if line.answered_at is None else None,
            state=_with(line, known),
        )
        for line in lines
        if line.state in OPEN
    ]


def _with(line: Line, known: Mapping[str, str]) -> str:
    holder = known.get(line.holder, "")
    return _("with %(holder)s") % {"holder": holder} if holder else ""


def team(
    journey: Journey | None, episodes: Sequence[Episode], known: Mapping[str, str], access: Access
) -> list[tuple[str, str]]:
    """Who holds this person in each service, as rows of facts; the lead practitioner of a joint journey first."""
    rows = []
    if journey is not None and journey.lead:
        rows.append((_("Lead practitioner"), who(journey.lead, known, access)))
    for one in episodes:
        if one.open:
            holder = who(one.practitioner, known, access) if one.practitioner else _("nobody yet: the team holds them")
            rows.append((known.get(one.service, _("Service")), holder))
    return rows


def sharing(agreed: Iterable[Agreed], known: Mapping[str, str]) -> list[str]:
    """What the person agreed that others may see, in one sentence for each recipient. Only the discloser's side
    has anything to read here."""
    return [_sentence(one, known) for one in agreed if one.purpose == "direct_care"]


def _sentence(one: Agreed, known: Mapping[str, str]) -> str:
    name = recipient_name(one, known) or _("Somebody they named")
    hidden = policy.offered() & ~one.categories
    sees = [in_a_sentence(_(said)) for said in policy.category_words(one.categories)]
    if not sees:
        return _("%(who)s may see nothing.") % {"who": name}
    short = next((_(bundle.words) for bundle in policy.bundles().values() if bundle.mask == one.categories), "")
    opened = _("%(who)s may see: %(what)s.") % {"who": name, "what": in_a_sentence(short) or ", ".join(sees)}
    left = [in_a_sentence(_(said)) for said in policy.category_words(hidden)]
    if len(left) > FEW and not short:
        return _("%(who)s may see: %(what)s, and nothing else.") % {"who": name, "what": ", ".join(sees)}
    return opened + " " + _("Not: %(what)s.") % {"what": ", ".join(left)} if left and not short else opened


def to_name(*lists: Iterable[str]) -> set[str]:
    return {one for found in lists for one in found if one}


def recipients(agreed: Iterable[Agreed]) -> list[str]:
    return [one.recipient.partition(":")[2] for one in agreed if Handle.kind(one.recipient) == "service"]
