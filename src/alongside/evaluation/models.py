"""What an evaluation gave away: each release, for whom, who approved it, and the digest of its figures."""

from django.db import models

from alongside.access.models import TypedIdField, reference
from alongside.evaluation.rules.audience import Audience
from alongside.kernel import clock


class Release(models.Model):
    """One report that somebody took away. Never edited: another one is another release."""

    PRIVACY = dict.fromkeys(
        [
            "id",
            "service",
            "by",
            "at",
            "audience",
            "approved_by",
            "decision",
            "arm",
            "received_from",
            "received_until",
            "persons",
            "digest",
        ],
        "neither",
    )

    id = TypedIdField("rel")
    service = reference()
    by = reference()
    at = models.DateTimeField(default=clock.now)
    audience = models.CharField(max_length=12, choices=[(audience.value, audience.value) for audience in Audience])
    approved_by = models.CharField(max_length=120, blank=True)
    decision = models.TextField(blank=True)
    arm = models.CharField(max_length=20, blank=True)
    received_from = models.DateField(null=True)
    received_until = models.DateField(null=True)
    persons = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of the measures as they were written
