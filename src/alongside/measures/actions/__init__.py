"""Recording answers and days of use, and putting them right by superseding."""

from alongside.measures.actions.correcting import correct_response, correct_use, withdraw_contact, withdraw_wrong_person
from alongside.measures.actions.recording import record_calendar, record_response, record_use
from alongside.measures.actions.writing import Setting, write

__all__ = [
    "Setting",
    "correct_response",
    "correct_use",
    "record_calendar",
    "record_response",
    "record_use",
    "withdraw_contact",
    "withdraw_wrong_person",
    "write",
]
