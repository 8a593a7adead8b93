"""The rules of safety: risk prompts, disclosure without consent, entries withheld from the person. Pure."""

from alongside.safety.rules.disclosing import MOST_WORDS, Arrival, Paper, Push, Way, check_push
from alongside.safety.rules.prompts import (
    LONGEST_NAME,
    NOON,
    TAKEN_OUT,
    Outcome,
    State,
    Talk,
    check_taken_on,
    check_talk,
    due_at,
    is_rise,
)
from alongside.safety.rules.withholding import (
    HANDLING,
    Review,
    Why,
    Withheld,
    check_reviewer,
    check_withholding,
    review_due_at,
)

__all__ = [
    "HANDLING",
    "LONGEST_NAME",
    "MOST_WORDS",
    "NOON",
    "TAKEN_OUT",
    "Arrival",
    "Outcome",
    "Paper",
    "Push",
    "Review",
    "State",
    "Talk",
    "Way",
    "Why",
    "Withheld",
    "check_push",
    "check_reviewer",
    "check_taken_on",
    "check_talk",
    "check_withholding",
    "due_at",
    "is_rise",
    "review_due_at",
]
