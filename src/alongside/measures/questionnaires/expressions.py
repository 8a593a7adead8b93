"""The scores of an instrument as FHIRPath, for clients that calculate while somebody answers.

Every score is empty exactly where `measures.rules` refuses one. Values are never joined with `|`, which drops equal
numbers, and never added with `sum()`, which is empty where every question was skipped.
"""

from collections.abc import Iterable, Sequence

from alongside.definitions.instruments import Instrument, Item, Part, Skip
from alongside.measures.rules.goals import BETWEEN_GOALS

Formula = tuple[str, str, str]  # what it is called, the type of its item, its formula

WHOLE, EXACT, WORDS = "integer", "decimal", "string"
SCORE, RESULT = "score", "result"  # the link ids of the total, and of a label or profile


def variables(instrument: Instrument) -> dict[str, str]:
    """What the formulas share, each in terms of those before it."""
    if not instrument.by_items:
        return {}
    scored = _scored(instrument)
    made = {"points": _points(scored)} if _total(instrument) else {}
    if instrument.rule != "parts":
        made["answered"] = _answered(instrument, scored, "%points.count()" if made else "")
    if enough := _enough(instrument):
        made["enough"] = enough
    built_on = [one for one in instrument.parts if _is_built_on(instrument, one)]
    return made | {_variable(one.key): _part(instrument, one) for one in built_on}


def scores(instrument: Instrument) -> dict[str, Formula]:
    """Every part, the total and the result by link id, each with a formula that is empty until it may be given."""
    found = {link_of(part): (part.words, _kind(part), _value(instrument, part)) for part in instrument.parts}
    if total := _total(instrument):
        found[SCORE] = (f"{instrument.name} score", *total)
    if instrument.rule == "label":
        found[RESULT] = (f"{instrument.name} result", WORDS, _label(instrument))
    if instrument.rule == "profile":
        found[RESULT] = (f"{instrument.name} profile", WORDS, _profile(instrument))
    if not _enough(instrument):
        return found
    return {link: (text, kind, f"iif(%enough, {formula})") for link, (text, kind, formula) in found.items()}


def link_of(part: Part) -> str:
    """The link id of a part. Items have no dot in their keys, so none is ever taken for a part."""
    return f"{SCORE}.{part.key}"


# --- What was answered


def _scored(instrument: Instrument) -> list[Item]:
    return [item for item in instrument.items if item.scored]


def _given(items: Iterable[Item]) -> str:
    keys = "|".join(f"'{item.key}'" for item in items)
    return f"%resource.repeat(item).where(linkId in ({keys})).answer"


def _points(items: Sequence[Item]) -> str:
    """The points of these items, one for each that was answered."""
    choices = [item for item in items if not item.between]
    numbers = [item for item in items if item.between]
    found = [f"{_given(choices)}.value.ordinal()"] if choices else []
    found += [f"{_given(numbers)}.value"] if numbers else []
    return found[0] if len(found) == 1 else f"{found[0]}.combine({found[1]})"


def _sum(points: str) -> str:
    return f"{points}.aggregate($this + $total, 0)"


def _answered(instrument: Instrument, items: Sequence[Item], counted: str = "") -> str:
    """How many of `items` were answered (`counted`, where that is known), or did not have to be because earlier
    answers skip them."""
    skipped: dict[Skip, int] = {}
    for item in items:
        if item.skip:
            skipped[item.skip] = skipped.get(item.skip, 0) + 1
    counts = [counted or f"{_given(items)}.count()"]
    counts += [f"iif({_skips(instrument, skip)}, {count}, 0)" for skip, count in skipped.items()]
    return f"({' + '.join(counts)})" if skipped else counts[0]


def _skips(instrument: Instrument, skip: Skip) -> str:
    """Whether earlier answers skip a question: all of them are there, and their points make one of the sums."""
    earlier = [instrument.items[number - 1] for number in skip.items]
    sums = "|".join(map(str, skip.sums))
    return f"{_answered(instrument, earlier)} = {len(earlier)} and {_sum(_points(earlier))} in ({sums})"


def _enough(instrument: Instrument) -> str:
    """Whether enough was answered for any score at all; empty where each part stands by itself, and says so itself."""
    conditions = []
    if instrument.rule != "parts":
        may_miss = instrument.missing.at_most if instrument.missing else 0
        conditions.append(f"%answered >= {len(_scored(instrument)) - may_miss}")
    if needed := [item for item in instrument.items if item.needed]:
        conditions.append(f"{_answered(instrument, needed)} = {len(needed)}")
    return " and ".join(conditions)


# --- Totals


def _total(instrument: Instrument) -> tuple[str, str] | None:
    match instrument.rule:
        case "sum" if instrument.missing:
            # Multiplied first: binary fractions then leave a whole total whole.
            return EXACT, f"{_sum('%points')} * {len(_scored(instrument))} / %answered"
        case "sum":
            return WHOLE, _sum("%points")
        case "mean":
            return EXACT, f"{_sum('%points')} / %answered"
        case "goal_attainment":
            return EXACT, _t_score()
        case _:
            return None


def _t_score() -> str:
    spread = f"({1 - BETWEEN_GOALS} * %points.count() + {BETWEEN_GOALS} * %points.count() * %points.count()).sqrt()"
    return f"(50 + 10 * {_sum('%points')} / {spread}).round(2)"


# --- Parts and results


def _is_built_on(instrument: Instrument, part: Part) -> bool:
    """Whether other parts or labels are made of it: it has a variable of its own then."""
    made_of = [*(one.parts for one in instrument.parts), *(one.when for one in instrument.labels)]
    return any(part.key in names for names in made_of)


def _value(instrument: Instrument, part: Part) -> str:
    return f"%{_variable(part.key)}" if _is_built_on(instrument, part) else _part(instrument, part)


def _variable(part: str) -> str:
    """What a part's own variable is called: FHIR allows no underscore there, FHIRPath neither hyphen nor dot."""
    return "part" + "".join(word.capitalize() for word in part.split("_"))


def _kind(part: Part) -> str:
    return EXACT if part.rule == "mean" else WHOLE


def _part(instrument: Instrument, part: Part) -> str:
    if part.rule == "all":
        return _all(part)
    items = [instrument.items[number - 1] for number in part.items]
    points, answered = _points(items), _answered(instrument, items)
    met = f"{points}.where($this >= {part.at_least}).count()"
    match part.rule:
        case "any":
            return f"iif({met} >= {part.needed}, 1, iif({met} + {len(items)} - {answered} < {part.needed}, 0))"
        case "count":
            worth = met
        case "mean":
            worth = f"{_sum(points)} / {len(items)}"
        case _:
            worth = _sum(points)
    return f"iif({answered} = {len(items)}, {worth})"


def _all(part: Part) -> str:
    """1 where every part is, 0 where one is not, empty where that is still open."""
    first, *others = [f"%{_variable(name)}" for name in part.parts]
    values = first + "".join(f".combine({one})" for one in others)
    return f"iif({values}.where($this = 0).exists(), 0, iif({values}.count() = {len(part.parts)}, 1))"


def _label(instrument: Instrument) -> str:
    said = f"'{instrument.labels[-1].key}'"
    for label in reversed(instrument.labels[:-1]):
        held = " and ".join(f"%{_variable(name)} = 1" for name in label.when)
        said = f"iif({held}, '{label.key}', {said})"
    return said


def _profile(instrument: Instrument) -> str:
    return " & ".join(f"{_given([item])}.value.code" for item in _scored(instrument))
