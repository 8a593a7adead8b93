"""A person's measures: each instrument's course and each substance's, newest first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.caseload.rules import Measured, Used
from alongside.definitions.alcohol import Advice
from alongside.definitions.instruments import Instrument, Item, Whose, instrument
from alongside.kernel import clock
from alongside.measures.queries import Days, Point, Result
from alongside.measures.rules import HARM, NOTHING_SAID, OF_DAYS, Context, course_of, index, is_unfinished
from alongside.outcomes.rules import Ends, advice
from alongside.web import words
from alongside.web.charts import spark
from alongside.web.measures.change import More, more_about
from alongside.web.measures.change import days_said as change_said
from alongside.web.measures.choosing import meaning
from alongside.web.measures.result import harm_said, index_said, not_finished, parts_said, value_said
from alongside.web.measures.saying import from_whom
from alongside.web.measures.sheets import number_words
from alongside.web.safety.present import Conversation
from alongside.web.use_words import days_said
from alongside.web.ways import way


@dataclass(frozen=True, slots=True)
class Value:
    """One value with who took it and where; `correct` and `wrong` are empty where it is not the reader's to put right,
    `history` where nobody put it right."""

    at: datetime
    said: str
    who: str
    contact: str
    correct: str
    wrong: str
    how: str = ""  # how it was answered, where it was not as usual
    history: str = ""
    harm: str = ""  # that a question about self-harm was answered with more than “not at all”
    talk: Conversation | None = None  # where the conversation about it is


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the newest score suggests talking about, and who says so. Nothing is decided by it."""

    words: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Series:
    """One instrument or substance. `change` compares first and last in words; `note` says what a score means."""

    key: str
    name: str
    change: str
    tone: str
    ends: str
    note: str
    spark: str
    values: tuple[Value, ...]
    advice: tuple[Suggested, ...] = ()
    more: More | None = None  # what the change amounts to by other definitions
    told: str = ""  # the change by plain arithmetic, where that is all that may be said


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the measures: names by id, how somebody answered where it was not as usual, by response,
    which responses were put right, and where the conversations about answers on self-harm are, by response."""

    names: Mapping[str, str]
    how: Mapping[str, Context] = field(default_factory=dict)
    put_right: Set[str] = frozenset()
    talks: Mapping[str, Conversation] = field(default_factory=dict)

    def history(self, response: str, access: Access) -> str:
        """Where what it said before is read; empty where that is what it says."""
        return way("response-history", response, access=access) if response in self.put_right else ""


def scores(series: Mapping[str, Sequence[Point]], known: Known, whose: Whose, access: Access) -> list[Series]:
    """Each instrument; change is told within the reader's own service's course where it has one."""
    return [_scored(name, points, known, whose, access) for name, points in series.items()]


def _scored(name: str, points: Sequence[Point], known: Known, whose: Whose, access: Access) -> Series:
    one = instrument(course_of(name)[0])
    taken = [point for point in points if point.service == access.service] or points
    ends = Ends.of(taken)
    measured = Measured(one.key, ends)
    return Series(
        key=name.replace(":", "-"),
        name=words.measure(name),
        change=words.change(measured.change) if ends.paired else "",
        tone=words.tone(measured.change, harm=HARM in points[-1].flags),
        ends=_ends([words.score(one, point.value, point.out_of) for point in taken]),
        note=_note(one, taken, whose),
        spark=spark([point.value for point in taken], int(one.most_of_total)) if _of_one_scale(taken) else "",
        values=tuple(_point(one, point, known, access) for point in reversed(points)),
        advice=tuple(_suggested(each) for each in advice(one.key, points[-1].value, access.jurisdiction)),
        more=more_about(one, ends, (clock.now() - taken[0].at).days // 7, access.jurisdiction),
    )


def _note(one: Instrument, taken: Sequence[Point], whose: Whose) -> str:
    """What a score means by the version that was answered last, and why there is no change to tell."""
    said = meaning(one, replace(whose, language=taken[-1].language or None))
    return "; ".join(part for part in (said, _not_compared(one, Ends.of(taken))) if part)


def _not_compared(one: Instrument, ends: Ends) -> str:
    """Why no change is told between the first and the last; empty where one is."""
    if not ends.out_of_one:
        most = {"first": ends.first_out_of or one.most_of_total, "last": ends.last_out_of or one.most_of_total}
        return _("one is out of %(first)s, the other out of %(last)s: between them no change is counted") % most
    return "" if ends.in_one_version else _("between two language versions no change is counted")


def _of_one_scale(taken: Sequence[Point]) -> bool:
    """Whether all are out of one maximum, so that a line may join them."""
    return len({point.out_of for point in taken}) == 1


def _suggested(one: Advice) -> Suggested:
    return Suggested(_(one.words), one.source, one.verified)


def _ends(said: Sequence[str]) -> str:
    return f"{said[0]} → {said[-1]}" if len(said) > 1 else said[0]


def _point(one: Instrument, point: Point, known: Known, access: Access) -> Value:
    mine, worth = point.service == access.service, words.score(one, point.value, point.out_of)
    return Value(
        at=point.at,
        said=" · ".join(part for part in (worth, words.band(point.band)) if part),
        who=from_whom(point.author, point.service, point.context, known.names),
        contact=reverse("contact", args=[point.contact]) if point.contact else "",
        correct=way("response-correct", point.response, access=access) if mine else "",
        wrong=way("measure-wrong-person", point.response, access=access) if mine else "",
        how=words.circumstances(known.how.get(point.response, NOTHING_SAID)),
        history=known.history(point.response, access),
        harm=harm_said(one, point.flags),
        talk=known.talks.get(point.response),
    )


def without_totals(found: Iterable[Result]) -> dict[str, list[Result]]:
    """What came to no number, by questionnaire: labels, profiles, parts, or answers alone; the newest first."""
    told: dict[str, list[Result]] = defaultdict(list)
    for one in found:
        if one.value is None:
            told[one.instrument].append(one)
    return dict(told)


def results(found: Mapping[str, Sequence[Result]], known: Known, whose: Whose, access: Access) -> list[Series]:
    """Each of them as a card, without a line: there is nothing to draw."""
    return [_told(instrument(key), every, known, whose, access) for key, every in found.items()]


def _told(one: Instrument, every: Sequence[Result], known: Known, whose: Whose, access: Access) -> Series:
    return Series(
        key=f"{one.key}-answers",  # beside the card of its totals, where it has some
        name=one.name,
        change="",
        tone="grey",
        ends="",
        note=meaning(one, whose),
        spark="",
        values=tuple(_result(one, result, known, access) for result in every),
    )


def _result(one: Instrument, found: Result, known: Known, access: Access) -> Value:
    mine = found.service == access.service
    worth = index(one, found.band, access.jurisdiction) if one.rule == "profile" else None
    said = value_said(one, None, found.band, access.jurisdiction), index_said(worth), parts_said(one, found.parts)
    about = words.substance_words(found.substance) if found.substance else ""
    return Value(
        at=found.at,
        said=" · ".join(part for part in (about, _left(one, found), *said) if part) or _answers(one, found.answers),
        who=from_whom(found.author, found.service, found.context, known.names),
        contact=reverse("contact", args=[found.contact]) if found.contact else "",
        correct=way("response-correct", found.id, access=access) if mine else "",
        wrong=way("measure-wrong-person", found.id, access=access) if mine else "",
        how=words.circumstances(known.how.get(found.id, NOTHING_SAID)),
        history=known.history(found.id, access),
        harm=harm_said(one, found.flags),
        talk=known.talks.get(found.id),
    )


def _left(one: Instrument, found: Result) -> str:
    """That the person did not want to go on, with what they did answer."""
    if not is_unfinished(one, found.value):
        return ""
    answered = sum(value is not None for value in found.answers or ())
    return f"{not_finished(answered, one)} ({_answers(one, found.answers)})"


def _answers(one: Instrument, answers: Sequence[int | str | None] | None) -> str:
    """The answers themselves, of an instrument that comes to nothing else: `1: yes; 2: no`."""
    given = zip(one.items, answers or (), strict=False)  # none where only that it was answered is known
    told = [f"{_(item.label) or item.printed}: {_answer(item, value)}" for item, value in given if value is not None]
    return "; ".join(told) or _("answered")


def _answer(item: Item, value: int | str) -> str:
    return (number_words(item, value) if isinstance(value, int) else "") or str(value)


def uses(found: Mapping[str, Sequence[Days]], known: Known, access: Access) -> list[Series]:
    return [_used(key, days, known, access) for key, days in found.items()]


def _used(key: str, days: Sequence[Days], known: Known, access: Access) -> Series:
    used = Used(key, days[0].days, days[-1].days if len(days) > 1 else None)
    return Series(
        key=key,
        name=words.substance_words(key),
        change=words.use_change(used.change) if used.change else "",
        tone={"less": "green", "more": "orange"}.get(used.change or "", "grey"),
        ends=_ends([str(one.days) for one in days]),
        note=_("days of use in the last 28"),
        spark=spark([Decimal(one.days) for one in days], OF_DAYS),
        values=tuple(_days(one, known, access) for one in reversed(days)),
        told=change_said(used.first, used.last) if used.last is not None else "",
    )


def _days(one: Days, known: Known, access: Access) -> Value:
    mine = one.service == access.service
    said = days_said(Decimal(one.days), one.amount, one.unit)
    return Value(
        at=one.at,
        said=f"{one.named}: {said}" if one.named else said,
        who=from_whom(one.author, one.service, NOTHING_SAID, known.names),
        contact=reverse("contact", args=[one.contact]) if one.contact else "",
        correct=way("use-correct", one.record, access=access) if mine else "",
        wrong=way("measure-wrong-person", one.record, access=access) if mine else "",
    )


def to_name(found: Iterable[Sequence[Point] | Sequence[Days] | Sequence[Result]]) -> set[str]:
    return {one for values in found for value in values for one in (value.author, value.service)}
