"""Tasks: one open row for each open thing."""

from django.db import models
from django.db.models import Q

from alongside.access.models import Record, TypedIdField, reference


class Task(Record):
    """Something owed. `room` and `about` name the thing; the holder is a team or a practitioner."""

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(
        [
            "room",
            "about",
            "kind",
            "holder_team",
            "holder_practitioner",
            "due_at",
            "closed_at",
            "outcome",
        ],
        "neither",
    )

    id = TypedIdField("tas")
    room = models.CharField(max_length=24)
    about = reference()
    kind = models.CharField(max_length=40)
    holder_team = reference(blank=True, default="")
    holder_practitioner = reference(blank=True, default="")
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "about"], condition=Q(closed_at=None), name="one_open_task"),
            models.CheckConstraint(
                condition=(~Q(holder_team="") & Q(holder_practitioner=""))
                | (Q(holder_team="") & ~Q(holder_practitioner="")),
                name="task_has_one_holder",
            ),
        ]
        indexes = [
            models.Index(fields=["holder_practitioner", "due_at"], condition=Q(closed_at=None), name="owed_by_one"),
            models.Index(fields=["holder_team", "due_at"], condition=Q(closed_at=None), name="owed_by_team"),
            models.Index(fields=["registration"], condition=Q(closed_at=None), name="owed_about"),
        ]
