"""Two joined records, on the page of either side, and taken apart."""

import pytest

from alongside.audit import queries as ledger
from alongside.people import queries as people
from tests import factories
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def there(joint):
    [one] = people.joined_to(joint.riverside, access=joint.keyworker)
    return f"/people/{joint.riverside}/sharing/apart/{one.link}/"


def test_both_sides_read_that_they_are_joined(joint, keyworker):
    assert "Joined with another record" in keyworker.text(f"/people/{joint.riverside}/sharing/")
    therapist = browser(joint.world.northside, "therapist")
    assert "Joined with another record" in therapist.text(f"/people/{joint.northside}/sharing/")


def test_somebody_who_is_not_joined_has_no_such_part(keyworker, joint):
    alone = factories.Referred(joint.world)
    assert "Joined with another record" not in keyworker.text(f"/people/{alone.riverside}/sharing/")


def test_nothing_happens_before_it_is_confirmed(joint, keyworker, there):
    page = keyworker.text(there)
    assert "Take our record and Northside Talking Therapies’s apart" in page
    assert people.joined_to(joint.riverside, access=joint.keyworker)


def test_taken_apart_neither_leads_to_the_other_and_the_ledger_says_who(joint, keyworker, there):
    therapist = browser(joint.world.northside, "therapist")
    assert therapist.get(f"/people/{joint.riverside}/", follow=True).status_code == 200
    page = words(keyworker.send(there, follow=True))
    assert "Neither service is led to the other’s record any more." in page
    assert people.joined_to(joint.riverside, access=joint.keyworker) == []
    assert therapist.get(f"/people/{joint.riverside}/").status_code == 404
    assert ("people.unlink", joint.keyworker.actor) in {
        (one.act, one.actor) for one in ledger.about(joint.northside, limit=10)
    }


def test_it_is_done_once(joint, keyworker, there):
    keyworker.send(there)
    assert keyworker.send(there).status_code == 404


def test_a_link_of_somebody_else_reads_as_a_made_up_one(joint, keyworker, there):
    other = factories.JointJourney(joint.world)
    [theirs] = people.joined_to(other.riverside, access=other.keyworker)
    at = f"/people/{joint.riverside}/sharing/apart/"
    assert keyworker.text(f"{at}{theirs.link}/") == keyworker.text(f"{at}lnk_nobody/")
