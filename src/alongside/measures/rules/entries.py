"""What is handed in: measures and days of use, checked together, each problem beside its own field of the form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn, TypeVar

from alongside.definitions import substances as lists
from alongside.definitions.instruments import Instrument, instrument
from alongside.kernel.errors import Invalid, Several
from alongside.measures.rules.amounts import check_amount, check_fits, is_unusual
from alongside.measures.rules.answers import Answers
from alongside.measures.rules.calendar import OF_DAYS, WEEK
from alongside.measures.rules.checking import check_answers
from alongside.measures.rules.context import NOTHING_NOTICED, NOTHING_SAID, Context
from alongside.measures.rules.hidden import check_harm
from alongside.measures.rules.scoring import worth_of_total
from alongside.measures.rules.totals import check_days_used, check_total
from alongside.measures.rules.worth import Scored

USE_PATTERN = "use_pattern"
MOOD_SCORES = "mood_scores"
# Every domain by name: one that is left out must not fall among scores that more people may see.
KINDS = {
    "agoraphobia": MOOD_SCORES,
    "alcohol": USE_PATTERN,
    "anxiety": MOOD_SCORES,
    "body dysmorphic disorder": MOOD_SCORES,
    "chronic fatigue": MOOD_SCORES,
    "depression": MOOD_SCORES,
    "distress": MOOD_SCORES,
    "drugs": USE_PATTERN,
    "experience": MOOD_SCORES,
    "functioning": MOOD_SCORES,
    "goals": MOOD_SCORES,
    "health anxiety": MOOD_SCORES,
    "irritable bowel syndrome": MOOD_SCORES,
    "obsessive-compulsive disorder": MOOD_SCORES,
    "panic disorder": MOOD_SCORES,
    "persistent physical symptoms": MOOD_SCORES,
    "post-traumatic stress disorder": MOOD_SCORES,
    "quality_of_life": MOOD_SCORES,
    "recovery": MOOD_SCORES,
    "social anxiety": MOOD_SCORES,
    "tobacco": USE_PATTERN,
    "trauma": MOOD_SCORES,
}
WEEKS_OF_DAYS = OF_DAYS // WEEK  # that days of use are counted in

Put = TypeVar("Put")
Checked = TypeVar("Checked")


def category(measure: Instrument) -> str:
    """The kind of information (a key of the consent grid) that a score of this instrument is."""
    return KINDS[measure.domain]


@dataclass(frozen=True, slots=True)
class Given:
    """One measure as it was handed in: every answer in the order of the questions (or by their keys), or the total.

    `substance` (a key of `definitions.substances`) is which one it was asked about, where it asks about one at a time.
    `harm` says of a total whether the paper form answers the question about self-harm with more than “not at all”: it
    must be said where an instrument asks about it (`hidden.check_harm`), and answers say it by themselves.
    `unfinished` says that the person did not want to go on: gaps are no refusal then, and there is no score.
    """

    instrument: str
    answers: Answers | None = None
    total: str | int | Decimal | None = None
    substance: str = ""
    harm: bool | None = None
    unfinished: bool = False


def check_given(given: Given) -> Scored:
    """What a measure is worth. `Invalid` or `Several` name fields as a form that holds several measures does:
    `phq9` for the total, `phq9_harm` for what it hides, `phq9_item3` for an answer."""
    measure = instrument(given.instrument)
    _check_substance(measure, given.substance)
    if (given.answers is None) == (given.total is None):
        raise Invalid(measure.key, "Give either every answer of {name} or its total.", name=measure.name)
    if given.total is not None:
        value = check_total(measure, given.total)
        return worth_of_total(measure, value, harm=check_harm(measure, value, given.harm))
    try:
        return check_answers(measure, given.answers or (), unfinished=given.unfinished)
    except Several as several:
        problems = [Invalid(f"{measure.key}_{one.field}", one.message) for one in several.problems]
        raise Several(problems) from None


def _check_substance(measure: Instrument, substance: str) -> None:
    field = f"{measure.key}_substance"
    if measure.per_substance and substance not in lists.substances():
        raise Invalid(field, "Say which substance {name} was asked about.", name=measure.name)
    if substance and not measure.per_substance:
        raise Invalid(field, "{name} is not asked of one substance. Take it out.", name=measure.name)


@dataclass(frozen=True, slots=True)
class Use:
    """Days of drinking or using one substance in the past 28, as handed in; the amount on a day of use if known.

    `sure` says that an amount that is more than usual is right.
    """

    substance: str  # a key of `definitions.substances`
    days_used_of_28: str | int
    amount: str | int | Decimal | None = None
    unit: str = ""
    named: str = ""  # which one, where the substance is "other"
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Used:
    """The same, checked."""

    substance: str
    days: int
    amount: Decimal | None
    unit: str
    named: str


def check_use(use: Use) -> Used:
    """Raises `Invalid` naming `alcohol_days`, `alcohol_amount`, `alcohol_unit` and so on, after the substance, and
    `alcohol_sure` for an amount that somebody has to say is right."""
    known = lists.substances().get(use.substance)
    if known is None:
        raise Invalid("substance", "We do not ask about “{substance}”. Choose from the list.", substance=use.substance)
    days = check_days_used(use.days_used_of_28, f"{known.key}_days")
    amount = _amount(use, known.units, days) if use.amount not in (None, "") else None
    if known.key == "other" and not use.named.strip():
        raise Invalid("other_named", "Say which substance it was.")
    return Used(known.key, days, amount, use.unit if amount is not None else "", use.named.strip())


def _amount(use: Use, units: tuple[str, ...], days: int) -> Decimal | None:
    """The amount on a day of use; None where there was no such day, and so nothing on it."""
    field = f"{use.substance}_amount"
    value = check_amount(field, use.amount or 0)
    if use.unit not in units:
        raise Invalid(f"{use.substance}_unit", "Say what the amount is counted in: {known}.", known=", ".join(units))
    check_fits(field, value, days)
    if not use.sure and is_unusual(use.substance, use.unit, value):
        _ask_again(use, value)
    return value or None


def _ask_again(use: Use, amount: Decimal) -> NoReturn:
    raise Invalid(
        f"{use.substance}_sure",
        "Is this right? {amount} {unit} on one day is unusual. Tick it if it is, or put it right.",
        amount=f"{amount.normalize():f}",
        unit=use.unit,
    )


def categories(given: Sequence[Given], uses: Sequence[Use], context: Context = NOTHING_SAID) -> tuple[str, ...]:
    """Every kind of information that these hold, without repeats."""
    tells_of_use = bool(uses) or context.noticed != NOTHING_NOTICED
    kinds = [category(instrument(one.instrument)) for one in given] + [USE_PATTERN] * tells_of_use
    return tuple(dict.fromkeys(kinds))


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Measures with what they are worth, and days of use: checked, so that they can be written."""

    measures: tuple[tuple[Given, Scored], ...] = ()
    uses: tuple[Used, ...] = ()


