"""The caseload as a table: each cell in words and numbers, in the order that was asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from alongside.access.context import Access
from alongside.caseload.queries import Row
from alongside.caseload.rules import Measured, Used, Why
from alongside.contacts.queries import Slot
from alongside.definitions.instruments import instrument
from alongside.outcomes.rules import Change, UseChange
from alongside.web import words
from alongside.web.caseload.forms import Asked
from alongside.web.charts import spark
from alongside.web.languages import once
from alongside.web.naming import who
from alongside.web.ways import way

PAGE = 100
_REASONS = {
    Why.TO_TALK: gettext_noop("An answer about self-harm waits for a conversation"),
    Why.WORSE: gettext_noop("Scores reliably worse than at the start"),
    Why.BETTER_USING_MORE: gettext_noop("Mood better, and using on more days"),
    Why.USING_MORE: gettext_noop("Using on more days than at the start"),
    Why.OVERDUE: gettext_noop("Something owed is late"),
    Why.STUCK: gettext_noop("Above the cut-off with no reliable change, and past the time for review"),
    Why.NOT_PLANNED: gettext_noop("Nothing booked"),
    Why.NEW: gettext_noop("Not seen yet"),
}
_CHANGES = {Why.WORSE: Change.WORSE, Why.BETTER_USING_MORE: Change.BETTER}
_CLAIMED = (Change.BETTER, Change.WORSE, Change.NOT_RELIABLE)  # by how much it has to change
_TONES = {
    Why.TO_TALK: "red",
    Why.WORSE: "red",
    Why.BETTER_USING_MORE: "orange",
    Why.USING_MORE: "orange",
    Why.MISSED: "yellow",
}


@dataclass(frozen=True, slots=True)
class Scored:
    """One measure: `19 → 11`, what that is, its colour and, where there is a course, its line. `unchecked` says that
    nobody has checked by how much it has to change."""

    name: str
    said: str
    change: str
    tone: str
    spark: str = ""
    unchecked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One person as the table shows them. `talk` is where their answer about self-harm waits, if one does."""

    registration: str
    name: str
    born: Any
    joint: bool
    holder: str
    weeks: int
    mood: Scored
    anxiety: Scored
    use: Scored
    last: Slot | None
    last_said: str
    next: Slot | None
    why: Sequence[str]
    talk: str
    tone: str
    acts: str
    acts_what: str
    due: datetime | None

    @property
    def unchecked(self) -> bool:
        """Whether a change has a sign that the page explains."""
        return self.mood.unchecked or self.anxiety.unchecked


