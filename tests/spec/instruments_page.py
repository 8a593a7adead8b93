"""Renders docs/reference/generated/instruments.md from the definitions: `python -m tests.spec.instruments_page`."""

from pathlib import Path

from alongside.definitions import talking_therapies, texts
from alongside.definitions.instruments import Instrument, instrument, instruments
from alongside.definitions.instruments.model.checks import cutoff_name
from alongside.definitions.provenance import Sourced
from tests.spec import instrument_cases as cases

PAGE = Path(__file__).parents[2] / "docs/reference/generated/instruments.md"

OPENING = """\
# Instruments

Made from the files in `src/alongside/definitions` by `python -m tests.spec.instruments_page`; do not edit.

**Unverified** means that nobody has seen the figure in a primary source: check it before anybody relies on it.
A figure that could not be sourced at all is left out, and nothing is claimed from it. Reliable change is the least
change that counts. A measure half answered is refused, never filled in, unless its own section says otherwise.

Licence is that of the words of the questions: *free*; *licence to be checked*, where they are probably free and nobody
has made sure; *separate licence*, under the owner's own only; *not free*. Words: *shipped*, with the languages;
*own pack*, where a service that may use them adds them; the instrument works by numbered question or by total all the
same. Cases: worked examples that every change of the scorers has to meet (`tests/spec/instrument_cases`), beside the
tests that all instruments share.
"""


HEAD = (
    "Key",
    "Name",
    "For",
    "Score",
    "Caseness",
    "Reliable change",
    "Words",
    "Licence of the words",
    "Figures verified",
    "Cases",
)
LICENCES = {"free": "free", "check": "licence to be checked", "verbatim": "separate licence", "no": "not free"}


def render() -> str:
    """The whole page."""
    return "\n".join([OPENING, _overview(), *map(_section, instruments()), _problems()])


def _overview() -> str:
    return table(HEAD, [_line(one) for one in instruments()])


def _line(one: Instrument) -> tuple[str, ...]:
    figures = list(one.figures())
    verified = sum(figure.verified for _name, figure in figures)
    return (
        f"[`{one.key}`](#{_anchor(one.name)})",
        one.name,
        one.domain.replace("_", " "),
        _range(one),
        _cutoff(one),
        _reliable(one),
        _words(one),
        f"{LICENCES[one.text.status]}{_doubt(one.text)}",
        f"{verified} of {len(figures)}",
        str(len(cases.of(one.key))),
    )


def _anchor(name: str) -> str:
    kept = "".join(one for one in name.lower() if one.isalnum() or one in " -_")
    return kept.replace(" ", "-")


def _words(one: Instrument) -> str:
    shipped = [pack.language for pack in texts.packs() if pack.instrument == one.key]
    return f"shipped ({', '.join(shipped)})" if shipped else "own pack"


def _section(one: Instrument) -> str:
    state = "Verified" if one.verified else "**Unverified**"
    lines = [
        f"## {one.name}",
        "",
        f"Definition version {one.version}, {one.language}; by {one.author}; checked by: {one.checker}. {state}.",
        "",
        f"- Scoring: {_how(one)}; {_range(one)}; {_direction(one)}.",
        f"- Answered by: {' or '.join(one.respondents)}{_recall(one)}.",
        f"- Words of the questions: {_licence(one)} {_words(one).capitalize()}.",
        f"- Source: {one.source}.",
        "",
        table(("Figure", "Value", "Source", "Verified"), _figures(one)),
    ]
    return "\n".join(lines)


def _how(one: Instrument) -> str:
    if not one.by_items:
        return f"entered by total only{f' ({one.item_count} questions on paper)' if one.item_count else ''}"
    return f"{len(one.items)} items, {RULES[one.rule]}{_oddities(one)}"


RULES = {
    "sum": "summed",
    "mean": "the mean of those answered",
    "goal_attainment": "as a T-score of goals",
    "profile": "as a profile, without a number",
    "label": "as a result in words",
    "parts": "each part by itself, without a total",
}


def _oddities(one: Instrument) -> str:
    reversed_ = [str(item.number) for item in one.items if item.reverse]
    unscored = [item.key for item in one.items if not item.scored]
    said = f"; reversed: {', '.join(reversed_)}" if reversed_ else ""
    said += f"; asked and not scored: {', '.join(unscored)}" if unscored else ""
    absent = [f"{item.key} ({item.not_applicable})" for item in one.items if item.not_applicable is not None]
    said += f"; “not applicable” lowers the greatest score: {', '.join(absent)}" if absent else ""
    return said + ("; of one substance at a time" if one.per_substance else "")


def _direction(one: Instrument) -> str:
    return {"worse": "higher is worse", "better": "higher is better", "neither": "no direction"}[one.higher_is]


def _recall(one: Instrument) -> str:
    return f", about the last {one.recall.replace('_', ' ')}" if one.recall else ""


