"""Risk prompts: one row for each open question, the answers that belong to it, and every change of its state."""

from django.db import models
from django.db.models import Q

from alongside.access.models import Record, TypedIdField, reference
from alongside.audit.rows import Rows
from alongside.kernel import clock
from alongside.safety.rules import LONGEST_NAME, State


class RiskPrompt(Record):
    """Answers that somebody has to talk about."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "instrument": "sensitive:row",
        "flag": "sensitive:row",
        "state": "neither",
        "remote": "neither",
    }

    id = TypedIdField("rpt")
    instrument = models.CharField(max_length=24)
    flag = models.CharField(max_length=24)
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in State])
    remote = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["registration"], condition=Q(state=State.OPEN), name="open_risk_prompts")]


class RiskAnswer(models.Model):
    """One response that belongs to a prompt: the answers that raised it, by the key of their question. Empty where only
    a paper total was entered, which does not say them. `superseded_by` is the response that took the place of its own,
    or the correction that says that it was about somebody else."""

    PRIVACY = dict.fromkeys(["id", "prompt", "response", "contact", "at", "superseded_by"], "neither")
    PRIVACY |= {"answers": "sensitive:safety"}

    prompt = models.ForeignKey(RiskPrompt, on_delete=models.PROTECT, related_name="answers")
    response = reference(db_index=True)
    contact = reference(blank=True, default="")
    answers = models.JSONField(default=dict)
    at = models.DateTimeField()
    superseded_by = reference(blank=True, default="")

    objects = Rows()


class RiskPromptStatus(models.Model):
    """One change of a prompt's state: which, when, by whom, and what came of the talk."""

    PRIVACY = dict.fromkeys(["id", "prompt", "state", "at", "by"], "neither") | dict.fromkeys(
        ["outcome", "escalated_to"], "sensitive:safety"
    )

    prompt = models.ForeignKey(RiskPrompt, on_delete=models.PROTECT, related_name="statuses")
    state = models.CharField(max_length=8)
    at = models.DateTimeField(default=clock.now)
    by = reference(blank=True, default="")
    outcome = models.CharField(max_length=20, blank=True, default="")
    escalated_to = models.CharField(max_length=LONGEST_NAME, blank=True, default="")

    objects = Rows()
