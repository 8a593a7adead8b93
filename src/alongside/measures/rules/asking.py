"""Asking somebody to answer by themselves: what may be asked, the link that opens it, and which question comes next.

A link (`kernel.links`) opens nothing without a second fact, and not for ever.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from alongside.definitions import texts
from alongside.definitions.instruments import Instrument, Item, instrument
from alongside.definitions.texts import TextPack
from alongside.kernel.errors import Invalid
from alongside.kernel.language import later, said
from alongside.measures.rules.answers import Problem, Value, advice
from alongside.measures.rules.answers import Question as Reader
from alongside.measures.rules.entries import Given
from alongside.measures.rules.scoring import HARM, is_skipped, still_needed

# Most people answer within two days or never; a week covers the time between two contacts.
OPEN_FOR = timedelta(days=7)
# Three boxes are mistyped once or twice; the date of birth of somebody one knows is not guessed in five.
TRIES = 5
SURE = timedelta(days=1)  # before the end: a link that ends at three is not promised for that day
LEFT_OUT = "-"  # "I would rather not answer this one", as a draft keeps it


class Standing(StrEnum):
    """How an ask stands. Nobody owes it: it is the person's to answer or not."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    LOCKED = "locked"  # too many wrong dates of birth
    EXPIRED = "expired"


def standing(kept: str, tries: int, expires_at: datetime, now: datetime) -> Standing:
    """How an ask stands now; `kept` is what was written last (open, answered or withdrawn)."""
    if kept != Standing.OPEN:
        return Standing(kept)
    if tries >= TRIES:
        return Standing.LOCKED
    return Standing.EXPIRED if expires_at <= now else Standing.OPEN


def last_day(expires_at: datetime, zone: ZoneInfo) -> date:
    """The last day on which a link surely works where the service is, as messages and pages promise it."""
    return (expires_at - SURE).astimezone(zone).date()


# --- What may be asked


def words_of(measure: Instrument, language: str, jurisdiction: str) -> TextPack | None:
    """The words of an instrument for somebody who reads `language` (`en`, `cy` …), in the edition of where the service
    is that asks: a unit of alcohol is no drink."""
    return texts.pack(measure.key, language=language, jurisdiction=jurisdiction)


_BY_OTHERS = later("{name} is not answered by the person themselves. Fill it in with them.")
_BY_TOTAL = later("{name} is entered by its total: we hold no questions for it.")
_PER_SUBSTANCE = later("{name} is asked about one substance at a time. Fill it in with them.")
_NO_WORDS = later(
    "There are no words for {name} here in their language. Fill it in with them, on paper or by telephone."
)


def why_not(measure: Instrument, language: str, jurisdiction: str) -> str:
    """Why an instrument cannot be answered from a link, as a sentence; empty where it can."""
    if "person" not in measure.respondents:
        return said(_BY_OTHERS, name=measure.name)
    if not measure.by_items:
        return said(_BY_TOTAL, name=measure.name)
    if measure.per_substance:
        return said(_PER_SUBSTANCE, name=measure.name)
    return "" if words_of(measure, language, jurisdiction) else said(_NO_WORDS, name=measure.name)


def check_asking(keys: Sequence[str], language: str, jurisdiction: str) -> tuple[Instrument, ...]:
    """The instruments to be asked, once each. Raises `Invalid("instruments", …)` for the first that cannot be."""
    if not keys:
        raise Invalid("instruments", "Choose at least one questionnaire.")
    asked = tuple(instrument(key) for key in dict.fromkeys(keys))
    for one in asked:
        if reason := why_not(one, language, jurisdiction):
            raise Invalid("instruments", reason)
    return asked


# --- One question after another


@dataclass(frozen=True, slots=True)
class Question:
    """One question of an ask. `place` counts through all its instruments, so that an address says nothing of them."""

    place: int
    measure: Instrument
    item: Item


Drafts = Mapping[int, str]  # what was answered so far, as it was given, by place


