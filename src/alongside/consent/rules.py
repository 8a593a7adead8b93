"""What makes a consent complete. Pure.

The elements are those the access design names: who may see, which kinds, for what, until when, how it was given, who
witnessed a verbal one, and that saying no does not affect care.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alongside.access.rules import Effect, Line, Mask
from alongside.definitions import policy
from alongside.kernel.errors import Invalid
from alongside.kernel.periods import FOR_EVER, Period


class Given(StrEnum):
    VERBAL = "verbal"
    WRITTEN = "written"
    ELECTRONIC = "electronic"


class Status(StrEnum):
    ACTIVE = "active"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person chose for one recipient: the kinds it may see. An empty mask shares nothing."""

    recipient: str  # a handle
    categories: Mask
    given: Given
    purpose: str = "direct_care"
    witness: str = ""
    told_no_is_fine: bool = False
    expires: datetime = FOR_EVER


def check(choice: Choice, now: datetime) -> None:
    """Raises `Invalid` naming the element that is missing or wrong."""
    if choice.categories & ~policy.all_categories():
        raise Invalid("categories", "That kind of information does not exist.")
    if choice.given is Given.VERBAL and not choice.witness.strip():
        raise Invalid("witness", "Enter who heard the person agree. It can be you.")
    if not choice.told_no_is_fine:
        raise Invalid("told_no_is_fine", "Tell the person that saying no does not affect their care, then tick this.")
    if choice.expires <= now:
        raise Invalid("expires", "The consent would end before it begins. Choose a later date, or leave it open.")


def line(consent: str, choice: Choice, now: datetime) -> Line:
    """The choice as the line that access compiles. It reaches back over what is already in the record."""
    return Line(
        because=consent,
        effect=Effect.PERMIT,
        recipient=choice.recipient,
        categories=choice.categories,
        purposes=policy.purposes_mask(choice.purpose),
        when=Period(now, choice.expires),
        data=Period(),
    )
