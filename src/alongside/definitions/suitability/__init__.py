"""What guidance says about drinking or drug use and therapy, to stand beside a decision. It decides nothing."""

from functools import cache

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Definition, Sourced, Text


class Statement(Sourced):
    """One thing that guidance or evidence says, in our words."""

    key: Text
    words: Text


class Guidance(Definition):
    """Every statement, the most general first."""

    statements: tuple[Statement, ...]


@cache
def guidance() -> Guidance:
    """The statements with their sources; those whose source was not seen at first hand say so in `verified`."""
    return load_one(__name__, "guidance.toml", Guidance)
