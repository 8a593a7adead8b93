"""Asking about a topic, what follows where somebody says yes, and putting it right."""

from alongside.screening.actions.asking import record
from alongside.screening.actions.correcting import correct, wrong_person
from alongside.screening.actions.erasing import erase
from alongside.screening.actions.following import leave, reroute, take_on

__all__ = [
    "correct",
    "erase",
    "leave",
    "record",
    "reroute",
    "take_on",
    "wrong_person",
]
