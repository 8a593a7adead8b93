"""My work: what I owe by when, who comes today, and what the other team did."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from alongside.access.context import Access
from alongside.consultation.queries import Line
from alongside.contacts.queries import Contact
from alongside.contacts.rules import State
from alongside.plan.queries import Added
from alongside.tasks import queries as tasks
from alongside.tasks.queries import Owed
from alongside.tasks.rules import When
from alongside.web import words
from alongside.web.naming import who
from alongside.web.people.present import where
from alongside.web.ways import way

GROUPS = {
    When.OVERDUE: gettext_noop("Overdue"),
    When.TODAY: gettext_noop("Today"),
    When.THIS_WEEK: gettext_noop("This week"),
    When.LATER: gettext_noop("Later"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing owed. `since` is when it was first owed, however often it changed hands."""

    due: datetime
    what: str
    href: str
    about: str
    who: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """Things owed that are due about the same time; `count` is how many there are, shown here or not."""

    name: str
    key: str
    tasks: Sequence[Task]
    count: int


@dataclass(frozen=True, slots=True)
class Slot:
    """One contact of today."""

    at: datetime
    name: str
    href: str
    what: str
    state: str
    tone: str
    record: str
    person: str
    who: str


@dataclass(frozen=True, slots=True)
class News:
    """One thing that the other team did, as `components/lists.jinja` draws it."""

    when: datetime
    side: str
    title: str
    href: str
    text: str
    who: str
    new: bool = False


def groups(
    owed: Iterable[Owed],
    counted: Mapping[When, int],
    people: Mapping[str, str],
    known: Mapping[str, str],
    access: Access,
) -> list[Group]:
    """What is owed, by when it is due; an empty group is left out."""
    found: dict[When, list[Task]] = {when: [] for when in GROUPS}
    for one in owed:
        found[one.when].append(_task(one, people, known, access))
    return [Group(_(GROUPS[when]), when.value, tasks, counted[when]) for when, tasks in found.items() if tasks]


def _task(one: Owed, people: Mapping[str, str], known: Mapping[str, str], access: Access) -> Task:
    what = words.task(one.room, one.kind, one.about)
    return Task(
        due=one.due_at,
        what=what,
        href=where(one, access),
        about=people.get(one.registration, ""),
        who=who(one.holder, known, access),
        since=one.opened_at,
    )


def count(counted: Mapping[When, int], shown: int) -> str:
    """`7 things, 2 late`, or `50 of 66 things, 2 late` where a page does not hold them all."""
    everything, late = sum(counted.values()), counted[When.OVERDUE]
    if not everything:
        return ""
    said = ngettext("%(count)d thing", "%(count)d things", everything) % {"count": everything}
    if everything == tasks.MOST:
        said = _("%(shown)d of at least %(things)s") % {"shown": shown, "things": said}
    elif shown < everything:
        said = _("%(shown)d of %(things)s") % {"shown": shown, "things": said}
    return said + ", " + _("%(count)d late") % {"count": late} if late else said


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a page of a long list stands in it: `first` to `last` of `of`, and the pages before and after."""

    first: int
    last: int
    of: int
    before: int | None
    after: int | None


def pages(number: int, of: int, most: int) -> Pages:
    """The page of that number, or the last one there is."""
    number = min(number, max(1, -(-of // most)))
    first, last = (number - 1) * most + 1, min(number * most, of)
    return Pages(first, last, of, number - 1 or None, number + 1 if last < of else None)


def slots(
    contacts: Iterable[Contact], people: Mapping[str, str], known: Mapping[str, str], access: Access
) -> list[Slot]:
    return [_slot(one, people, known, access) for one in contacts]


def _slot(one: Contact, people: Mapping[str, str], known: Mapping[str, str], access: Access) -> Slot:
    planned = one.state is State.PLANNED
    return Slot(
        at=one.starts_at,
        name=people.get(one.registration, ""),
        href=reverse("contact", args=[one.id]),
        what=f"{words.mode(one.mode)}, {words.kind(one.kind).lower()}",
        state="" if planned else words.attendance(one.attendance),
        tone={State.KEPT: "teal", State.MISSED: "red"}.get(one.state, "grey"),
        record=way("contact-record-planned", one.id, access=access) if planned else "",
        person=reverse("person", args=[one.registration]),
        who="" if one.practitioner == access.actor else known.get(one.practitioner, ""),
    )


def news(
    contacts: Iterable[Contact],
    answered: Iterable[Line],
    added: Iterable[Added],
    people: Mapping[str, tuple[str, str]],
    known: Mapping[str, str],
) -> list[News]:
    """The newest first. `people` gives (name, own registration) by any of somebody's registrations."""
    found = [_met(one, people, known) for one in contacts]
    found += [_answer(one, people, known) for one in answered]
    found += [_item(one, people, known) for one in added]
    return sorted(found, key=lambda one: one.when, reverse=True)


def _met(one: Contact, people: Mapping[str, tuple[str, str]], known: Mapping[str, str]) -> News:
    name, _own = people[one.registration]
    what = _("is booked: %(kind)s") if one.state is State.PLANNED else "%(kind)s"
    said = words.kind(one.kind) if one.state is not State.MISSED else words.attendance(one.attendance)
    who_ = ", ".join(part for part in (known.get(one.practitioner, ""), known.get(one.service, "")) if part)
    href = reverse("contact", args=[one.id])
    return News(one.recorded_at, "both" if one.joint else "", f"{name}: {what % {'kind': said}}", href, "", who_)


def _answer(one: Line, people: Mapping[str, tuple[str, str]], known: Mapping[str, str]) -> News:
    name, _own = people.get(one.registration, (_("A question"), ""))
    title = _("%(name)s: our question was answered") % {"name": name}
    href = reverse("consultation", args=[one.id])
    return News(one.answered_at or one.asked_at, "both", title, href, one.text, known.get(one.answerer, ""))


def _item(one: Added, people: Mapping[str, tuple[str, str]], known: Mapping[str, str]) -> News:
    name, own = people[one.registration]
    title = _("%(name)s: new goal") if one.is_goal else _("%(name)s: new action")
    href = reverse("person", args=[own])
    return News(one.at, "both", title % {"name": name}, href, one.words, known.get(one.service, ""))
