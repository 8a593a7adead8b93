"""Screenings: one row each time somebody was asked about a topic, and every step that followed."""

from django.db import models
from django.db.models import Q

from alongside.access.models import Record, TypedIdField, reference
from alongside.audit.rows import Rows
from alongside.kernel import clock
from alongside.screening.rules import LONGEST, OPEN, State

_STATES = [(state.value, state.value) for state in State]
_IS_OPEN = Q(state__in=sorted(state.value for state in OPEN))


class Screening(Record):
    """Somebody was asked about one topic. `response` are the answers that what was found rests on, in the same
    registration; empty where the practitioner says it."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "topic": "sensitive:row",
        "state": "sensitive:row",
        "response": "neither",
        "submission": "neither",
    }

    id = TypedIdField("scr")
    topic = models.CharField(max_length=24)
    state = models.CharField(max_length=16, choices=_STATES)
    response = reference(blank=True, default="")
    submission = models.CharField(max_length=80, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "submission"], name="screening_submitted_once"),
            models.UniqueConstraint(
                fields=["registration", "topic"], condition=_IS_OPEN & Q(superseded_by=""), name="one_open_a_topic"
            ),
        ]
        indexes = [
            models.Index(fields=["service", "occurred_at"], name="screenings_of_a_service"),
        ]


class ScreeningStatus(models.Model):
    """One step: which state, when, by whom, what was said, and the referral or question that started, where one did."""

    PRIVACY = dict.fromkeys(["id", "screening", "at", "by", "thing", "submission"], "neither") | dict.fromkeys(
        ["state", "words"], "sensitive:row"
    )

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="statuses")
    state = models.CharField(max_length=16, choices=_STATES)
    at = models.DateTimeField(default=clock.now)
    by = reference(blank=True, default="")
    words = models.CharField(max_length=LONGEST, blank=True, default="")
    thing = reference(blank=True, default="")
    submission = models.CharField(max_length=80, blank=True, default="")

    objects = Rows()
