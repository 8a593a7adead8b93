"""The scores of an instrument as FHIRPath, for clients that calculate while somebody answers.

A list of values is never joined with `|`, which drops equal numbers; `combine` keeps them.
"""

from collections.abc import Iterable, Sequence

from alongside.definitions.instruments import Instrument, Item, Part
from alongside.measures.rules.goals import BETWEEN_GOALS

Score = tuple[str, str, str]  # what it is called, the type of its item, its formula

WHOLE, EXACT, WORDS = "integer", "decimal", "string"


def variables(instrument: Instrument) -> dict[str, str]:
    """What the formulas share: the points of every scored item that was answered, and the label's parts."""
    if not instrument.by_items or not _total(instrument):
        return {}
    return {"points": _points([item for item in instrument.items if item.scored])}


def scores(instrument: Instrument) -> dict[str, Score]:
    """Every part and the total by its link id, each with a formula that is empty until it may be given."""
    found = {part.key: (part.words, _kind(part), _part(instrument, part)) for part in instrument.parts}
    if total := _total(instrument):
        found["score"] = (f"{instrument.name} score", *total)
    if instrument.rule == "label":
        found["result"] = (f"{instrument.name} result", WORDS, _label(instrument))
    if instrument.rule == "profile":
        found["result"] = (f"{instrument.name} profile", WORDS, _profile(instrument))
    return found


def _points(items: Sequence[Item]) -> str:
    """The points of these items, one for each that was answered."""
    choices = [item.key for item in items if not item.between]
    numbers = [item.key for item in items if item.between]
    found = [f"{_values(choices)}.ordinal()"] if choices else []
    found += [_values(numbers)] if numbers else []
    return found[0] if len(found) == 1 else f"{found[0]}.combine({found[1]})"


def _values(keys: Iterable[str]) -> str:
    return f"%resource.repeat(item).where(linkId in ({'|'.join(_quoted(key) for key in keys)})).answer.value"


def _quoted(text: str) -> str:
    return f"'{text}'"


def _total(instrument: Instrument) -> tuple[str, str] | None:
    scored = [item for item in instrument.items if item.scored]
    may_miss = instrument.missing.at_most if instrument.missing else 0
    needed = f"{_answered('%points', scored, instrument)} >= {len(scored) - may_miss}"
    match instrument.rule:
        case "sum" if may_miss:
            return EXACT, f"iif({needed}, %points.avg() * {len(scored)})"
        case "sum":
            return WHOLE, f"iif({needed}, %points.sum())"
        case "mean":
            return EXACT, f"iif({needed}, %points.avg())"
        case "goal_attainment":
            return EXACT, f"iif({needed}, {_t_score()})"
        case _:
            return None


def _t_score() -> str:
    spread = f"({1 - BETWEEN_GOALS} * %points.count() + {BETWEEN_GOALS} * %points.count() * %points.count()).sqrt()"
    return f"(50 + 10 * %points.sum() / {spread}).round(2)"


def _answered(points: str, items: Sequence[Item], instrument: Instrument) -> str:
    """How many of `items` were answered, or did not have to be because an earlier answer skips them."""
    skipped: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
    for item in items:
        if item.skip:
            place = (item.skip.items, item.skip.sums)
            skipped[place] = skipped.get(place, 0) + 1
    counted = [f"{points}.count()"]
    for (earlier, sums), count in skipped.items():
        asked = _points([instrument.items[number - 1] for number in earlier])
        wanted = "|".join(map(str, sums))
        counted.append(f"iif({asked}.where(($this in ({wanted})).not()).empty(), {count}, 0)")
    return counted[0] if len(counted) == 1 else f"({' + '.join(counted)})"


def _kind(part: Part) -> str:
    return EXACT if part.rule == "mean" else WHOLE


def _part(instrument: Instrument, part: Part) -> str:
    if part.rule == "all":
        return _all([_part(instrument, one) for one in instrument.parts if one.key in part.parts])
    items = [instrument.items[number - 1] for number in part.items]
    points = _points(items)
    complete = f"{_answered(points, items, instrument)} = {len(items)}"
    present = f"{points}.where($this >= {part.at_least})"
    match part.rule:
        case "any":
            return f"iif({present}.exists(), 1, iif({complete}, 0))"
        case "count":
            return f"iif({complete}, {present}.count())"
        case "mean":
            return f"iif({complete}, {points}.avg())"
        case _:
            return f"iif({complete}, {points}.aggregate($this + $total, 0))"


def _all(parts: Sequence[str]) -> str:
    """1 where every part is, 0 where one is not, empty where that is still open."""
    values = parts[0] + "".join(f".combine({one})" for one in parts[1:])
    return f"iif(({values}).where($this = 0).exists(), 0, iif(({values}).count() = {len(parts)}, 1))"


def _label(instrument: Instrument) -> str:
    parts = {part.key: _part(instrument, part) for part in instrument.parts}
    scored = [item for item in instrument.items if item.scored]
    said = _quoted(instrument.labels[-1].key)
    for label in reversed(instrument.labels[:-1]):
        held = " and ".join(f"({parts[name]} = 1)" for name in label.when)
        said = f"iif({held}, {_quoted(label.key)}, {said})"
    return f"iif({_answered(_points(scored), scored, instrument)} = {len(scored)}, {said})"


def _profile(instrument: Instrument) -> str:
    keys = [item.key for item in instrument.items if item.scored]
    complete = f"{_values(keys)}.count() = {len(keys)}"
    return f"iif({complete}, {' & '.join(f'{_values([key])}.code' for key in keys)})"
