"""Help at once: whom to ring in danger or despair, where a service is. Shown on every page of the public door."""

from collections.abc import Iterable
from functools import cache

from alongside.definitions.instruments import UK
from alongside.definitions.loader import load_all
from alongside.definitions.provenance import Definition, Jurisdiction, Sourced, Text


class Line(Sourced):
    """One way to get help now: when to use it, the number as people read it, and as a telephone dials it. `short` is
    for a row of numbers, where the number alone would not say whose it is."""

    key: Text
    when: Text
    name: Text
    number: Text
    dial: Text
    hours: Text
    short: Text | None = None
    local: bool = False  # a service's own line, which may be wrong as a national number is not


class HelpNow(Definition):
    """Every line of one jurisdiction, the most urgent first. `where` is what people call it; `unanswered` says what to
    do where nobody answers a local line that nobody has checked. `elsewhere` is a page that everybody there looks at:
    where the button to leave in a hurry goes, so that it says nothing about who left."""

    jurisdiction: Jurisdiction
    where: Text
    unanswered: Text
    elsewhere: Text
    lines: tuple[Line, ...]


@cache
def everywhere() -> dict[str, HelpNow]:
    """The lines of each jurisdiction that has any."""
    return {one.jurisdiction: one for one in load_all(__name__, HelpNow)}


def help_now(jurisdiction: str) -> HelpNow:
    """The lines of a jurisdiction with their sources; those nobody checked say so in `verified`. `KeyError` for one
    that has none: another country's numbers would ring nobody."""
    return everywhere()[jurisdiction]


def help_in(jurisdictions: Iterable[str]) -> tuple[HelpNow, ...]:
    """Those of several, for a page that does not know yet which service somebody means; the United Kingdom's where
    there is no service at all."""
    return tuple(help_now(one) for one in sorted(set(jurisdictions)) or (UK,))
