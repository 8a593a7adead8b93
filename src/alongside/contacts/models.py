"""Contacts, every state they were in, and their notes."""

from django.db import models

from alongside.access.models import Record, TypedIdField, reference
from alongside.access.sealed import Sealed
from alongside.contacts.rules import Heading, State


class Contact(Record):
    """A planned or kept meeting, at `occurred_at`. Every row of one contact, corrected or not, has the same `entry`."""

    PRIVACY = (
        Record.RECORD_PRIVACY
        | {"entry": "neither"}
        | dict.fromkeys(
            ["episode", "kind", "planned", "minutes", "mode", "practitioner", "role", "attendance", "state", "joint"],
            "sensitive:appointments",
        )
    )

    id = TypedIdField("con")
    entry = reference(db_index=True)  # the first row's id
    episode = reference(db_index=True)
    kind = models.CharField(max_length=28)
    planned = models.BooleanField(default=True)
    minutes = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=20)
    practitioner = reference()
    role = models.CharField(max_length=32, blank=True)
    attendance = models.CharField(max_length=24, blank=True)  # empty while it is planned
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in State])
    joint = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["registration", "occurred_at"], name="contacts_of"),
            models.Index(fields=["practitioner", "occurred_at"], name="diary"),
        ]


class ContactStatus(Record):
    """A state that a contact entered at `occurred_at`, by `author`: written with the change, and never changed."""

    PRIVACY = (
        Record.RECORD_PRIVACY
        | dict.fromkeys(["contact", "submission"], "neither")
        | dict.fromkeys(["state", "attendance", "starts_at", "outcome"], "sensitive:appointments")
    )

    id = TypedIdField("cst")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="statuses")
    state = models.CharField(max_length=12)
    attendance = models.CharField(max_length=24, blank=True)
    starts_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, blank=True)  # of a follow-up
    submission = models.CharField(max_length=64, null=True)  # null where no form sent it: nulls may repeat

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "submission"], name="contact_submitted_once")]


class Note(Record):
    """One section of a contact's note. `text` is a token that only a note key opens."""

    PRIVACY = (
        Record.RECORD_PRIVACY | {"contact": "neither"} | dict.fromkeys(["heading", "text"], "sensitive:session_notes")
    )

    id = TypedIdField("not")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="notes")  # the contact's first row
    heading = models.CharField(max_length=20, choices=[(heading.value, heading.value) for heading in Heading])
    text = Sealed()
