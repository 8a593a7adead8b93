"""Writing down what an answer about self-harm asks for, and who looked in an emergency."""

from alongside.safety.actions.emergencies import Declared, Reviewer, Side, declare, end, review
from alongside.safety.actions.risk import Answered, answered, close, put_right, reopen, reroute, settle, withdraw

__all__ = [
    "Answered",
    "Declared",
    "Reviewer",
    "Side",
    "answered",
    "close",
    "declare",
    "end",
    "put_right",
    "reopen",
    "reroute",
    "review",
    "settle",
    "withdraw",
]
