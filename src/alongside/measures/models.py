"""Answers, what they are worth, and days of use. Rows are never edited: a correction is a new row."""

from django.db import models

from alongside.access.models import Record, TypedIdField, reference
from alongside.audit.rows import Rows
from alongside.kernel import clock
from alongside.measures.rules import OF_DAYS, Context, Helper, Mode, Noticed


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
        "substance": "sensitive:row",
        "respondent": "neither",
        "entered_by": "neither",
        "mode": "neither",
        "language": "personal",
        "helper": "neither",
    }

    id = TypedIdField("rsp")
    instrument = models.CharField(max_length=24)
    definition_version = models.CharField(max_length=16)
    answers = models.JSONField(null=True)  # in the order of the questions; null where only the total was given
    substance = models.CharField(max_length=24, blank=True, default="")  # where it is asked of one at a time
    respondent = models.CharField(max_length=16, default="person")
    entered_by = models.CharField(max_length=8, default="staff")
    mode = models.CharField(max_length=8, default="in_room")
    language = models.CharField(max_length=12, blank=True, default="")
    helper = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "submission"], name="response_submitted_once")]

    @property
    def context(self) -> Context:
        """How the questions were answered; what was noticed of drinking or using is another record (`Condition`)."""
        return Context(self.language, Helper(self.helper), Mode(self.mode))


class Condition(Record):
    """How somebody was when they answered, where that tells of drinking or using: a record of its own, because whoever
    may see a mood score may not see that."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "response": "neither",
        "intoxicated": "sensitive:use_pattern",
        "in_withdrawal": "sensitive:use_pattern",
        "weeks_since_use": "sensitive:use_pattern",
    }

    id = TypedIdField("cnd")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="conditions")
    intoxicated = models.BooleanField(null=True)
    in_withdrawal = models.BooleanField(null=True)
    weeks_since_use = models.PositiveSmallIntegerField(null=True)

    @property
    def noticed(self) -> Noticed:
        return Noticed(self.intoxicated, self.in_withdrawal, self.weeks_since_use)


class Score(Record):
    """What a response is worth by its definition. Derived: `queries.rederive` computes it again and compares."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "response": "neither",
        "instrument": "sensitive:row",
        "substance": "sensitive:row",
        "value": "sensitive:row",
        "out_of": "sensitive:row",
        "parts": "sensitive:row",
        "band": "sensitive:row",
        "flags": "sensitive:row",
        "definition_version": "neither",
    }

    id = TypedIdField("sco")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="scores")
    instrument = models.CharField(max_length=24)
    substance = models.CharField(max_length=24, blank=True, default="")
    value = models.DecimalField(max_digits=12, decimal_places=6, null=True)  # null where there is no total
    out_of = models.PositiveSmallIntegerField(null=True)  # the greatest total, where what does not apply lowers it
    parts = models.JSONField(default=dict)  # by key, exact as text; null where a gap leaves one open
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
            models.CheckConstraint(condition=models.Q(days_used_of_28__lte=OF_DAYS), name="days_of_28"),
        ]
        indexes = [models.Index(fields=["registration", "occurred_at"], name="use_of")]


class UseCalendar(Handed):
    """28 days of one substance, day by day, that end with `last_day`: what its use record is worked out from."""

    PRIVACY = Handed.HANDED_PRIVACY | dict.fromkeys(["substance", "unit", "amounts"], "sensitive:use_pattern")
    PRIVACY |= dict.fromkeys(["use", "last_day"], "neither")

    id = TypedIdField("cal")
    use = models.ForeignKey(UseRecord, on_delete=models.PROTECT, related_name="calendars")
    substance = models.CharField(max_length=24)
    last_day = models.DateField()
    amounts = models.JSONField()  # the oldest day first, exact as text
    unit = models.CharField(max_length=16)


class Ask(Record):
    """Somebody was asked to answer by themselves. `answered_at` is when they sent it; drafts are gone by then."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "instruments": "sensitive:row",
        "language": "personal",
        "episode": "neither",
        "channel": "neither",
        "state": "neither",
        "tries": "neither",
        "expires_at": "neither",
        "closed_at": "neither",
        "submission": "neither",
    }

    id = TypedIdField("ask")
    instruments = models.JSONField()  # keys, in the order in which they are asked
    language = models.CharField(max_length=16, default="en")  # of the words, as they were when it was asked
    episode = reference(blank=True)
    channel = models.CharField(max_length=8)
    state = models.CharField(max_length=10)  # open, answered or withdrawn; the rest follows from what is here
    tries = models.PositiveSmallIntegerField(default=0)  # wrong dates of birth since the last right one
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    submission = models.CharField(max_length=64, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "submission"], name="ask_submitted_once")]
        indexes = [models.Index(fields=["registration"], condition=models.Q(state="open"), name="open_asks")]


class AskLink(models.Model):
    """One link to an ask, as a digest: each message that carries one has its own, and the link itself is not kept."""

    PRIVACY = dict.fromkeys(["id", "ask", "digest", "made_at"], "neither")

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = Rows()


class Draft(models.Model):
    """One answer that was given and not sent yet: nobody's to read but the person's, and gone with its ask."""

    PRIVACY = {"id": "neither", "ask": "neither", "place": "neither", "answer": "sensitive:row"}

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="drafts")
    place = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=16)

    objects = Rows()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "place"], name="one_draft_a_question")]
