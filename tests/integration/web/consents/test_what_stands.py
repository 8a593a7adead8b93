"""What stands, said on every page that somebody may look for it: for staff and in the person's own sign-in."""

import re

import pytest

from alongside.access.rules import Effect, Handle
from alongside.consent import queries
from alongside.definitions import policy
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.web.own.test_asking_for_more import take_up
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
COUNTED = "Counted in the evaluation"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.ADDRESS, settings.DEMONSTRATION = "https://alongside.example", True


@pytest.fixture
def joint():
    made = factories.JointJourney()
    factories.safe_email(made.riverside, "jordan@mail.example")
    return made


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def person(joint, keyworker):
    return take_up(keyworker, joint.riverside)


@pytest.fixture
def both(joint, keyworker, person):
    """What staff and the person read at a glance."""
    return lambda: [keyworker.text(f"{at(joint)}glance/"), person.text("/own/sharing/glance/")]


def at(joint):
    return f"/people/{joint.riverside}/sharing/"


def theirs(joint):
    return Handle.service(joint.world.northside.id)


def agree(joint, *kinds, **said):
    choice = factories.choice(policy.categories_mask(*kinds), **({"recipient": theirs(joint)} | said))
    sharing.agree(registration=joint.riverside, choice=choice, by=joint.keyworker)


def close(joint, who, *kinds):
    mask = policy.categories_mask(*kinds) if kinds else policy.all_categories()
    choice = factories.choice(mask, recipient=who, effect=Effect.DENY)
    sharing.refuse(registration=joint.riverside, choice=choice, by=joint.keyworker)


def standing(joint):
    return queries.current(joint.riverside, access=joint.keyworker)


class TestTheEvaluationAtAGlance:
    def test_what_is_counted_stands_among_the_other_purposes(self, joint, both):
        assert not any(COUNTED in page for page in both())
        agree(joint, "mood_scores", "plan", purpose="evaluation")
        for page in both():
            stands = page.partition("For other purposes than")[2]
            assert f"{COUNTED} , Northside Talking Therapies: My mood and anxiety scores" in stands
            assert "Nothing is agreed." not in stands
            assert "You agreed to nothing" not in stands

    def test_a_no_to_it_is_not_something_agreed(self, joint, both):
        agree(joint, purpose="evaluation")
        assert not any(COUNTED in page for page in both())

    def test_what_a_no_keeps_closed_is_said_with_it(self, joint, both):
        agree(joint, "mood_scores", "plan", purpose="evaluation")
        close(joint, theirs(joint), "mood_scores")
        for page in both():
            stands = page.partition(COUNTED)[2]
            assert "Closed to them all the same: My mood and anxiety scores" in stands

    def test_the_person_changes_it_where_it_was_agreed_and_care_stays(self, joint, person):
        agree(joint, "mood_scores", purpose="evaluation")
        page = person.get("/own/sharing/glance/").content.decode().partition("For other purposes than my care")[2]
        assert f'href="/own/sharing/choose/?with={joint.world.northside.id}"' in page
        assert "/stop/" not in page
