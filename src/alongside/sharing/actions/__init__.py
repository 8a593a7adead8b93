"""Everything that changes who may see: agreeing, withdrawing, linking, looking in an emergency, keeping to a few."""

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
from alongside.sharing.actions.emergencies import end_look, look_in_emergency
from alongside.sharing.actions.restricting import lift_restriction, restrict

__all__ = [
    "ROOMS",
    "Accepted",
    "accept_referral",
    "agree",
    "agree_all",
    "end_look",
    "leaver",
    "lift_restriction",
    "look_in_emergency",
    "refer",
    "refuse",
    "restrict",
    "stop",
    "unlink",
    "withdraw",
]
