"""Events: one row for each thing that happened in somebody's life, as somebody told it."""

from django.db import models
from django.db.models import F, Q

from alongside.access.models import Record, TypedIdField
from alongside.lives.rules import LONGEST, Certainty, Source

_SOURCES = [(one.value, one.value) for one in Source]
_CERTAINTIES = [(one.value, one.value) for one in Certainty]


class Event(Record):
    """Something that happened. `starts_on` and `ends_on` are what was told; `occurred_at` is an instant of the first
    day, for what the person opened from a day on."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "kind": "sensitive:row",
        "starts_on": "sensitive:row",
        "ends_on": "sensitive:row",
        "source": "sensitive:row",
        "certainty": "sensitive:row",
        "words": "sensitive:row",
        "submission": "neither",
    }

    id = TypedIdField("evt")
    kind = models.CharField(max_length=24)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    source = models.CharField(max_length=16, choices=_SOURCES)
    certainty = models.CharField(max_length=16, choices=_CERTAINTIES)
    words = models.CharField(max_length=LONGEST, blank=True, default="")
    submission = models.CharField(max_length=80, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "submission"], name="event_submitted_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="event_ends_after_it_began"
            ),
        ]