def check_all(given: Sequence[Given], uses: Sequence[Use]) -> HandedIn:
    """Everything handed in with one form, scored and checked; `Several` with every problem at once."""
    problems = _twice("responses", [f"{one.instrument} {one.substance}".strip() for one in given])
    problems += _twice("uses", [one.substance for one in uses if one.substance != "other"])
    scored = _each(check_given, given, problems)
    used = _each(check_use, uses, problems)
    if problems:
        raise Several(problems)
    return HandedIn(tuple(zip(given, scored, strict=True)), tuple(used))


def check_last_use(context: Context, uses: Sequence[Used]) -> None:
    """Raises `Invalid("weeks_since_use", …)` where days of use contradict when they last drank or used.

    Tobacco is not what the question is about.
    """
    weeks, days = context.noticed.weeks_since_use, [one.days for one in uses if one.substance != "tobacco"]
    if weeks is None or not days:
        return
    if weeks < WEEKS_OF_DAYS and not any(days):
        raise Invalid(
            "weeks_since_use",
            "They last drank or used less than {weeks} weeks ago, and on no day of the 28 that are entered. "
            "Put one of them right, or enter what it was.",
            weeks=WEEKS_OF_DAYS,
        )
    if weeks > WEEKS_OF_DAYS and any(days):
        raise Invalid(
            "weeks_since_use",
            "They last drank or used more than {weeks} weeks ago, and on days of the last 28. Put one of them right.",
            weeks=WEEKS_OF_DAYS,
        )


def _twice(field: str, keys: list[str]) -> list[Invalid]:
    repeated = sorted({key for key in keys if keys.count(key) > 1})
    return [Invalid(field, "{key} is there twice. Take one of them out.", key=key) for key in repeated]


def _each(check: Callable[[Put], Checked], handed: Sequence[Put], problems: list[Invalid]) -> list[Checked]:
    done = []
    for one in handed:
        try:
            done.append(check(one))
        except Several as several:
            problems += several.problems
        except Invalid as problem:
            problems.append(problem)
    return done
