"""How long a record has to be kept: `access/retention.toml`."""

from functools import cache

from pydantic import PositiveInt, model_validator

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Checked, Key, Sourced, Text


class Retention(Sourced):
    """One country's periods, in years; none where nobody has written down what holds there."""

    pack: Key
    words: Text
    after_contact: PositiveInt | None = None
    after_death: PositiveInt | None = None
    child_below: PositiveInt = 18
    child_until: PositiveInt | None = None
    child_latest: PositiveInt | None = None

    @model_validator(mode="after")
    def _all_or_none(self) -> "Retention":
        told = {one is None for one in (self.after_contact, self.after_death, self.child_until, self.child_latest)}
        if len(told) > 1:
            raise ValueError("give all of after_contact, after_death, child_until and child_latest, or none of them")
        return self

    @property
    def known(self) -> bool:
        return self.after_contact is not None


class _File(Checked):
    version: Text
    author: Text
    licence: Text
    period: tuple[Retention, ...]


@cache
def every() -> tuple[Retention, ...]:
    """Every country's periods, in the order of the file."""
    return load_one("alongside.definitions", "access/retention.toml", _File).period


def retention(pack: str) -> Retention | None:
    """The periods of one country; None where nothing is written down."""
    return next((one for one in every() if one.pack == pack), None)
