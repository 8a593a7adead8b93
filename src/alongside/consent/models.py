"""Consents: signed, replaced, withdrawn; never edited."""

from enum import StrEnum

from django.db import models

from alongside.access.models import HANDLE_LENGTH, Record, TypedIdField, reference
from alongside.access.rules import Effect
from alongside.access.sealed import SealedTextField
from alongside.consent.rules import Ends, Given, Signer, Status
from alongside.kernel.periods import BEGINNING, FOR_EVER


def _all(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in words]


class Consent(Record):
    """What the person agreed to share with one recipient for one purpose."""

    PRIVACY = (
        Record.RECORD_PRIVACY
        | {"submission": "neither"}
        | dict.fromkeys(
            [
                "recipient",
                "categories",
                "purpose",
                "given",
                "witness",
                "told_no_is_fine",
                "status",
                "expires_at",
                "ended_at",
                "ended_because",
                "ended_given",
                "ended_witness",
                "ended_by",
                "because",
                "effect",
                "data_from",
                "data_until",
                "hard",
                "exceptions",
                "sooner",
                "onward",
                "ends",
                "told_take_back",
                "told_passed_on",
                "told_refusing",
                "signer",
                "signed_by",
                "authority",
                "competent",
                "required_by",
                "reported",
                "through",
            ],
            "sensitive:choices",
        )
    )

    id = TypedIdField("cns")
    recipient = models.CharField(max_length=HANDLE_LENGTH)
    categories = models.BigIntegerField()
    purpose = models.CharField(max_length=24)
    given = models.CharField(max_length=12, choices=_all(Given))
    witness = models.CharField(max_length=120, blank=True)
    told_no_is_fine = models.BooleanField()
    because = reference(blank=True)  # the referral that carried it, where one did
    status = models.CharField(max_length=10, choices=_all(Status))
    expires_at = models.DateTimeField(default=FOR_EVER)
    ended_at = models.DateTimeField(default=FOR_EVER)
    ended_because = models.CharField(max_length=200, blank=True)
    ended_given = models.CharField(max_length=12, choices=_all(Given), blank=True, default="")  # of what was taken back
    ended_witness = models.CharField(max_length=120, blank=True, default="")
    ended_by = reference(blank=True, default="")  # who wrote down that it ended
    effect = models.CharField(max_length=6, choices=_all(Effect), default=Effect.PERMIT)
    data_from = models.DateTimeField(default=BEGINNING)
    data_until = models.DateTimeField(default=FOR_EVER)
    hard = models.BooleanField(default=False)
    exceptions = models.JSONField(default=list)  # of what each is about: categories, recipient, from, until
    sooner = models.JSONField(default=list)  # what ends before all of it does: categories, until
    onward = models.BooleanField(default=False)
    ends = models.CharField(max_length=16, choices=_all(Ends), blank=True, default=Ends.UNSAID)
    told_take_back = models.BooleanField(default=False)
    told_passed_on = models.BooleanField(default=False)
    told_refusing = models.BooleanField(default=False)
    signer = models.CharField(max_length=14, choices=_all(Signer), default=Signer.PERSON)
    signed_by = models.CharField(max_length=120, blank=True, default="")
    authority = models.CharField(max_length=200, blank=True, default="")
    competent = models.CharField(max_length=200, blank=True, default="")
    required_by = models.CharField(max_length=120, blank=True, default="")
    reported = models.CharField(max_length=300, blank=True, default="")
    through = models.CharField(max_length=120, blank=True, default="")  # the intermediary that passes it on
    submission = models.CharField(max_length=80, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "submission"], name="consent_submitted_once")]
        indexes = [
            models.Index(fields=["registration", "status"], name="consent_of"),
            # What changed lately in a service, which was read from all that was ever agreed there.
            models.Index(fields=["service", "occurred_at"], name="agreed_in"),
            models.Index(fields=["service", "ended_at"], name="ended_in"),
        ]


class MoreAsked(Record):
    """A service asked the person to let it see more than it sees: of whom, nobody but the person is told. A record of
    the service that asks, made alike whether there is more or not.

    `put_away_at` is the person's own and on no page but theirs: whoever asked reads no and silence alike.
    """

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(
        ["kinds", "why", "until_at", "stands_until", "put_away_at"], "sensitive:choices"
    )

    id = TypedIdField("mor")
    kinds = models.BigIntegerField()
    why = SealedTextField()
    until_at = models.DateTimeField()  # until when at most they ask to see it
    stands_until = models.DateTimeField()
    put_away_at = models.DateTimeField(null=True)
