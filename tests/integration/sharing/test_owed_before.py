"""A database from before tasks answered for copies: the upgrade says of each what would be said of it today."""

from importlib import import_module

import pytest
from django.apps import apps

from alongside.access.models import Source
from alongside.consultation import actions as consultation
from alongside.consultation.models import Consultation
from alongside.referral import actions as referrals
from alongside.referral.actions import Wording
from alongside.referral.rules import Use
from alongside.safety.rules import Why, Withheld
from alongside.tasks.models import Task
from tests.integration.sharing.test_owed_and_closed import Closed

pytestmark = pytest.mark.django_db
UPGRADES = [
    "tasks.migrations.0002_answering_for_copies",
    "safety.migrations.0009_withheld_copies",
    "consultation.migrations.0005_tasks_answer_for_the_other_side",
    "referral.migrations.0005_received_answers_to_the_sender",
]
BEFORE = ("drc_", "act_", "ans_", "clr_", "rep_")  # what had a source already


def standing():
    rows = Source.objects.order_by("record", "registration", "needs", "occurred_at")
    return list(rows.values_list("record", "registration", "needs", "occurred_at"))


def everything_owed():
    """One of each, open: what was told, its second look, an action, questions at either side, a referral."""
    closed = Closed()
    closed.disclose(withheld=Withheld(Why.SERIOUS_HARM, "He reads her telephone"))
    closed.give(closed.keyworker)
    closed.ask()
    answered, back = closed.ask(), closed.ask()
    consultation.accept(consultation=answered, version=1, by=closed.keyworker)
    consultation.answer(consultation=answered, recommendations=["Wait."], version=2, by=closed.keyworker)
    consultation.hand_back(consultation=back, version=1, by=closed.keyworker)
    wording = Wording("Low again", "To sleep", Use("alcohol", 20, 12, "units"))
    to = closed.world.riverside.id
    referrals.send(registration=closed.northside, to=to, wording=wording, by=closed.therapist)
    assert Consultation.objects.count() == 3


def test_it_is_as_it_would_be_written_today():
    everything_owed()
    # Of tasks that are over, nothing is said later: they are in no list.
    over = Task.objects.exclude(closed_at=None).values("pk")
    Source.objects.filter(record__in=over).delete()
    before = standing()
    for one in Source.objects.all():
        if not one.record.startswith(BEFORE):
            one.delete()
    assert len(standing()) < len(before) - 5
    for upgrade in UPGRADES:
        import_module(f"alongside.{upgrade}").fill(apps, None)
    assert standing() == before
