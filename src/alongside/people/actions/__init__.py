"""Registering people, linking and unlinking them; who is kept to a few; putting right; their own sign-in; proxies."""

from alongside.people.actions.erasing import erase
from alongside.people.actions.holding import hold, lift_hold
from alongside.people.actions.merging import (
    confirm_same,
    decide_same,
    end_same,
    pair_of,
    propose_same,
)
from alongside.people.actions.proposing import propose_erasure, say_no, waiting
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
from alongside.people.actions.replaying import replay
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
    "confirm_same",
    "correct_identity",
    "decide_same",
    "end_proxy",
    "end_same",
    "end_sign_in",
    "erase",
    "hold",
    "invitation",
    "invite",
    "invite_proxy",
    "lift",
    "lift_hold",
    "link",
    "note_correction",
    "open_invitation",
    "pair_of",
    "propose_erasure",
    "propose_same",
    "put_right",
    "register",
    "replay",
    "restrict",
    "say_no",
    "standing",
    "take_over",
    "take_up",
    "unlink",
    "waiting",
]
