"""Renders docs/reference/generated/instruments.md from the definitions: `python -m tests.spec.instruments_page`."""

from pathlib import Path

from alongside.definitions import talking_therapies
from alongside.definitions.instruments import Instrument, instrument, instruments
from alongside.definitions.provenance import Sourced

PAGE = Path(__file__).parents[2] / "docs/reference/generated/instruments.md"

OPENING = """\
# Instruments

Made from the files in `src/alongside/definitions` by `python -m tests.spec.instruments_page`; do not edit.

**Unverified** means that nobody has seen the figure in a primary source: check it before anybody relies on it.
A figure that could not be sourced at all is left out, and nothing is claimed from it. Reliable change is the least
change that counts. A measure half answered is refused, never filled in.
"""


def render() -> str:
    """The whole page."""
    return "\n".join([OPENING, _overview(), *map(_section, instruments()), _problems()])


def _overview() -> str:
    rows = [(f"`{one.key}`", one.name, one.domain, _range(one), _cutoff(one), _reliable(one)) for one in instruments()]
    return _table(("Key", "Name", "For", "Score", "Caseness", "Reliable change"), rows)


def _section(one: Instrument) -> str:
    how = f"{len(one.items)} items, summed" if one.by_items else "entered by total only"
    state = "Verified" if one.verified else "**Unverified**"
    lines = [
        f"## {one.name}",
        "",
        f"Definition version {one.version}, {one.language}; by {one.author}; checked by: {one.checker}. {state}.",
        "",
        f"- Scoring: {how}; {_range(one)}; {'higher is worse' if one.higher_is_worse else 'higher is better'}.",
        f"- Words of the questions: {one.text_licence}. {'Shipped' if one.item_text else 'Not shipped'}.",
        f"- Source: {one.source}.",
        "",
        _table(("Figure", "Value", "Source", "Verified"), _figures(one)),
    ]
    return "\n".join(lines)


def _figures(one: Instrument) -> list[tuple[str, ...]]:
    rows = [_figure("Range", _range(one), one.range)]
    if one.caseness:
        rows.append(_figure("Caseness", _cutoff(one), one.caseness))
    if one.screen:
        rows.append(_figure("Screen positive", f"{_sign(one.screen.operator)} {one.screen.value}", one.screen))
    if one.reliable_change:
        rows.append(_figure("Reliable change", str(one.reliable_change.value), one.reliable_change))
    rows += [_figure(f"Band `{band.key}`", f"{band.minimum} to {band.maximum}", band) for band in one.bands]
    rows += [_figure(f"Flag `{flag.key}`", f"item {flag.item} ≥ {flag.at_least}", flag) for flag in one.flags]
    rows += [_figure(f"Code ({code.system})", code.code, code) for code in one.codes]
    return rows


def _figure(name: str, value: str, sourced: Sourced) -> tuple[str, ...]:
    return (name, value, sourced.source, "yes" if sourced.verified else "**no**")


def _range(one: Instrument) -> str:
    decimals = "" if one.decimals == (0, 0) else f", written with {one.decimals[0]} or {one.decimals[1]} decimals"
    return f"{one.range.minimum} to {one.range.maximum}{decimals}"


def _cutoff(one: Instrument) -> str:
    return f"{_sign(one.caseness.operator)} {one.caseness.value}{_doubt(one.caseness)}" if one.caseness else "none"


def _reliable(one: Instrument) -> str:
    return f"{one.reliable_change.value}{_doubt(one.reliable_change)}" if one.reliable_change else "none"


def _doubt(figure: Sourced) -> str:
    return "" if figure.verified else " (unverified)"


def _sign(operator: str) -> str:
    return {">=": "≥", ">": ">"}[operator]


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
            _table(("Code", "Problem", "Own measure"), rows),
        ]
    )


def _measure(key: str | None) -> str:
    return instrument(key).name if key else "none: GAD-7"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(render(), "utf-8")
