"""A whole instrument, as its file says it."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from alongside.definitions.instruments.model import checks
from alongside.definitions.instruments.model.figures import (
    UK,
    Band,
    Banding,
    Code,
    Cutoff,
    Flag,
    Missing,
    Norms,
    ReliableChange,
    ScoreRange,
    TextLicence,
    Whose,
    YesNo,
    most_fitting,
)
from alongside.definitions.instruments.model.items import Item, ItemCodes, ItemGroup
from alongside.definitions.instruments.model.parts import Label, Part, Rule
from alongside.definitions.languages import LanguageTag
from alongside.definitions.provenance import Definition, Sourced, Text

# What an instrument is about. It decides who sees a score: `measures.rules.entries` has the kind of each.
Domain = Literal[
    "agoraphobia",
    "alcohol",
    "anxiety",
    "body dysmorphic disorder",
    "chronic fatigue",
    "depression",
    "distress",
    "drugs",
    "experience",
    "functioning",
    "goals",
    "health anxiety",
    "irritable bowel syndrome",
    "obsessive-compulsive disorder",
    "panic disorder",
    "persistent physical symptoms",
    "post-traumatic stress disorder",
    "quality_of_life",
    "recovery",
    "social anxiety",
    "tobacco",
    "trauma",
]
MOST_ITEMS = 200  # the longest of ours has 56: more is a slip of the pen
Recall = Literal["week", "two_weeks", "four_weeks", "thirty_days", "month", "three_months", "six_months", "year"]


class Instrument(Definition):
    """A questionnaire: its items, how answers become a score, and what the score means, each figure with its source.

    `answers` and `between` are what may be answered wherever `groups` says nothing else; without them the
    instrument is entered by its total, and `item_count` is how many questions the paper form has. Caseness and
    `reliable_change` are the national outcome rules' figures, None where nobody could source one: no outcome may
    then be claimed from it. The words of the questions are no part of it: see `definitions.texts`.
    """

    domain: Domain
    language: LanguageTag = "en-GB"
    text: TextLicence
    respondents: tuple[Literal["person", "clinician"], ...] = Field(min_length=1)
    read_aloud: bool = False  # the clinician fills it in, and asks the person its questions one by one
    recall: Recall | None = None  # None where the questions ask about now or ever
    per_substance: bool = False  # asked of one substance at a time
    asks_about_harm: bool = False  # a total hides an answer about self-harm; a flag says so by itself
    higher_is: Literal["worse", "better", "neither"]
    rule: Rule
    item_count: int | None = Field(default=None, gt=0, le=MOST_ITEMS)
    answers: tuple[int, ...] | None = None
    between: tuple[int, int] | None = None
    yes_no: YesNo | None = None  # of which questions 1 is yes: 0 and 1 may mean something else
    reverse: tuple[int, ...] = ()
    item_keys: tuple[Text, ...] = ()  # where the questions are not called item1, item2, …
    item_numbers: tuple[Text, ...] = ()  # as the form numbers them, where that is not 1, 2, 3, …
    item_labels: tuple[str, ...] = ()  # our own short words, never the owner's; empty where a number says enough
    item_codes: tuple[ItemCodes, ...] = ()
    groups: tuple[ItemGroup, ...] = Field(default=(), alias="items")
    missing: Missing | None = None
    range: ScoreRange | None = None
    bandings: tuple[Banding, ...] = ()
    cutoffs: tuple[Cutoff, ...] = ()
    reliable_change: ReliableChange | None = None
    norms: Norms | None = None
    parts: tuple[Part, ...] = ()
    labels: tuple[Label, ...] = ()
    flags: tuple[Flag, ...] = ()
    codes: tuple[Code, ...] = ()

    def __hash__(self) -> int:
        # Compiled scorers are kept by instrument; hashing every figure each time would cost more than scoring.
        return hash((self.key, self.version))

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        checks.check(self)
        return self

    # --- its items

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every question in order; none where the instrument is entered by its total."""
        if self.item_count is None or not (self.answers or self.between or self.groups):
            return ()
        return tuple(self._item(number) for number in range(1, self.item_count + 1))

    def _item(self, number: int) -> Item:
        said: dict[str, Any] = {"reverse": number in self.reverse, "answers": self.answers, "between": self.between}
        said["yes_no"] = self.yes_no is not None and (not self.yes_no.numbers or number in self.yes_no.numbers)
        said["codes"] = tuple(self._codes_of(number))
        for group in self.groups:
            if number in group.numbers:
                given = group.model_dump(exclude_unset=True, exclude={"numbers"})
                if {"answers", "between"} & given.keys():
                    said |= {"answers": None, "between": None}
                said |= given
        between = said["between"]
        values = said.pop("answers") or (tuple(range(between[0], between[1] + 1)) if between else ())
        absent = said.get("not_applicable")
        values = (*values, absent) if absent is not None and absent not in values else values
        key = self.item_keys[number - 1] if self.item_keys else f"item{number}"
        said["printed"] = self.item_numbers[number - 1] if self.item_numbers else str(number)
        said["label"] = self.item_labels[number - 1] if self.item_labels else ""
        return Item(**{**said, "number": number, "key": key, "values": values})

    def _codes_of(self, number: int) -> Iterator[Code]:
        for known in self.item_codes:
            if number <= len(known.codes) and known.codes[number - 1]:
                code = known.codes[number - 1]
                yield Code(system=known.system, code=code, source=known.source, verified=known.verified)

    @property
    def by_items(self) -> bool:
        """Whether it can be scored from its answers; otherwise its total is entered."""
        return bool(self.items)

    @property
    def hides_harm(self) -> bool:
        """Whether it asks about self-harm, so that a total alone would hide the answer."""
        return self.asks_about_harm or bool(self.flags)

    @property
    def by_total(self) -> bool:
        """Whether a total can be entered: not where there is none."""
        return self.range is not None

    @cached_property
    def item_columns(self) -> tuple[str, ...]:
        """What the answers are called in forms and tables: `item1`, `item2`, … or their own keys."""
        return tuple(item.key for item in self.items)

    # --- its figures

    @property
    def higher_is_worse(self) -> bool:
        return self.higher_is == "worse"

    def banding(self, jurisdiction: str = UK) -> Banding | None:
        """The bands drawn in `jurisdiction`: its own, else those that belong to none in particular."""
        return checks.banding(self.bandings, jurisdiction)

    @property
    def bands_differ(self) -> bool:
        """Whether its bands are not the same in every jurisdiction."""
        return any(one.jurisdiction for one in self.bandings)

    @property
    def bands(self) -> tuple[Band, ...]:
        found = self.banding()
        return found.bands if found else ()

    def cutoff(self, key: str, whose: Whose | None = None, part: str | None = None) -> Cutoff | None:
        """The cut-off for `key` that fits best whom the score is of; None where none does or too little is known."""
        named = [one for one in self.cutoffs if one.key == key and one.part == part]
        return most_fitting(named, whose or Whose())

    @cached_property
    def caseness(self) -> Cutoff | None:
        """The cut-off of the national outcome rules, as it holds where nothing else is known of the person.

        A definition of NHS Talking Therapies, and so the United Kingdom's wherever a service is: what is published as
        recovery or caseness is counted by it or not at all. What a page shows is `shown`.
        """
        return self.cutoff("caseness")

    def shown(self, whose: Whose) -> Cutoff | None:
        """The cut-off that a page draws or names for a score: what makes a case where the service is, else what asks
        for more questions there. None where neither is known for that jurisdiction, sex, age or language version."""
        return self.cutoff("caseness", whose) or self.cutoff("screen", whose)

    @property
    def decimals(self) -> tuple[int, int]:
        """Fewest and most digits after the point in a total."""
        return self.range.decimals if self.range else (0, 0)

    @property
    def divides(self) -> bool:
        """Whether a total may come out of a division: a mean, or a sum in which the mean of the others fills a gap."""
        return self.decimals[1] > 0 or self.missing is not None

    @property
    def most_of_total(self) -> Decimal:
        """The greatest total; nought where there is none."""
        return self.range.maximum if self.range else Decimal(0)

    def figures(self) -> Iterator[tuple[str, Sourced]]:
        """Every figure with a source of its own, by the name that lists and refusals give it."""
        if self.range:
            yield "range", self.range
        yield from ((checks.cutoff_name(one), one) for one in self.cutoffs)
        if self.reliable_change:
            yield "reliable_change", self.reliable_change
        if self.norms:
            yield "norms", self.norms
        if self.missing:
            yield "missing", self.missing
        if self.yes_no:
            yield "yes_no", self.yes_no
        yield from ((f"bands{_of(one)}", one) for one in self.bandings)
        yield from self._figures_of_parts()
        yield from ((f"flag {one.key}", one) for one in self.flags)
        yield from ((f"skip of {one.key}", one.skip) for one in self.items if one.skip)

    def _figures_of_parts(self) -> Iterator[tuple[str, Sourced]]:
        for part in self.parts:
            yield f"part {part.key}", part
            yield from ((f"bands{_of(one)} of {part.key}", one) for one in part.bandings)

    @property
    def scoring_checked(self) -> bool:
        """Whether nothing is open in how answers become what is shown of it. A file that says that it is not verified,
        though every figure that decides is, means that."""
        makes = {"range", "missing"} if self.range else {f"part {one.key}" for one in self.parts}
        decides = {"range", "caseness", "reliable_change"} & {name.split(" ")[0] for name in self.unverified}
        return makes.isdisjoint(self.unverified) and (self.verified or bool(decides))

    def bands_checked(self, jurisdiction: str) -> bool:
        """Whether the bands drawn in `jurisdiction` were; a file can be verified without its bands, which decide
        nothing."""
        found = self.banding(jurisdiction)
        return found is None or found.verified

    @property
    def unverified(self) -> tuple[str, ...]:
        """Which of its figures nobody has checked against a primary source, by name."""
        return tuple(name for name, figure in self.figures() if not figure.verified)


def _of(banding: Banding) -> str:
    return f" ({banding.jurisdiction})" if banding.jurisdiction else ""
