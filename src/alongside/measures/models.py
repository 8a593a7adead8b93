"""Answers, what they are worth, and days of use. Rows are never edited: a correction is a new row."""

from django.db import models

from alongside.access.models import Record, TypedIdField, reference


class Handed(Record):
    """Something handed in once, in an episode and perhaps at a contact. `submission` stops the same form twice."""

    HANDED_PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(["episode", "contact", "submission"], "neither")

    episode = reference(blank=True)
    contact = reference(blank=True, db_index=True)
    submission = models.CharField(max_length=64, null=True)

    class Meta:
        abstract = True


class Response(Handed):
    """The answers somebody gave to one instrument, or only their total."""

    PRIVACY = Handed.HANDED_PRIVACY | {
        "instrument": "sensitive:row",
        "definition_version": "neither",
        "answers": "sensitive:row",
        "respondent": "neither",
        "entered_by": "neither",
    }

    id = TypedIdField("rsp")
    instrument = models.CharField(max_length=24)
    definition_version = models.CharField(max_length=16)
    answers = models.JSONField(null=True)  # in the order of the questions; null where only the total was given
    respondent = models.CharField(max_length=16, default="person")
    entered_by = models.CharField(max_length=8, default="staff")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "submission"], name="response_submitted_once")]


class Score(Record):
    """What a response is worth by its definition. Derived: `queries.rederive` computes it again and compares."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "response": "neither",
        "instrument": "sensitive:row",
        "value": "sensitive:row",
        "band": "sensitive:row",
        "flags": "sensitive:row",
        "definition_version": "neither",
    }

    id = TypedIdField("sco")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="scores")
    instrument = models.CharField(max_length=24)
    value = models.DecimalField(max_digits=8, decimal_places=2)
    band = models.CharField(max_length=24, blank=True)
    flags = models.JSONField(default=list)
    definition_version = models.CharField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["registration", "occurred_at"], name="scores_of")]


class UseRecord(Handed):
    """Days of drinking or using one substance in the 28 days before `occurred_at`."""

    PRIVACY = Handed.HANDED_PRIVACY | dict.fromkeys(
        ["substance", "named", "days_used_of_28", "amount", "unit"], "sensitive:use_pattern"
    )

    id = TypedIdField("use")
    substance = models.CharField(max_length=24)
    named = models.CharField(max_length=60, blank=True)
    days_used_of_28 = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True)  # on an average day of use
    unit = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "submission"], name="use_submitted_once"),
            models.CheckConstraint(condition=models.Q(days_used_of_28__lte=28), name="days_of_28"),
        ]
        indexes = [models.Index(fields=["registration", "occurred_at"], name="use_of")]
