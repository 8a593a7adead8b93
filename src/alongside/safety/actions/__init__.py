"""Risk prompts; disclosing without consent, and being told so; withholding entries, and the second look at that."""

from alongside.safety.actions.disclosing import disclose
from alongside.safety.actions.keys import rotate_note_keys
from alongside.safety.actions.prompts import (
    Answered,
    answered,
    close,
    put_right,
    reopen,
    reroute,
    settle,
    withdraw,
)
from alongside.safety.actions.receiving import read_received
from alongside.safety.actions.withholding import open_withholding, review, withhold_disclosure, withhold_received

__all__ = [
    "Answered",
    "answered",
    "close",
    "disclose",
    "open_withholding",
    "put_right",
    "read_received",
    "reopen",
    "reroute",
    "review",
    "rotate_note_keys",
    "settle",
    "withdraw",
    "withhold_disclosure",
    "withhold_received",
]
