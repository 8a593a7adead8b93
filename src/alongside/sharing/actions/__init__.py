"""The only door for acts that change who may see."""

from alongside.sharing.actions.choosing import (
    ROOMS,
    Accepted,
    accept_referral,
    agree,
    agree_all,
    leaver,
    refer,
    refuse,
    stop,
    unlink,
    withdraw,
)
from alongside.sharing.actions.own import end_sign_in, invite, welcome

__all__ = [
    "ROOMS",
    "Accepted",
    "accept_referral",
    "agree",
    "agree_all",
    "end_sign_in",
    "invite",
    "leaver",
    "refer",
    "refuse",
    "stop",
    "unlink",
    "welcome",
    "withdraw",
]
