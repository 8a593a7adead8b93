"""Registering people, correcting who they are, linking and unlinking; who is kept to a few; what was put right."""

from alongside.people.actions.registering import (
    correct_identity,
    link,
    note_correction,
    put_right,
    register,
    standing,
    unlink,
)
from alongside.people.actions.restricting import lift, restrict, take_over

__all__ = [
    "correct_identity",
    "lift",
    "link",
    "note_correction",
    "put_right",
    "register",
    "restrict",
    "standing",
    "take_over",
    "unlink",
]
