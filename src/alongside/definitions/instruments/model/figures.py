"""The figures of an instrument. Each has its own source, because each was found in a different place."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from stdnum import luhn, verhoeff

from alongside.definitions.languages import LanguageCode
from alongside.definitions.provenance import Content, Jurisdiction, Sourced, Text

UK = "uk"


def _number(code: str) -> str:
    return code.replace("-", "")


class Code(Sourced):
    """A code in a terminology, refused where its check digit says that it was mistyped."""

    system: Literal["snomed", "loinc"]
    code: Text

    @model_validator(mode="after")
    def _check_digit(self) -> Self:
        digits = verhoeff if self.system == "snomed" else luhn
        if not _number(self.code).isdigit() or not digits.is_valid(_number(self.code)):
            raise ValueError(f"the check digit of {self.code} is wrong")
        return self


class ScoreRange(Sourced):
    """The least and greatest score, and how a score is written: digits after the point, (fewest, most)."""

    minimum: Decimal
    maximum: Decimal
    decimals: tuple[int, int] = (0, 0)

    def __contains__(self, score: Decimal) -> bool:
        return self.minimum <= score <= self.maximum


class Band(Content):
    """One band of a banding, both ends included. `key` is for machines; screens choose their own words for it.

    A score between two whole numbers, as a filled-in gap gives, belongs to the band below it.
    """

    key: Text
    minimum: Decimal
    maximum: Decimal


class Banding(Sourced):
    """Bands of one source, without gap or overlap; `jurisdiction` where another one draws them elsewhere."""

    jurisdiction: Jurisdiction | None = None
    bands: tuple[Band, ...] = Field(min_length=1)

    def holding(self, score: Decimal) -> str:
        """The key of the band that holds `score`."""
        return next(band.key for band in reversed(self.bands) if band.minimum <= score)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a score is of, as far as it is known: some cut-offs differ. `jurisdiction` is the service's."""

    sex: str | None = None
    age: int | None = None
    language: str | None = None
    substance: str | None = None
    jurisdiction: str = UK


class Cutoff(Sourced):
    """Where a score starts to count: at `value` (`>=`, `<=`) or only beyond it (`>`, `<`).

    `key` says for what: `caseness` decides national outcomes (those of NHS Talking Therapies), `screen` asks for more
    questions, any other key says itself. What else is given limits it: to a sex, ages (both ends included), a language
    version, a substance, a jurisdiction, or a subscale.
    """

    key: Text
    value: Decimal
    operator: Literal[">=", ">", "<=", "<"]
    words: Text | None = None
    part: Text | None = None
    sex: Literal["female", "male"] | None = None
    ages: tuple[int, int] | None = None
    language: LanguageCode | None = None
    substance: Text | None = None
    jurisdiction: Jurisdiction | None = None

    def reached(self, score: Decimal) -> bool:
        match self.operator:
            case ">=":
                return score >= self.value
            case ">":
                return score > self.value
            case "<=":
                return score <= self.value
            case "<":
                return score < self.value

    @property
    def limits(self) -> tuple[object, ...]:
        return (self.sex, self.ages, self.language, self.substance, self.jurisdiction)

    def applies(self, whose: Whose) -> bool:
        """Whether nothing that limits it speaks against it. What is not known of somebody speaks against it."""
        of_age = self.ages is None or (whose.age is not None and self.ages[0] <= whose.age <= self.ages[1])
        named = ("sex", "language", "substance", "jurisdiction")
        return of_age and all(getattr(self, name) in (None, getattr(whose, name)) for name in named)


class ReliableChange(Sourced):
    """The least change that is more than measurement error. A change of exactly `value` is reliable."""

    value: Decimal = Field(gt=0)  # at nought every change would be one


class Norms(Sourced):
    """What a change is judged against by Jacobson and Truax: figures of people in treatment at the start, and of people
    without the problem where they are known. `population` says who they were; none is stated without its source."""

    population: Text
    mean: Decimal
    sd: Decimal = Field(gt=0)
    reliability: Decimal = Field(ge=0, lt=1)
    functional_mean: Decimal | None = None
    functional_sd: Decimal | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.functional_mean is None) != (self.functional_sd is None):
            raise ValueError("give both functional figures or neither")
        return self


class Flag(Sourced):
    """Answers that open a conversation whatever the total: any of `items` answered `at_least` or more."""

    key: Literal["self_harm_item"]  # what pages, prompts and `check_harm` look for: no other is looked at
    items: tuple[int, ...] = Field(min_length=1)
    at_least: int


class Missing(Sourced):
    """How many items may be unanswered. The sum is then the mean of the answered ones times their number."""

    at_most: int = Field(gt=0)


class Skip(Sourced):
    """Not asked where the points of `items` (earlier ones) sum to one of `sums`; counts as nought then.

    Where `strict`, an answer that was given all the same contradicts them and is refused; one of nought is not where
    `nought_fits`, because it says the same as they do.
    """

    items: tuple[int, ...] = Field(min_length=1)
    sums: tuple[int, ...] = Field(min_length=1)
    strict: bool = False
    nought_fits: bool = False


class YesNo(Sourced):
    """Questions that are answered yes or no: 1 is yes and 0 is no, whatever either scores. All of them, where `numbers`
    is empty."""

    numbers: tuple[int, ...] = ()


def _known_status(status: str) -> str:
    if status not in {"free", "check", "verbatim", "no"}:
        raise ValueError("say free, check, verbatim or no")
    return status


class TextLicence(Sourced):
    """Whether the words of the questions may be shipped: `free`; `check` (probably, nobody has); `verbatim` (under
    the owner's own licence only); `no`. Only free words are in this repository."""

    status: Annotated[str, AfterValidator(_known_status)]
    says: Text


def most_fitting(cutoffs: Iterable[Cutoff], whose: Whose) -> Cutoff | None:
    """The cut-off that applies with the most limits; None where none does."""
    fitting = [one for one in cutoffs if one.applies(whose)]
    return max(fitting, key=lambda one: sum(limit is not None for limit in one.limits), default=None)
