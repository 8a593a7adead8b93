"""Asked across every room: whether anything is nowhere, who looked at whom, and what was put right."""

from alongside.sharing.queries.accounting import Accounted, Kind, account
from alongside.sharing.queries.overseeing import Done, Look, Overseen, Seen, Shown, done, looks, overseen, shown_in
from alongside.sharing.queries.standing import (
    OPEN_THINGS,
    Held,
    everybody,
    held,
    keeping,
    nowhere,
    period,
    period_over,
    standing,
)

__all__ = [
    "OPEN_THINGS",
    "Accounted",
    "Done",
    "Held",
    "Kind",
    "Look",
    "Overseen",
    "Seen",
    "Shown",
    "account",
    "done",
    "everybody",
    "held",
    "keeping",
    "looks",
    "nowhere",
    "overseen",
    "period",
    "period_over",
    "shown_in",
    "standing",
]
