"""Which measures a kind of service takes as a routine, and when: data with sources."""

from functools import cache
from typing import Literal, Self

from pydantic import Field, model_validator

from alongside.definitions.instruments import instruments
from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Definition, Sourced, Text


class Taken(Sourced):
    """Instruments (keys) that one kind of service takes; one of `instead` serves as well as `instruments`."""

    service: Text
    instruments: tuple[Text, ...] = Field(min_length=1)
    instead: tuple[Text, ...] = ()
    with_the_problems_own: bool = False
    rhythm: Literal["each_contact", "start_and_review"]
    review_weeks: int | None = Field(default=None, gt=0)
    words: Text  # for staff

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.rhythm == "start_and_review") != (self.review_weeks is not None):
            raise ValueError("review_weeks belongs to start_and_review, and to nothing else")
        if unknown := {*self.instruments, *self.instead} - {one.key for one in instruments()}:
            raise ValueError(f"no instrument is called {', '.join(sorted(unknown))}")
        return self


class Routines(Definition):
    """All of them, as one file holds them."""

    taken: tuple[Taken, ...]


@cache
def routines() -> Routines:
    """Every routine, with its source and whether it was checked."""
    return load_one(__name__, "routine.toml", Routines)


def routine_of(service_kind: str) -> Taken | None:
    """The routine of one kind of service; None where no source gives it one."""
    return next((one for one in routines().taken if one.service == service_kind), None)
