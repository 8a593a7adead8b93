"""What happens in a life beside treatment: the kinds of event, their words, and what kind of information each is."""

from collections.abc import Iterable
from functools import cache
from typing import Self

from pydantic import Field, model_validator

from alongside.definitions import policy
from alongside.definitions.alcohol import alcohol
from alongside.definitions.faults import Misplaced
from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Definition, Sourced, Text


class Kind(Sourced):
    """One kind of event: its name, the kind of information that it is and why that one. `sign` is the sign of possible
    dependence on alcohol that it is, where it is one (`definitions.alcohol`)."""

    key: Text
    words: Text
    category: Text
    because: Text
    sign: Text | None = None


class Lives(Definition):
    """All of them, in the order in which a form offers them."""

    kinds: tuple[Kind, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_what_is_there(self) -> Self:
        keys = [kind.key for kind in self.kinds]
        for place, kind in enumerate(self.kinds):
            if keys.index(kind.key) < place:
                raise Misplaced(("kinds", place, "key"), f"there is already a kind {kind.key}")
            if kind.category not in policy.categories():
                raise Misplaced(("kinds", place, "category"), f"{kind.category!r} is no kind of information")
            if kind.sign and kind.sign not in {one.about for one in alcohol().dependence}:
                raise Misplaced(("kinds", place, "sign"), f"{kind.sign!r} is no sign of dependence")
        return self


@cache
def lives() -> Lives:
    """The kinds of event, each with its source."""
    return load_one(__name__, "kinds.toml", Lives)


@cache
def kinds() -> dict[str, Kind]:
    """Kinds of event by key, in the order in which a form offers them."""
    return {kind.key: kind for kind in lives().kinds}


def signs(happened: Iterable[str]) -> tuple[str, ...]:
    """The signs of possible dependence on alcohol among kinds of event that happened to somebody; a kind that the list
    has no longer is none."""
    return tuple(kind.sign for key in happened if (kind := kinds().get(key)) and kind.sign)
