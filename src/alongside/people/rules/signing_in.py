"""The person's own sign-in: how long an invitation waits, and how one stands. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

INVITED_FOR = timedelta(days=14)  # a letter to a mailbox that is seldom opened; a new invitation is one click
TRIES = 5  # as for questionnaires: the date of birth of somebody one knows is not guessed in five


class SignIn(StrEnum):
    """How a person's own sign-in to one service's record stands. Nobody owes it: it is theirs to take up or not."""

    INVITED = "invited"
    OPEN = "open"
    LOCKED = "locked"  # too many wrong dates of birth
    EXPIRED = "expired"
    ENDED = "ended"


def sign_in(opened: bool, tries: int, expires_at: datetime, ended_at: datetime, now: datetime) -> SignIn:
    """How an invitation, or the sign-in that it became, stands now."""
    if ended_at <= now:
        return SignIn.ENDED
    if opened:
        return SignIn.OPEN
    if tries >= TRIES:
        return SignIn.LOCKED
    return SignIn.INVITED if now < expires_at else SignIn.EXPIRED
