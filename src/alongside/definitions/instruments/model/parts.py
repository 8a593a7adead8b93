"""What an instrument's answers are made into: its score, and the parts of it."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from alongside.definitions.instruments.model.figures import Banding
from alongside.definitions.provenance import Content, Sourced, Text

# sum: points added. mean: points added and divided by the items answered. count: how many items score `at_least`.
# any: 1 where `needed` items do (one, unless the file says more), else 0. all: 1 where every part of `parts` is 1,
# else 0.
PartRule = Literal["sum", "mean", "count", "any", "all"]

# goal_attainment: the T-score of goal attainment scaling. profile: the answers side by side, no number.
# label: the key of the first of `labels` that fits. parts: no total; every part stands by itself.
Rule = Literal["sum", "mean", "goal_attainment", "profile", "label", "parts"]


class Part(Sourced):
    """A subscale, a cluster or a count: `rule` over the items `items`, or over other parts.

    `higher_is` is given where it differs from the whole (more of what protects is better).
    """

    key: Text
    words: Text
    rule: PartRule
    items: tuple[int, ...] = ()
    parts: tuple[Text, ...] = ()
    at_least: int | None = None
    needed: int = Field(default=1, gt=0)
    higher_is: Literal["worse", "better", "neither"] | None = None
    bandings: tuple[Banding, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if bool(self.parts) != (self.rule == "all") or bool(self.items) == (self.rule == "all"):
            raise ValueError("the rule “all” takes parts, every other takes items")
        if (self.at_least is not None) != (self.rule in {"count", "any"}):
            raise ValueError("at_least belongs to the rules “count” and “any”")
        if self.needed > 1 and (self.rule != "any" or self.needed > len(self.items)):
            raise ValueError("needed belongs to the rule “any”, and is no more than its items")
        return self


class Label(Content):
    """A result in words: it holds where every part of `when` is 1. The last label has none and holds otherwise."""

    key: Text
    words: Text
    when: tuple[Text, ...] = ()


Reach = tuple[Decimal, Decimal]
