"""Renders `docs/reference/generated/indicators.md` from the definitions.

python -m alongside.definitions.indicators.page > docs/reference/generated/indicators.md
"""

from collections.abc import Iterator

from alongside.definitions.indicators import Indicator, Set, sets

_BEFORE = """\
# Indicators

Rendered from `src/alongside/definitions/indicators`; change those files, then render this page again with
`python -m alongside.definitions.indicators.page`.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join((_BEFORE, *(line for found in sets() for line in _set(found))))


def _set(found: Set) -> Iterator[str]:
    yield f"## {found.name}\n"
    yield f"Version {found.version}. Written by {found.author}; checked by {found.checker}. Licence: {found.licence}."
    yield f"Counts {found.counts}. Source: {found.source}. {_standing(found.verified)}\n"
    for one in found.indicators:
        yield from _indicator(one)


def _indicator(one: Indicator) -> Iterator[str]:
    yield f"### `{one.id}`: {one.title}\n"
    yield f"{one.definition}\n"
    yield f"* Asks: {one.asks} {one.why_it_matters}"
    yield f"* Cannot say: {one.cannot_say}"
    yield f"* Numerator: `{one.numerator}`; {_denominator(one)}"
    yield f"* Services: {', '.join(one.applies_to) or 'every kind'}; period by `{one.period_anchor}`"
    yield f"* Direction: {one.direction.replace('_', ' ')}"
    yield f"* Source: {one.source}. {_standing(one.verified)}\n"


def _denominator(one: Indicator) -> str:
    return f"denominator: `{one.denominator}`" if one.denominator else "a count, without a denominator"


def _standing(verified: bool) -> str:
    return "Verified." if verified else "**Unverified.**"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - the page is what this prints