def _licence(one: Instrument) -> str:
    return f"{LICENCES[one.text.status]}. {one.text.says} ({one.text.source}; {_state(one.text)})."


def _figures(one: Instrument) -> list[tuple[str, ...]]:
    rows = [_figure("Range", _range(one), one.range)] if one.range else []
    rows += [_figure(_cutoff_words(found), _sign(found), found) for found in one.cutoffs]
    if one.reliable_change:
        rows.append(_figure("Reliable change", str(one.reliable_change.value), one.reliable_change))
    if one.norms:
        rows.append(_figure("Norms", _norms(one.norms), one.norms))
    if one.missing:
        rows.append(_figure("Items that may be missing", f"at most {one.missing.at_most}", one.missing))
    if one.yes_no:
        asked = f"items {', '.join(map(str, one.yes_no.numbers))}" if one.yes_no.numbers else "every item"
        rows.append(_figure("1 is yes, 0 is no", asked, one.yes_no))
    for banding in one.bandings:
        where = f" ({banding.jurisdiction})" if banding.jurisdiction else ""
        rows += [_figure(f"Band `{band.key}`{where}", _span(band), banding) for band in banding.bands]
    rows += [row for part in one.parts for row in _part(part)]
    rows += [
        _figure(f"Flag `{flag.key}`", f"item {', '.join(map(str, flag.items))} ≥ {flag.at_least}", flag)
        for flag in one.flags
    ]
    rows += [_figure(f"Skip of {item.key}", _skip(item.skip), item.skip) for item in one.items if item.skip]
    rows += [_figure(f"Code ({code.system})", code.code, code) for code in one.codes]
    return rows + [
        _figure(f"Code of {item.key} ({code.system})", code.code, code) for item in one.items for code in item.codes
    ]


def _norms(found) -> str:
    others = f"; without the problem {found.functional_mean} ({found.functional_sd})" if found.functional_sd else ""
    return f"{found.population}: mean {found.mean} (SD {found.sd}){others}; reliability {found.reliability}"


def _cutoff_words(found) -> str:
    return cutoff_name(found).replace("_", " ").capitalize()


def _span(band) -> str:
    return f"{band.minimum}" if band.minimum == band.maximum else f"{band.minimum} to {band.maximum}"


def _part(part) -> list[tuple[str, ...]]:
    over = f"items {', '.join(map(str, part.items))}" if part.items else f"parts {', '.join(part.parts)}"
    least = f", at {part.at_least} or more" if part.at_least is not None else ""
    rows = [_figure(f"Part `{part.key}`: {part.words}", f"{part.rule} of {over}{least}", part)]
    for banding in part.bandings:
        rows += [_figure(f"Band `{band.key}` of {part.key}", _span(band), banding) for band in banding.bands]
    return rows


def _refused(skip):
    """What becomes of an answer that is given all the same."""
    if not skip.strict:
        return ""
    return "; an answer above nought is refused then" if skip.nought_fits else "; an answer is refused then"


def _skip(skip) -> str:
    items, sums = (", ".join(map(str, numbers)) for numbers in (skip.items, skip.sums))
    return f"where items {items} score {sums}" + _refused(skip)


def _figure(name: str, value: str, sourced: Sourced) -> tuple[str, ...]:
    return (name, value, sourced.source, _state(sourced))


def _state(sourced: Sourced) -> str:
    return "yes" if sourced.verified else "**no**"


def _range(one: Instrument) -> str:
    if one.range is None:
        return "no total"
    decimals = "" if one.decimals == (0, 0) else f", written with {one.decimals[0]} or {one.decimals[1]} decimals"
    return f"{one.range.minimum} to {one.range.maximum}{decimals}"


def _cutoff(one: Instrument) -> str:
    return f"{_sign(one.caseness)}{_doubt(one.caseness)}" if one.caseness else "none"


def _reliable(one: Instrument) -> str:
    return f"{one.reliable_change.value}{_doubt(one.reliable_change)}" if one.reliable_change else "none"


def _doubt(figure: Sourced) -> str:
    return "" if figure.verified else " (unverified)"


def _sign(found) -> str:
    return f"{ {'>=': '≥', '>': '>', '<=': '≤', '<': '<'}[found.operator] } {found.value}"


def _problems() -> str:
    codes = talking_therapies.codes()
    rows = [
        (one.code + (" and below" if one.match == "begins_with" else ""), one.words, _measure(one.instrument))
        for one in codes.descriptors
    ]
    return "\n".join(
        [
            "## Which measure goes with which problem",
            "",
            "PHQ-9 always; beside it the problem's own measure where it was taken at least twice, else GAD-7.",
            f"Source: {codes.source}.",
            "",
            table(("Code", "Problem", "Own measure"), rows),
        ]
    )


def _measure(key: str | None) -> str:
    return instrument(key).name if key else "none: GAD-7"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(render(), "utf-8")
