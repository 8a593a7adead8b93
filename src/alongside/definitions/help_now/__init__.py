"""Help at once: whom to ring in danger or despair. Shown on every page of the public door."""

from functools import cache

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Definition, Sourced, Text


class Line(Sourced):
    """One way to get help now: when to use it, the number as people read it, and as a telephone dials it."""

    key: Text
    when: Text
    name: Text
    number: Text
    dial: Text
    hours: Text
    local: bool = False  # a service's own line, which may be wrong as a national number is not


class HelpNow(Definition):
    """Every line, the most urgent first."""

    lines: tuple[Line, ...]


@cache
def help_now() -> HelpNow:
    """The lines with their sources; those nobody checked say so in `verified`."""
    return load_one(__name__, "lines.toml", HelpNow)
