"""PHQ-9 as collaborative care reads it: response, remission, improvement and case review, as data with sources."""

from decimal import Decimal
from functools import cache
from typing import Self

from pydantic import Field, model_validator

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Definition, Sourced, Text


class Told(Sourced):
    """One figure as people read it: what it is called, and what it means in a sentence."""

    title: Text
    words: Text


class Response(Told):
    """The least fall, in per cent of the first score."""

    percent: Decimal = Field(gt=0, le=100)


class Below(Told):
    """Holds for a last score below this."""

    below: Decimal = Field(gt=0)


class Meaningful(Told):
    """The least fall in points."""

    points: Decimal = Field(gt=0)


class Caseload(Told):
    """The least first score that is usually taken on; `words` are said of a lower one."""

    least: Decimal = Field(gt=0)


class Review(Told):
    """The weeks in which somebody who has not improved is talked about, both included."""

    from_week: int = Field(gt=0)
    to_week: int = Field(gt=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to_week < self.from_week:
            raise ValueError("the last week comes before the first")
        return self


class CollaborativeCare(Definition):
    """Everything of the file."""

    response: Response
    remission: Below
    meaningful: Meaningful
    improved: Below
    caseload: Caseload
    review: Review


@cache
def collaborative_care() -> CollaborativeCare:
    """The figures and words, each with its source and whether anybody has checked it."""
    return load_one(__name__, "collaborative_care.toml", CollaborativeCare)
