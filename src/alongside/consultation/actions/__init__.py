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
from alongside.consultation.actions.erasing import erase
from alongside.consultation.actions.leaving import take_over

__all__ = [
    "accept",
    "answer",
    "ask",
    "ask_back",
    "clarify",
    "close",
    "erase",
    "hand_back",
    "redirect",
    "reply",
    "reroute",
    "take_over",
    "withdraw",
]
