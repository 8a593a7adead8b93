"""Consents: signed, replaced, withdrawn; never edited."""

from django.db import models

from alongside.access.models import HANDLE_LENGTH, Record, TypedIdField, reference
from alongside.consent.rules import Given, Status
from alongside.kernel.periods import FOR_EVER


class Consent(Record):
    """What the person agreed to share with one recipient for one purpose."""

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(
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
            "because",
        ],
        "sensitive:choices",
    )

    id = TypedIdField("cns")
    recipient = models.CharField(max_length=HANDLE_LENGTH)
    categories = models.BigIntegerField()
    purpose = models.CharField(max_length=24)
    given = models.CharField(max_length=12, choices=[(given.value, given.value) for given in Given])
    witness = models.CharField(max_length=120, blank=True)
    told_no_is_fine = models.BooleanField()
    because = reference(blank=True)  # the referral that carried it, where one did
    status = models.CharField(max_length=10, choices=[(status.value, status.value) for status in Status])
    expires_at = models.DateTimeField(default=FOR_EVER)
    ended_at = models.DateTimeField(default=FOR_EVER)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["registration", "status"], name="consent_of")]
