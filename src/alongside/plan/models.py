"""Goals, actions and agreements: each in the record of the service whose it is. No row is shared."""

from django.db import models

from alongside.access.models import Record, TypedIdField, reference
from alongside.audit.rows import Rows
from alongside.kernel import clock
from alongside.plan.rules import ActionState, AgreedBy, GoalState


def _choices(words) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


def submission() -> models.CharField:
    """The form's random token: sent twice by one author, the second is a repeat. Null, so that none equals none."""
    return models.CharField(max_length=64, null=True)


class Goal(Record):
    """What matters to the person, in their own words."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "words": "sensitive:plan",
        "state": "sensitive:plan",
        "why": "sensitive:plan",
        "ended_at": "sensitive:plan",
        "version": "neither",
        "submission": "neither",
    }

    id = TypedIdField("goa")
    words = models.TextField()
    state = models.CharField(max_length=10, choices=_choices(GoalState), default=GoalState.ACTIVE)
    why = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    submission = submission()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "submission"], name="goal_sent_once")]


class Action(Record):
    """Something somebody will do by a day, in the record of its owner's service."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "goal": "neither",
        "text": "sensitive:plan",
        "owner": "sensitive:team",
        "due_on": "sensitive:plan",
        "state": "sensitive:plan",
        "why": "sensitive:plan",
        "ended_at": "sensitive:plan",
        "came_from": "neither",
        "came_from_registration": "neither",
        "given_by": "sensitive:team",
        "version": "neither",
        "submission": "neither",
    }

    id = TypedIdField("act")
    goal = reference(blank=True, db_index=True)  # perhaps in the other service's record: an id, decided by itself
    text = models.TextField()
    owner = reference()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=_choices(ActionState), default=ActionState.OPEN)
    why = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    came_from = reference(blank=True)  # the action it took the place of, when it was handed over
    came_from_registration = reference(blank=True, db_index=True)  # the other service's, where it came from there
    given_by = reference(blank=True)  # who gave it: it returns to them where its owner may no longer see the plan
    version = models.PositiveIntegerField(default=1)
    submission = submission()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "submission"], name="action_sent_once")]


class ItemStatus(models.Model):
    """One state a goal or an action entered. Replayed, they give its current state."""

    PRIVACY = dict.fromkeys(["id", "item", "state", "at", "by"], "neither")

    item = reference(db_index=True)
    state = models.CharField(max_length=12)
    at = models.DateTimeField(default=clock.now)
    by = reference(blank=True)

    objects = Rows()


class Agreement(Record):
    """The person, or a service, agreed the plan as the writer saw it then: `items` are the ids that stood in it."""

    PRIVACY = Record.RECORD_PRIVACY | {
        "agreed_by": "sensitive:plan",
        "items": "neither",
        "words": "sensitive:plan",
    }

    id = TypedIdField("agr")
    agreed_by = models.CharField(max_length=8, choices=_choices(AgreedBy))
    items = models.JSONField()
    words = models.TextField(blank=True)
