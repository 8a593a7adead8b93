"""Messages, every state they were in, and what a demonstration would have sent."""

from django.db import models
from django.db.models import Q

from alongside.access.models import Record, TypedIdField, reference
from alongside.audit.rows import Rows
from alongside.kernel import clock
from alongside.post.rules import State


class Message(Record):
    """Something to be sent to the person of a registration. Ids only: neither its words nor its address are kept."""

    PRIVACY = Record.RECORD_PRIVACY | dict.fromkeys(
        ["kind", "channel", "about", "beside", "state", "attempts", "next_attempt_at", "sent_at", "fault"], "neither"
    )

    id = TypedIdField("msg")
    kind = models.CharField(max_length=24)
    channel = models.CharField(max_length=8)
    about = reference(db_index=True)  # what it is about, to be decided again when it leaves
    beside = reference(blank=True, default="")  # a contact that it reminds of
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in State])
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "about", "beside"], name="message_sent_once")]
        indexes = [models.Index(fields=["next_attempt_at"], condition=Q(state=State.QUEUED), name="messages_waiting")]


class MessageStatus(models.Model):
    """One change of a message's state: which, when and by whom."""

    PRIVACY = dict.fromkeys(["id", "message", "state", "at", "by", "fault"], "neither")

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="statuses")
    state = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)
    by = reference(blank=True, default="")
    fault = models.CharField(max_length=16, blank=True, default="")

    objects = Rows()


class Postcard(models.Model):
    """What a demonstration shows on `/mailbox/` instead of sending it. Never written anywhere else."""

    PRIVACY = {"id": "neither", "message": "neither", "at": "neither"} | dict.fromkeys(
        ["address", "subject", "text"], "personal"
    )

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="postcards")
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    at = models.DateTimeField(default=clock.now)

    objects = Rows()
