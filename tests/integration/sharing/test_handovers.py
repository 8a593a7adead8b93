"""A lead that was offered comes back when its receiver may no longer read what was said, and at no other change."""

import pytest

from alongside.access.rules import Handle
from alongside.definitions import policy
from alongside.journey import queries as journeys
from alongside.sharing import actions, queries
from alongside.tasks import queries as tasks
from alongside.transitions import actions as transitions
from alongside.transitions import queries as handovers
from tests import factories
from tests.factories import SETTING_UP

pytestmark = pytest.mark.django_db
TEAM = policy.categories_mask("identity", "team")


@pytest.fixture
def offered():
    """Northside's therapist leads, and has offered the lead to Riverside's keyworker."""
    both = factories.choice().categories
    person = factories.JointJourney(categories=both, back=both)
    transitions.propose_handover(
        registration=person.northside, to=person.keyworker.actor, words="Therapy ends in May.", by=person.therapist
    )
    return person


def waiting(offered):
    owed = [one.about for one in tasks.owed(access=offered.keyworker) if one.room == "transitions"]
    asked = handovers.proposed([offered.northside], access=offered.therapist)
    assert [one.id for one in asked] == owed
    assert list(queries.nowhere(access=SETTING_UP)) == []
    joined = [offered.northside, offered.riverside]
    assert journeys.journey_for(joined, access=offered.therapist).lead == offered.therapist.actor
    return bool(owed)


def agree(offered, side, categories, **changes):
    """What one side agrees to share with the other from now on."""
    here = side == "northside"
    own, to = (offered.northside, "riverside") if here else (offered.riverside, "northside")
    said = factories.choice(categories, recipient=Handle.service(getattr(offered.world, to).id), **changes)
    actions.agree(registration=own, choice=said, by=offered.therapist if here else offered.keyworker)


# Which side shares what from now on, and whether the keyworker still reads what the therapist said.
@pytest.mark.parametrize(
    ("side", "categories", "stays"),
    [
        ("northside", factories.choice().categories, True),
        ("northside", TEAM, True),
        ("northside", policy.categories_mask("identity", "plan"), False),
        ("riverside", TEAM, True),
        ("riverside", policy.categories_mask("identity"), True),  # they lead without being seen by the sender
    ],
)
def test_a_change_of_sharing(offered, side, categories, stays):
    agree(offered, side, categories)
    assert waiting(offered) is stays


def test_agreeing_to_an_evaluation_brings_nothing_back(offered):
    agree(offered, "northside", TEAM, purpose="evaluation")
    assert waiting(offered)


def test_a_withdrawal_brings_it_back(offered):
    actions.stop(
        registration=offered.northside, recipient=Handle.service(offered.world.riverside.id), by=offered.therapist
    )
    assert not waiting(offered)


def test_unlinking_brings_it_back(offered):
    actions.unlink(registration=offered.northside, other=offered.riverside, why=factories.APART, by=offered.therapist)
    assert not [one for one in tasks.owed(access=offered.keyworker) if one.room == "transitions"]
    assert list(queries.nowhere(access=SETTING_UP)) == []
