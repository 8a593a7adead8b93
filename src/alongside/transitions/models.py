"""Handovers and discharges."""

from django.db import models

from alongside.access.models import Record, TypedIdField, reference
from alongside.access.sealed import SealedTextField
from alongside.audit.rows import Rows
from alongside.kernel import clock
from alongside.transitions.rules import State


class Handover(models.Model):
    """The spine of a handover of the lead: who asked whom, and where it stands."""

    PRIVACY = dict.fromkeys(
        ["id", "journey", "from_practitioner", "to_practitioner", "state", "proposed_at"], "neither"
    )

    id = TypedIdField("hov")
    journey = reference(db_index=True)
    from_practitioner = reference()
    to_practitioner = reference()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in State])
    proposed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["journey"], condition=models.Q(state=State.PROPOSED), name="one_handover_at_a_time"
            )
        ]


class HandoverStatus(models.Model):
    """One change of state: which, when, by whom."""

    PRIVACY = dict.fromkeys(["id", "handover", "state", "at", "by"], "neither")

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="statuses")
    state = models.CharField(max_length=10)
    at = models.DateTimeField(default=clock.now)
    by = reference()

    objects = Rows()


class HandoverNote(Record):
    """What one side says with a handover; the other side reads it as far as the person agreed."""

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(["handover", "words"], "sensitive:team")

    id = TypedIdField("hon")
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="notes")
    words = SealedTextField()


class Discharge(Record):
    """An episode's end: why, what was agreed, and how the person comes back."""

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(["episode", "end_code", "words", "return_route"], "sensitive:team")

    id = TypedIdField("dis")
    episode = reference(unique=True)
    end_code = models.CharField(max_length=40)
    words = SealedTextField(blank=True)
    return_route = SealedTextField()
