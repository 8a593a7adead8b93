"""What is owed about an episode and a handover falls due as the agreement says, in the owing service's open time."""

from datetime import UTC, datetime

import pytest

from alongside.definitions import agreements
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.tasks import queries as tasks
from alongside.transitions import actions as transitions
from tests import factories

pytestmark = pytest.mark.django_db

THURSDAY = datetime(2026, 6, 11, 20, tzinfo=UTC)  # in the evening: that day no longer counts, nor does the weekend


def due(kind, access):
    return next(one.due_at for one in tasks.owed(access=access) if one.kind == kind)


def test_somebody_taken_on_has_a_practitioner_within_five_working_days():
    world = factories.partnership()
    with clock.at(THURSDAY):
        therapist = world.northside.sign_in("therapist")
        journey.open_episode(
            registration=factories.registered(world.northside),
            team=world.northside.team,
            received_on=clock.today(),
            by=therapist,
        )
        assert due("allocate", therapist) == datetime(2026, 6, 18, 16, tzinfo=UTC)


def test_whoever_is_asked_to_lead_answers_within_three_working_days():
    with clock.at(THURSDAY):
        joint = factories.JointJourney()
        said = {"registration": joint.northside, "to": joint.keyworker.actor, "words": "Therapy ends in May."}
        transitions.propose_handover(**said, by=joint.therapist)
        assert due("answer_handover", joint.keyworker) == datetime(2026, 6, 16, 16, tzinfo=UTC)


def test_both_times_are_those_of_the_agreement():
    agreed = agreements.agreement("northside_riverside")
    assert (agreed.allocation.within.working_days, agreed.allocation.holder) == (5, "intake_team")
    assert (agreed.handover.within.working_days, agreed.handover.holder) == (3, "practitioner")
    assert not agreed.allocation.verified
    assert not agreed.handover.verified
