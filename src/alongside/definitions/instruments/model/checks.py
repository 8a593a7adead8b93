"""What makes a definition consistent. Every fault names its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from alongside.definitions.faults import Misplaced, Place
from alongside.definitions.instruments.model.figures import Banding, Cutoff
from alongside.definitions.instruments.model.items import Item
from alongside.definitions.instruments.model.parts import Part, Reach

if TYPE_CHECKING:
    from alongside.definitions.instruments.model.instrument import Instrument

DECIDES = ("range", "caseness", "reliable_change")  # a file that calls itself verified has verified these
NUMBERED = {"sum", "mean", "goal_attainment"}
MOST_ANSWERS = 1000  # of one question
# They ask about self-harm, whatever a file that lost its flag says: an answer must never go by unseen.
ASK_ABOUT_HARM = {"phq9", "core10", "c_ssrs", "reqol10"}


def check(one: Instrument) -> None:
    """Raises `Misplaced` for the first thing that contradicts another."""
    _check_between(one)
    _check_items(one)
    _check_rule(one)
    _check_parts(one)
    _check_range(one)
    _check_change(one)
    _check_bands(one.bandings, ("bandings",), _total(one) if one.range else None)
    _check_cutoffs(one)
    _check_flags(one)
    if one.verified and any(name.split(" ")[0] in DECIDES for name in one.unverified):
        raise Misplaced(("verified",), "verified, though a figure that decides outcomes is not")


def banding(bandings: Iterable[Banding], jurisdiction: str) -> Banding | None:
    """The bands of `jurisdiction`, else those of none in particular."""
    by_place: dict[str | None, Banding] = {one.jurisdiction: one for one in bandings}
    return by_place.get(jurisdiction) or by_place.get(None)


def cutoff_name(one: Cutoff) -> str:
    """A cut-off as lists name it: `screen (female, us) of alcohol`."""
    ages = f"{one.ages[0]} to {one.ages[1]}" if one.ages else None
    limits = [limit for limit in (one.sex, ages, one.language, one.substance, one.jurisdiction) if limit]
    return one.key + (f" ({', '.join(limits)})" if limits else "") + (f" of {one.part}" if one.part else "")


def reach_of_part(one: Instrument, part: Part) -> Reach:
    """The least and greatest value that answers can give the part."""
    items = [one.items[number - 1] for number in part.items]
    match part.rule:
        case "sum":
            return _sums(items)
        case "mean":
            return Decimal(min(item.least for item in items)), Decimal(max(item.most for item in items))
        case "count":
            return Decimal(0), Decimal(len(items))
        case "any" | "all":
            return Decimal(0), Decimal(1)


def _sums(items: Sequence[Item]) -> Reach:
    # A question that may be skipped counts as nought then, whatever its least answer is.
    least = sum(0 if item.skip else item.least for item in items)
    return Decimal(least), Decimal(sum(item.most for item in items))


def _check_between(one: Instrument) -> None:
    """Before anything is made of them: a slip of the pen would make millions of answers."""
    written: list[tuple[tuple[int, int] | None, Place]] = [(one.between, ("between",))]
    written += [(group.between, ("items", place, "between")) for place, group in enumerate(one.groups)]
    for between, place in written:
        if between and between[0] > between[1]:
            raise Misplaced(place, "the least stands first, then the greatest")
        if between and between[1] - between[0] >= MOST_ANSWERS:
            raise Misplaced(place, f"at most {MOST_ANSWERS} answers to a question")


def _check_items(one: Instrument) -> None:
    count = one.item_count or 0
    for place, group in enumerate(one.groups):
        for number in group.numbers:
            _check_number(number, count, ("items", place, "numbers"))
        if group.skip and any(number >= min(group.numbers) for number in group.skip.items):
            raise Misplaced(("items", place, "skip"), "a question can be skipped by earlier ones only")
        if group.skip and len(group.skip.items) > 1 and group.skip.sums != (0,):
            raise Misplaced(("items", place, "skip"), "several questions together skip another at nought only")
    for number in one.reverse:
        _check_number(number, count, ("reverse",))
    if one.item_keys and len(one.item_keys) != count:
        raise Misplaced(("item_keys",), f"there are {len(one.item_keys)} keys for {count} items")
    _check_names(one, count)
    for place, codes in enumerate(one.item_codes):
        if len(codes.codes) > count:
            raise Misplaced(("item_codes", place, "codes"), f"there are {len(codes.codes)} codes for {count} items")
    for item in one.items:
        if not item.counting:
            raise Misplaced(("item_count",), f"nothing says what may be answered to item {item.number}")
    _check_yes_no(one, count)
    keys = [item.key for item in one.items]
    if len(set(keys)) < len(keys):
        raise Misplaced(("item_keys",), "two items have the same key")


def _check_yes_no(one: Instrument, count: int) -> None:
    """Whether what is called yes or no is 1 or 0, and nothing else but that it does not apply."""
    for number in one.yes_no.numbers if one.yes_no else ():
        _check_number(number, count, ("yes_no", "numbers"))
    for item in one.items:
        if item.yes_no and item.counting != (0, 1):
            found = f"item {item.number} is answered {', '.join(map(str, item.counting))}, not 0 or 1"
            raise Misplaced(("yes_no",), found)


def _check_names(one: Instrument, count: int) -> None:
    """Whether every question has a name that a page can show: a key is for machines."""
    for field in ("item_numbers", "item_labels"):
        if (given := len(getattr(one, field))) not in (0, count):
            raise Misplaced((field,), f"there are {given} for {count} items")
    for item in one.items:
        if item.key != f"item{item.number}" and not (item.label or one.item_numbers):
            found = f"nothing says what pages call {item.key}: give item_numbers or item_labels"
            raise Misplaced(("item_keys",), found)
    shown = [item.label or item.printed for item in one.items]
    if twice := sorted({name for name in shown if shown.count(name) > 1}):
        raise Misplaced(("item_labels" if one.item_labels else "item_numbers",), f"two items are called {twice[0]}")


def _check_number(number: int, count: int, place: Place) -> None:
    if not 1 <= number <= count:
        raise Misplaced(place, f"there is no item {number}: item_count is {count}")


def _check_rule(one: Instrument) -> None:
    if one.rule in NUMBERED and one.range is None:
        raise Misplaced(("rule",), "a total needs a range")
    if one.rule not in NUMBERED and (one.range or one.bandings or one.missing or one.reliable_change):
        raise Misplaced(("rule",), f"“{one.rule}” gives no total: take its range, bands and change out")
    if bool(one.labels) != (one.rule == "label") or (one.labels and one.labels[-1].when):
        raise Misplaced(("labels",), "the rule “label” needs labels, and the last of them says what holds otherwise")
    if one.rule in {"profile", "label", "parts"} and not one.items:
        raise Misplaced(("rule",), f"“{one.rule}” needs items")
    if one.missing and one.item_count and one.missing.at_most >= one.item_count:
        raise Misplaced(("missing", "at_most"), "something has to be answered")


def _check_parts(one: Instrument) -> None:
    earlier: list[str] = []
    for place, part in enumerate(one.parts):
        if part.key in earlier:
            raise Misplaced(("parts", place, "key"), f"there is already a part {part.key}")
        for number in part.items:
            _check_number(number, len(one.items), ("parts", place, "items"))
        if unknown := [name for name in part.parts if name not in earlier]:
            raise Misplaced(("parts", place, "parts"), f"there is no part {unknown[0]} before this one")
        _check_bands(part.bandings, ("parts", place, "bandings"), reach_of_part(one, part))
        earlier.append(part.key)
    for place, label in enumerate(one.labels):
        if unknown := [name for name in label.when if name not in earlier]:
            raise Misplaced(("labels", place, "when"), f"there is no part {unknown[0]}")


def _check_range(one: Instrument) -> None:
    scored = [item for item in one.items if item.scored]
    if one.range is None or not scored:
        return
    within = (one.range.minimum, one.range.maximum)
    if one.rule == "sum" and _sums(scored) != within:
        least, most = _sums(scored)
        raise Misplaced(("range",), f"the items sum to {least}-{most}")
    if one.rule == "mean":
        lowest, highest = min(item.least for item in scored), max(item.most for item in scored)
        if lowest < within[0] or within[1] < highest:
            raise Misplaced(("range",), f"the items are answered {lowest} to {highest}")


def _check_change(one: Instrument) -> None:
    if one.range and one.range.minimum >= one.range.maximum:
        raise Misplaced(("range",), "the minimum is below the maximum")
    widest = one.range.maximum - one.range.minimum if one.range else Decimal(0)
    if one.reliable_change and one.reliable_change.value > widest:
        raise Misplaced(("reliable_change", "value"), f"no change can be more than {widest}")


def _check_bands(bandings: Sequence[Banding], at: Place, reach: Reach | None) -> None:
    places = [one.jurisdiction for one in bandings]
    if len(set(places)) < len(places):
        raise Misplaced((*at, len(places) - 1), "there are already bands for this jurisdiction")
    for number, one in enumerate(bandings):
        if reach is not None:
            _check_banding(one, (*at, number, "bands"), reach)


def _check_banding(one: Banding, at: Place, reach: Reach) -> None:
    expected = reach[0]
    keys = [band.key for band in one.bands]
    for place, band in enumerate(one.bands):
        if keys.index(band.key) < place:
            raise Misplaced((*at, place, "key"), f"there is already a band {band.key}")
        if band.minimum != expected or band.maximum < band.minimum:
            raise Misplaced((*at, place), f"band {band.key} starts at {band.minimum}, not {expected}")
        expected = band.maximum + 1
    if expected != reach[1] + 1:
        raise Misplaced((*at, len(one.bands) - 1), f"the bands end at {expected - 1}, not {reach[1]}")


def _check_cutoffs(one: Instrument) -> None:
    parts = {part.key: part for part in one.parts}
    seen = set()
    for place, found in enumerate(one.cutoffs):
        at = ("cutoffs", place)
        if found.part and found.part not in parts:
            raise Misplaced((*at, "part"), f"there is no part {found.part}")
        if not found.part and one.range is None:
            raise Misplaced((*at, "part"), "there is no total: say of which part")
        least, most = reach_of_part(one, parts[found.part]) if found.part else _total(one)
        if not least <= found.value <= most:
            raise Misplaced((*at, "value"), f"the cut-off lies outside {least} to {most}")
        if _whole(one, found.part) and found.value % 1:
            raise Misplaced((*at, "value"), f"scores are whole, so that none is {found.value}: give a whole cut-off")
        if cutoff_name(found) in seen:
            raise Misplaced((*at, "key"), f"there is already a cut-off {cutoff_name(found)}")
        seen.add(cutoff_name(found))


def _whole(one: Instrument, part: str | None) -> bool:
    """Whether a score, or that of a part, is a whole number wherever nothing is missing."""
    if part:
        return next(found.rule for found in one.parts if found.key == part) != "mean"
    return one.range is not None and one.range.decimals[1] == 0


def _total(one: Instrument) -> Reach:
    return (one.range.minimum, one.range.maximum) if one.range else (Decimal(0), Decimal(0))


def _check_flags(one: Instrument) -> None:
    if one.key in ASK_ABOUT_HARM and not one.hides_harm:
        raise Misplaced(("flags",), f"{one.name} asks about self-harm: say which items, or that a total hides it")
    keys = [flag.key for flag in one.flags]
    for place, flag in enumerate(one.flags):
        for number in flag.items:
            _check_number(number, len(one.items), ("flags", place, "items"))
            if flag.at_least not in one.items[number - 1].counting:
                raise Misplaced(("flags", place, "at_least"), f"item {number} has no such answer")
        if keys.index(flag.key) < place:
            raise Misplaced(("flags", place, "key"), f"there is already a flag {flag.key}")
