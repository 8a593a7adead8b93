"""Entries withheld from the person's own view: for which reasons, who looks at it a second time, and by when. Pure.

Two reasons and no more: that somebody would come to serious harm, or that somebody else told it in confidence. It is
not kept from the person because one of us says so: a second person decides, and until then it stays withheld.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel.errors import Invalid, NotAllowed
from alongside.kernel.periods import OpeningHours, working_days_after

REVIEW_DAYS = 2  # working days: our own choice, no source
# A look in an emergency is the person's to know of: where nobody decided in so many working days, they read it. Ours.
LAPSE_DAYS = 5
MOST_WORDS = 2_000


class Why(StrEnum):
    """Why an entry is withheld."""

    SERIOUS_HARM = "serious_harm"
    THIRD_PARTY = "third_party"


class Review(StrEnum):
    """Where the second look stands."""

    OPEN = "open"
    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"


# What an entry needs while it is withheld, beside its own kinds: the person's own view opens neither.
HANDLING: dict[str, Mask] = {
    Why.SERIOUS_HARM: policy.categories_mask("withheld"),
    Why.THIRD_PARTY: policy.categories_mask("third_party"),
}


@dataclass(frozen=True, slots=True)
class Withheld:
    """That an entry is withheld: why, and what would happen to whom."""

    why: str
    words: str


def check_withholding(said: Withheld) -> Withheld:
    """As it is kept. Raises `Invalid` naming `withhold` or `withhold_words`."""
    words = said.words.strip()
    if said.why not in set(Why):
        raise Invalid("withhold", "Say why they may not read it: serious harm, or somebody else's confidence.")
    if not words:
        raise Invalid("withhold_words", "Write what would happen if they read it: somebody else decides by it.")
    if len(words) > MOST_WORDS:
        raise Invalid("withhold_words", "Keep it to {most} letters.", most=MOST_WORDS)
    return Withheld(said.why, words)


def check_reviewer(reviewer: str, *, own: frozenset[str]) -> None:
    """Raises `NotAllowed` for whoever withheld the entry or wrote it: nobody reviews their own."""
    if not reviewer or reviewer in own:
        raise NotAllowed("Somebody else has to look at this: not who wrote it, and not who withheld it.")


def check_look_withheld(said: Withheld) -> Withheld:
    """As `check_withholding`; that somebody looked is nobody's confidence, so it is withheld for serious harm alone."""
    if said.why != Why.SERIOUS_HARM:
        raise Invalid("withhold", "That somebody looked is withheld for one reason: serious harm to somebody.")
    return check_withholding(said)


def has_lapsed(withheld_at: datetime, now: datetime, hours: OpeningHours) -> bool:
    """Whether a look that was withheld waited for a second person for too long: the fifth working day is over."""
    day = working_days_after(withheld_at.astimezone(hours.zone).date(), LAPSE_DAYS, hours)
    return now >= hours.on(day)[-1][1]


def review_due_at(withheld_at: datetime, hours: OpeningHours) -> datetime:
    """By when somebody else has decided: the end of the second working day. `NeverOpen` where there is none."""
    day = working_days_after(withheld_at.astimezone(hours.zone).date(), REVIEW_DAYS, hours)
    return hours.on(day)[-1][1]
