"""Sending, receiving and deciding; what a referral carries; and what becomes of it when sharing ends."""

from alongside.referral.actions.carrying import given_with, reroute, sender_registration
from alongside.referral.actions.deciding import accept, decline, told, withdraw
from alongside.referral.actions.erasing import erase
from alongside.referral.actions.sending import Carried, Wording, refer_myself, send

__all__ = [
    "Carried",
    "Wording",
    "accept",
    "decline",
    "erase",
    "given_with",
    "refer_myself",
    "reroute",
    "send",
    "sender_registration",
    "told",
    "withdraw",
]
