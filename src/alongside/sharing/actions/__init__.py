"""The only door for acts that change who may see."""

from alongside.sharing.actions.choosing import (
    ROOMS,
    Accepted,
    accept_referral,
    agree,
    agree_all,
    disclose,
    leaver,
    refer,
    refuse,
    review_withheld,
    stop,
    unlink,
    withdraw,
    withhold,
)
from alongside.sharing.actions.own import end_sign_in, invite, welcome

__all__ = [
    "ROOMS",
    "Accepted",
    "accept_referral",
    "agree",
    "agree_all",
    "disclose",
    "end_sign_in",
    "invite",
    "leaver",
    "refer",
    "refuse",
    "review_withheld",
    "stop",
    "unlink",
    "welcome",
    "withdraw",
    "withhold",
]
