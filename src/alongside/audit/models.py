"""The ledger's tables. Rows are appended and never changed; an entry is given its position once, after it committed."""

from django.db import models

from alongside.audit.rows import Rows
from alongside.kernel import clock
from alongside.kernel.ids import MAX_LENGTH


def _reference(**kwargs) -> models.CharField:
    return models.CharField(max_length=MAX_LENGTH, **kwargs)


class Pseudonym(models.Model):
    """The keyed hash by which the ledger knows a registration. Without this row its entries lead to nobody."""

    PRIVACY = dict.fromkeys(["registration", "secret", "pseudonym"], "neither")

    registration = _reference(primary_key=True)
    secret = models.CharField(max_length=2 * MAX_LENGTH)
    pseudonym = models.CharField(max_length=32, unique=True)

    objects = Rows()


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
            "about",
            "digest",
            "position",
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
    about = models.JSONField(default=list)  # [pseudonym, kinds, rows, hashes of records] of each registration
    digest = models.CharField(max_length=64)  # the leaf hash
    position = models.BigIntegerField(null=True, unique=True)  # in the tree, from 0; none while it waits for one

    objects = Rows()

    class Meta:
        indexes = [
            models.Index(fields=["act", "at"], name="entry_by_act_and_time"),
            models.Index(fields=["id"], condition=models.Q(position__isnull=True), name="entry_without_position"),
        ]


class Mention(models.Model):
    """By which registration an entry is found: made from its `about` when it is given its position.

    `kinds` is the mask of what was shown. A page writes one row and no more, however many people it lists.
    """

    PRIVACY = dict.fromkeys(["id", "entry", "pseudonym", "kinds"], "neither")

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="mentions")
    pseudonym = models.CharField(max_length=32, db_index=True)
    kinds = models.BigIntegerField(default=0)

    objects = Rows()


class Checkpoint(models.Model):
    """The ledger up to a size, signed. `peaks` let the next one begin where this one ended."""

    PRIVACY = dict.fromkeys(["size", "peaks", "note"], "neither")

    size = models.BigIntegerField(primary_key=True)
    peaks = models.JSONField()
    note = models.TextField()  # the words and the ledger's signature


class Countersignature(models.Model):
    """A line by which a witness, who kept what came before, vouches for a checkpoint."""

    PRIVACY = dict.fromkeys(["id", "checkpoint", "at", "witness", "line"], "neither")

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="countersignatures")
    at = models.DateTimeField()
    witness = models.CharField(max_length=100)
    line = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["checkpoint", "witness"], name="one_line_a_witness")]