def questions(keys: Sequence[str]) -> tuple[Question, ...]:
    """Every question of some instruments, in order, those that may be skipped too."""
    every = [(measure, item) for measure in map(instrument, keys) for item in measure.items]
    return tuple(Question(place, measure, item) for place, (measure, item) in enumerate(every, 1))


def applying(keys: Sequence[str], drafts: Drafts) -> tuple[Question, ...]:
    """Those that what was answered before leaves to be asked."""
    left: list[Question] = []
    points: dict[str, list[int | None]] = {key: [] for key in keys}
    for one in questions(keys):
        before = points[one.measure.key]
        if one.item.skip and is_skipped(one.item.skip, before):
            before.append(0)
            continue
        left.append(one)
        before.append(_points(one, drafts.get(one.place)))
    return tuple(left)


def _points(one: Question, draft: str | None) -> int | None:
    value = _value(one, draft)
    return one.item.points(value) if isinstance(value, int) else None


def _value(one: Question, draft: str | None) -> Value | None:
    read = Reader(one.item).read(draft)
    return None if isinstance(read, Problem) else read


def first_open(keys: Sequence[str], drafts: Drafts) -> Question | None:
    """The first question that has no answer yet; None where everything that applies has one."""
    return next((one for one in applying(keys, drafts) if one.place not in drafts), None)


def may_leave_out(keys: Sequence[str], drafts: Drafts, place: int) -> bool:
    """Whether an instrument is worth something without this answer too, besides those already left out."""
    every = questions(keys)
    measure = every[place - 1].measure
    mine = [one for one in every if one.measure is measure]
    left_out = {one.item.number for one in mine if drafts.get(one.place) == LEFT_OUT}
    return not still_needed(measure, sorted(left_out | {every[place - 1].item.number}))


def check_answer(keys: Sequence[str], drafts: Drafts, place: int, written: str) -> str:
    """One answer as a draft keeps it. Raises `Invalid("answer", …)` for none, and for one that cannot be given."""
    question = next((one for one in applying(keys, drafts) if one.place == place), None)
    if question is None:
        raise Invalid("answer", "This question is not asked any more. Go on to the next one.")
    if written == LEFT_OUT and may_leave_out(keys, drafts, place):
        return LEFT_OUT
    value = Reader(question.item).read(written.strip())
    if value is None or written == LEFT_OUT:
        raise Invalid("answer", "Choose an answer.")
    if isinstance(value, Problem):
        raise Invalid("answer", advice(value, question.measure))
    return str(value)


def tells_of_harm(question: Question, draft: str | None) -> bool:
    """Whether an answer is one about self-harm that help is shown for."""
    value = _value(question, draft)
    flags = (flag for flag in question.measure.flags if flag.key == HARM and question.item.number in flag.items)
    return value is not None and any(value >= flag.at_least for flag in flags)


def any_harm(keys: Sequence[str], drafts: Drafts) -> bool:
    """Whether any answer so far is."""
    return any(tells_of_harm(one, drafts.get(one.place)) for one in applying(keys, drafts))


def handed_in(keys: Sequence[str], drafts: Drafts, *, as_it_is: bool = False) -> list[Given]:
    """The answers as measures take them. Raises `Invalid("answer", …)` while a question that applies has none.

    `as_it_is` says that the person sends what there is: a questionnaire that was begun goes as one that they did not
    want to finish, one that was not begun does not go, and only nothing at all is refused.
    """
    if not as_it_is and (missing := first_open(keys, drafts)) is not None:
        raise Invalid("answer", "Question {place} has no answer yet.", place=missing.place)
    given: dict[str, list[str | None]] = {key: [None] * len(instrument(key).items) for key in keys}
    open_ones: set[str] = set()
    for one in applying(keys, drafts):
        draft = drafts.get(one.place)
        if draft is None:
            open_ones.add(one.measure.key)
        given[one.measure.key][one.item.number - 1] = None if draft == LEFT_OUT else draft
    begun = {key: answers for key, answers in given.items() if key not in open_ones or any(answers)}
    if not begun:
        raise Invalid("answer", "No question has an answer yet.")
    return [Given(key, answers, unfinished=key in open_ones) for key, answers in begun.items()]
