"""Recording answers and days of use, and putting them right by superseding."""

from alongside.measures.actions.answering import answer, open_link, send
from alongside.measures.actions.asking import Link, ask, forget_drafts, link, withdraw_ask
from alongside.measures.actions.correcting import correct_response, correct_use, withdraw_contact, withdraw_wrong_person
from alongside.measures.actions.erasing import erase
from alongside.measures.actions.recording import record_calendar, record_response, record_use
from alongside.measures.actions.writing import Setting, write

__all__ = [
    "Link",
    "Setting",
    "answer",
    "ask",
    "correct_response",
    "correct_use",
    "erase",
    "forget_drafts",
    "link",
    "open_link",
    "record_calendar",
    "record_response",
    "record_use",
    "send",
    "withdraw_ask",
    "withdraw_contact",
    "withdraw_wrong_person",
    "write",
]
