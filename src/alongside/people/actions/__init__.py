"""Registering people, linking and unlinking them; who is kept to a few; putting right; their own sign-in; proxies."""

from alongside.people.actions.proxies import (
    end_proxy,
    invite_proxy,
)
from alongside.people.actions.registering import (
    correct_identity,
    link,
    note_correction,
    put_right,
    register,
    standing,
    unlink,
)
from alongside.people.actions.restricting import (
    lift,
    restrict,
    take_over,
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
    "end_proxy",
    "end_sign_in",
    "invitation",
    "invite",
    "invite_proxy",
    "lift",
    "link",
    "note_correction",
    "open_invitation",
    "put_right",
    "register",
    "restrict",
    "standing",
    "take_over",
    "take_up",
    "unlink",
]
