"""Asking the other team, answering, replying and closing."""

from alongside.consultation.actions.asking import (
    accept,
    answer,
    ask,
    ask_back,
    clarify,
    close,
    hand_back,
    redirect,
    reply,
    reroute,
    withdraw,
)

__all__ = [
    "accept",
    "answer",
    "ask",
    "ask_back",
    "clarify",
    "close",
    "hand_back",
    "redirect",
    "reply",
    "reroute",
    "withdraw",
]
