"""Changes of medicine: one row for each, as somebody told it."""

from django.db import models

from alongside.access.models import Record, TypedIdField
from alongside.medication.rules import LONGEST, Source, What

_WHAT = [(one.value, one.value) for one in What]
_SOURCES = [(one.value, one.value) for one in Source]


class MedicineChange(Record):
    """A medicine was started, stopped, or its dose changed. `day` is what was told; `occurred_at` is an instant of it,
    for what the person opened from a day on."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "medicine": "sensitive:row",
        "what": "sensitive:row",
        "dose": "sensitive:row",
        "day": "sensitive:row",
        "source": "sensitive:row",
        "submission": "neither",
    }

    id = TypedIdField("mdc")
    medicine = models.CharField(max_length=LONGEST)
    what = models.CharField(max_length=16, choices=_WHAT)
    dose = models.CharField(max_length=LONGEST, blank=True, default="")
    day = models.DateField()
    source = models.CharField(max_length=16, choices=_SOURCES)
    submission = models.CharField(max_length=80, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "submission"], name="medicine_change_submitted_once"),
        ]
