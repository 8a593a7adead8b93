"""Two registrations of one service that are of the same human."""

from enum import StrEnum

from alongside.kernel.errors import Invalid


class Same(StrEnum):
    """How that stands."""

    PROPOSED = "proposed"
    STANDS = "stands"
    REFUSED = "refused"
    ENDED = "ended"


LIVE = (Same.PROPOSED, Same.STANDS)


def check_why_same(reason: str) -> str:
    """What is written as the reason. Raises `Invalid("reason", …)` where there is none."""
    if not reason.strip():
        raise Invalid("reason", "Write why, so that somebody else can decide about it.")
    return reason.strip()[:300]
