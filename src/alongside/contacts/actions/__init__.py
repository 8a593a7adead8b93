"""Planning, recording and following up contacts, and putting them right."""

from alongside.contacts.actions.correcting import ALL_OF_IT, correct_contact, correct_note, wrong_person
from alongside.contacts.actions.erasing import erase
from alongside.contacts.actions.planning import cancel, close_follow_up, move_contact, plan_contact, reroute
from alongside.contacts.actions.recording import record
from alongside.contacts.actions.withholding import let_go, withhold_note

__all__ = [
    "ALL_OF_IT",
    "cancel",
    "close_follow_up",
    "correct_contact",
    "correct_note",
    "erase",
    "let_go",
    "move_contact",
    "plan_contact",
    "record",
    "reroute",
    "withhold_note",
    "wrong_person",
]