@dataclass(frozen=True, slots=True)
class Column:
    """A heading that sorts. `sorted` is `ascending`, `descending` or empty."""

    label: str
    href: str
    sorted: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The list, how many it shows of how many, and where its links lead."""

    lines: Sequence[Line]
    columns: Sequence[Column]
    shown: int
    everybody: int
    text: str
    team: bool
    mine_href: str
    team_href: str
    csv_href: str
    before: str
    after: str
    last_page: int
    number: int


def present(rows: Sequence[Row], asked: Asked, known: Mapping[str, str], access: Access) -> Page:
    found = chosen(rows, asked)
    last = max(1, -(-len(found) // PAGE))
    number = min(asked.number, last)
    start = (number - 1) * PAGE
    called = calling(known, access)
    return Page(
        lines=[line(row, called, access) for row in found[start : start + PAGE]],
        columns=list(_columns(asked)),
        shown=len(found),
        everybody=len(rows),
        text=asked.text,
        team=asked.team,
        mine_href=address(asked, whose="", page=""),
        team_href=address(asked, whose="team", page=""),
        csv_href=address(asked, page=""),
        before=address(asked, page=str(number - 1)) if number > 1 else "",
        after=address(asked, page=str(number + 1)) if number < last else "",
        last_page=last,
        number=number,
    )


def chosen(rows: Iterable[Row], asked: Asked) -> list[Row]:
    """The rows that the filter leaves, in the order that was asked for; without a question, as they came."""
    found = [row for row in rows if asked.text in row.person.name.casefold()]
    if asked.order != "why":
        found.sort(key=_KEYS[asked.order])
    return found[::-1] if asked.backwards else found


def calling(known: Mapping[str, str], access: Access) -> Callable[[str], str]:
    """What to call whoever holds something, said once for the many lines that say it."""
    return cache(lambda one: who(one, known, access))


def line(row: Row, called: Callable[[str], str], access: Access) -> Line:
    return Line(
        registration=row.person.registration,
        name=row.person.name,
        born=row.person.birth_date,
        joint=bool(row.journey),
        holder=called(row.holder),
        weeks=row.weeks,
        mood=_scored(row.mood, row.mood_course, told=bool(row.to_talk)),
        anxiety=_scored(row.other, told=bool(row.to_talk)) if row.other else Scored("", "–", "", ""),
        use=_used(row.use),
        last=row.last,
        last_said=words.attendance(row.last.attendance) if row.last else "",
        next=row.next,
        why=[_reason(why, row) for why in row.why],
        talk=way("risk-prompt", row.to_talk, access=access) if row.to_talk else "",
        tone=_TONES.get(row.why[0], "grey") if row.why else "",
        acts=called(row.owed.holder) if row.owed else "",
        acts_what=words.task(row.owed.room, row.owed.kind, row.owed.about) if row.owed else "",
        due=row.owed.due_at if row.owed else None,
    )


def _scored(one: Measured, course: Sequence[Decimal] = (), *, told: bool = False) -> Scored:
    """`told` says that an answer about self-harm waits for a conversation, in whichever questionnaire it was."""
    if one.ends.first is None:
        return Scored(words.measure(one.instrument), "–", "", "")
    measure, ends = instrument(one.instrument), one.ends
    first = words.score(measure, ends.first, ends.first_out_of)
    last = words.score(measure, ends.last, ends.last_out_of)
    said = f"{first} → {last}" if one.ends.paired else first
    change = words.change(one.change) if one.ends.paired else _("once so far")
    tone = words.tone(one.change, harm=told or one.harm)
    return Scored(words.measure(one.instrument), said, change, tone, spark(course, 27), not _checked(one))


def _checked(one: Measured) -> bool:
    """Whether somebody has seen, at its source, by how much it has to change; so where nothing is claimed from it."""
    least = instrument(one.instrument).reliable_change
    return least is None or one.change not in _CLAIMED or least.verified


def _used(one: Used | None) -> Scored:
    if one is None:
        return Scored("", "–", "", "")
    said = f"{one.first} → {one.last}" if one.last is not None else str(one.first)
    change = words.use_change(one.change) if one.change else _("asked once")
    tone = {UseChange.MORE: "orange", UseChange.LESS: "green"}.get(one.change, "grey") if one.change else "grey"
    return Scored(words.substance_words(one.substance), said, change, tone)


def _reason(why: Why, row: Row) -> str:
    if why is Why.MISSED:
        times = row.missed_in_a_row
        return ngettext("Missed the last contact", "Missed the last %(times)d contacts", times) % {"times": times}
    if why in _CHANGES and _rests_on_unchecked(row, _CHANGES[why]):
        return _("%(reason)s, by a figure not yet checked") % {"reason": _said(why)}
    return _said(why)


def _rests_on_unchecked(row: Row, change: Change) -> bool:
    """Whether every measure that changed so did by a figure that nobody has checked."""
    changed = [one for one in (row.mood, row.other) if one and one.change is change]
    return bool(changed) and not any(map(_checked, changed))


@once
def _said(why: str) -> str:
    return _(_REASONS[Why(why)])


def _latest(one: Measured | None) -> Decimal:
    return one.latest if one is not None and one.latest is not None else Decimal(-1)


_KEYS: dict[str, Callable[[Row], Any]] = {
    "person": lambda row: (row.person.family_name.casefold(), row.person.name),
    "weeks": lambda row: row.weeks,
    "phq9": lambda row: _latest(row.mood),
    "anxiety": lambda row: _latest(row.other),
    "use": lambda row: -1 if row.use is None else row.use.first if row.use.last is None else row.use.last,
    "next": lambda row: row.next.at.timestamp() if row.next else float("inf"),
    "acts": lambda row: row.owed.due_at.timestamp() if row.owed else float("inf"),
}


def _columns(asked: Asked) -> Iterable[Column]:
    for key, label, numeric in (
        ("person", _("Person"), False),
        ("why", _("Why look first"), False),
        ("weeks", _("Weeks"), True),
        ("phq9", "PHQ-9", False),
        ("anxiety", _("Anxiety"), False),
        ("use", _("Days used in 28"), False),
        ("next", _("Last and next contact"), False),
        ("acts", _("Who acts next"), False),
    ):
        here = asked.order == key
        state = ("descending" if asked.backwards else "ascending") if here else ""
        down = "1" if here and not asked.backwards else ""
        yield Column(label, address(asked, sort=key, down=down, page=""), state, numeric)


def address(asked: Asked, **changes: str) -> str:
    """The same list with these changes. What was typed stands in no address: `only` says that something was."""
    now = {
        "only": "1" if asked.text else "",
        "whose": "team" if asked.team else "",
        "sort": asked.order if asked.order != "why" else "",
        "down": "1" if asked.backwards else "",
        "page": str(asked.number) if asked.number > 1 else "",
    }
    return "?" + urlencode({key: value for key, value in (now | changes).items() if value and value != "why"})
