"""Registering people, linking and unlinking them, putting right, and their own sign-in."""

from alongside.people.actions.registering import (
    correct_identity,
    link,
    note_correction,
    put_right,
    register,
    standing,
    unlink,
)
from alongside.people.actions.signing_in import (
    Invitation,
    end_sign_in,
    invitation,
    invite,
    open_invitation,
    take_up,
)

__all__ = [
    "Invitation",
    "correct_identity",
    "end_sign_in",
    "invitation",
    "invite",
    "link",
    "note_correction",
    "open_invitation",
    "put_right",
    "register",
    "standing",
    "take_up",
    "unlink",
]
