"""The ledger's tables. Rows are appended and never changed."""

from django.db import models

from alongside.audit.rows import Rows
from alongside.kernel import clock
from alongside.kernel.ids import MAX_LENGTH


def _reference(**kwargs) -> models.CharField:
    return models.CharField(max_length=MAX_LENGTH, **kwargs)


class Entry(models.Model):
    """Who did or saw something, in which role and why. The number is the ledger's own and is never shown."""

    PRIVACY = dict.fromkeys(
        [
            "id",
            "at",
            "actor",
            "role",
            "service",
            "purpose",
            "act",
            "subject",
            "detail",
            "digest",
        ],
        "neither",
    )

    at = models.DateTimeField(default=clock.now)
    actor = models.CharField(max_length=64)
    role = models.CharField(max_length=32)
    service = _reference(blank=True)
    purpose = models.CharField(max_length=24)
    act = models.CharField(max_length=64)  # `contacts.record`, or `shown` for a disclosure
    subject = models.CharField(max_length=64, blank=True)  # the id acted on, or the page shown
    detail = models.JSONField(default=dict)  # ids, states and counts; never words about a person
    digest = models.CharField(max_length=64)

    objects = Rows()

    class Meta:
        indexes = [models.Index(fields=["act", "at"], name="entry_by_act_and_time")]


class Mention(models.Model):
    """One registration named by an entry; `kinds` is the mask of what was shown of it."""

    PRIVACY = dict.fromkeys(["id", "entry", "registration", "kinds", "rows"], "neither")

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="mentions")
    registration = _reference(db_index=True)
    kinds = models.BigIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)

    objects = Rows()


class Seal(models.Model):
    """A batch of entries, chained to all before it."""

    PRIVACY = dict.fromkeys(["id", "last_entry", "chain", "at"], "neither")

    last_entry = models.BigIntegerField(unique=True)
    chain = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)
