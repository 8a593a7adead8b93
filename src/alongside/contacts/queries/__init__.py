"""Contacts as pages show them: a time line, my day, what is next, one contact and its note."""

from alongside.contacts.queries.around import Around, Slot, next_and_last
from alongside.contacts.queries.counting import every_contact, kept_by_episode, last_of, open_contacts
from alongside.contacts.queries.days import Coming, coming, planned_at, planned_from, today
from alongside.contacts.queries.sections import Section, contact_of_note, headings, note, section_to_correct
from alongside.contacts.queries.standing import Contact, Moment, contact, history, timeline, to_correct

__all__ = [
    "Around",
    "Coming",
    "Contact",
    "Moment",
    "Section",
    "Slot",
    "coming",
    "contact",
    "contact_of_note",
    "every_contact",
    "headings",
    "history",
    "kept_by_episode",
    "last_of",
    "next_and_last",
    "note",
    "open_contacts",
    "planned_at",
    "planned_from",
    "section_to_correct",
    "timeline",
    "to_correct",
    "today",
]
