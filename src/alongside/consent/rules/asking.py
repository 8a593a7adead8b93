"""Asking the person for more: what is asked, why, and until when at most. No answer and no are one thing here. Pure."""

from datetime import datetime, timedelta

from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel.errors import Invalid

STANDS = timedelta(days=28)  # how long the person finds it, and nobody of the service asks again: ours, from no source
MOST_DAYS = 365  # that may be asked for: ours
MOST_LETTERS = 500


def check_asked(kinds: Mask, why: str, until: datetime, now: datetime) -> str:
    """Why, as it is kept. Raises `Invalid` naming `kinds`, `why` or `until`."""
    said = why.strip()
    if not kinds or kinds & ~policy.offered():
        raise Invalid("kinds", "Choose at least one kind of information.")
    if not said:
        raise Invalid("why", "Write why it would help. The person reads these words.")
    if len(said) > MOST_LETTERS:
        raise Invalid("why", "Keep it to {most} letters.", most=MOST_LETTERS)
    if until <= now:
        raise Invalid("until", "This day is over. Choose a later one.")
    if until > now + timedelta(days=MOST_DAYS):
        raise Invalid("until", "Ask for a year at most. You can ask again.")
    return said
