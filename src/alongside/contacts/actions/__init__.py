"""Planning, recording and following up contacts, and putting them right."""

from alongside.contacts.actions.correcting import ALL_OF_IT, correct_contact, correct_note, wrong_person
from alongside.contacts.actions.keys import rotate_note_keys
from alongside.contacts.actions.planning import cancel, close_follow_up, move_contact, plan_contact, reroute
from alongside.contacts.actions.recording import record

__all__ = [
    "ALL_OF_IT",
    "cancel",
    "close_follow_up",
    "correct_contact",
    "correct_note",
    "move_contact",
    "plan_contact",
    "record",
    "reroute",
    "rotate_note_keys",
    "wrong_person",
]
