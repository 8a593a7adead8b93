"""Referrals: a spine, a row on each side, and the decision."""

from django.db import models

from alongside.access.models import Record, TypedIdField, reference
from alongside.access.sealed import SealedTextField
from alongside.audit.rows import Rows
from alongside.kernel import clock
from alongside.referral.rules import State, Urgency


class Referral(models.Model):
    """The spine: who sent what to whom, and where it stands. Nothing here is shown by itself."""

    PRIVACY = dict.fromkeys(
        [
            "id",
            "sender_service",
            "sent_by",
            "receiver_service",
            "receiver_team",
            "door",
            "urgency",
            "state",
            "arm",
            "share_back",
            "given",
            "witness",
            "told_no_is_fine",
            "sent_at",
            "due_at",
            "decided_at",
            "submission",
        ],
        "neither",
    )

    id = TypedIdField("ref")
    sender_service = reference(blank=True)  # empty for a self-referral
    sent_by = reference(blank=True)
    receiver_service = reference()
    receiver_team = reference()
    door = models.CharField(max_length=24)
    urgency = models.CharField(max_length=10, choices=[(urgency.value, urgency.value) for urgency in Urgency])
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in State])
    # What the person's own act carries, to take effect when the referral is accepted.
    arm = models.CharField(max_length=20, blank=True)  # the arm of a joint journey; empty for one service only
    share_back = models.BigIntegerField(default=0)  # what the receiver may share with the sender
    given = models.CharField(max_length=12, blank=True)
    witness = models.CharField(max_length=120, blank=True)
    told_no_is_fine = models.BooleanField(default=False)
    sent_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    submission = models.CharField(max_length=64, null=True, unique=True)  # null: none was given

    class Meta:
        indexes = [models.Index(fields=["receiver_service", "state", "due_at"], name="referral_to_triage")]


class ReferralStatus(models.Model):
    """One change of state: which, when, by whom."""

    PRIVACY = dict.fromkeys(["id", "referral", "state", "at", "by"], "neither")

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="statuses")
    state = models.CharField(max_length=10)
    at = models.DateTimeField(default=clock.now)
    by = reference(blank=True)

    objects = Rows()


class SentReferral(Record):
    """A referral as its sender knows it."""

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(["referral", "reason", "wants"], "sensitive:referral")

    id = TypedIdField("sre")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="sent")
    reason = SealedTextField()
    wants = SealedTextField()

    class Meta:
        indexes = [models.Index(fields=["service", "-occurred_at"], name="referral_sent")]


class ReceivedReferral(Record):
    """A referral as its receiver knows it: what the sender wrote."""

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(
        ["referral", "sender_name", "reason", "wants"], "sensitive:referral"
    )

    id = TypedIdField("rre")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="received")
    sender_name = models.CharField(max_length=200, blank=True)
    reason = SealedTextField()
    wants = SealedTextField()


class ReportedUse(Record):
    """What the person says they drink or use, as their referral brought it: for those who may see that kind.

    There is none where nothing was said.
    """

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(
        ["referral", "substance", "days_of_28", "amount", "unit"], "sensitive:use_pattern"
    )

    id = TypedIdField("rus")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="reported_use")
    substance = models.CharField(max_length=24, blank=True)
    days_of_28 = models.PositiveSmallIntegerField(null=True)
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    unit = models.CharField(max_length=12, blank=True)


class Decision(Record):
    """Why a referral was declined, what was offered instead, who decided and when it is looked at again.

    Whether the recorded drinking was below the threshold is not kept here, because it tells about the drinking: it is
    worked out from `ReportedUse` for those who may see that.
    """

    PRIVACY = (
        Record.RECORD_PRIVACY
        | dict.fromkeys(["referral", "reason", "words", "offered", "threshold", "review_on"], "sensitive:referral")
        | {"local_threshold": "neither"}
    )

    id = TypedIdField("dec")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="decision")
    reason = models.CharField(max_length=32)
    words = SealedTextField()
    offered = SealedTextField()
    threshold = models.CharField(max_length=200, blank=True)
    local_threshold = models.DecimalField(max_digits=8, decimal_places=2)  # units a drinking day, in force that day
    review_on = models.DateField()
