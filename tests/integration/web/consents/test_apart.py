"""Two joined records, on the page of either side, and taken apart."""

from datetime import timedelta

import pytest

from alongside.audit import queries as ledger
from alongside.consent import queries as consents
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed
from alongside.people import queries as people
from alongside.sharing import queries
from tests import factories
from tests.integration.web.visiting import browser, words

DAY = timedelta(days=1)
WHY = {"asked_by": "person", "reason": "They want two teams again"}
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
    page = words(keyworker.send(there, follow=True, **WHY))
    assert "Neither service is led to the other’s record any more." in page
    assert people.joined_to(joint.riverside, access=joint.keyworker) == []
    assert therapist.get(f"/people/{joint.riverside}/").status_code == 404
    assert ("people.unlink", joint.keyworker.actor) in {
        (one.act, one.actor) for one in ledger.about(joint.northside, limit=10)
    }


def test_it_is_done_once(joint, keyworker, there):
    keyworker.send(there, **WHY)
    assert keyworker.send(there, **WHY).status_code == 404


def test_a_link_of_somebody_else_reads_as_a_made_up_one(joint, keyworker, there):
    other = factories.JointJourney(joint.world)
    [theirs] = people.joined_to(other.riverside, access=other.keyworker)
    at = f"/people/{joint.riverside}/sharing/apart/"
    assert keyworker.text(f"{at}{theirs.link}/") == keyworker.text(f"{at}lnk_nobody/")


def test_it_asks_why_and_who_said_so(joint, keyworker, there):
    page = words(keyworker.send(there))
    assert "Answer “Who asked for it?”" in page
    assert "Enter what they said, or what shows that it was a mistake" in page
    assert people.joined_to(joint.riverside, access=joint.keyworker)


def test_what_the_joint_journey_shared_is_taken_back_on_both_sides(joint, keyworker, there):
    therapist = browser(joint.world.northside, "therapist")
    keyworker.send(there, **WHY)
    assert consents.current(joint.riverside, access=joint.keyworker) == []
    assert consents.current(joint.northside, access=joint.therapist) == []
    assert WHY["reason"] not in therapist.text(f"/people/{joint.northside}/sharing/")


def test_the_privacy_lead_of_each_service_reads_it_and_why_is_told_to_neither(joint, keyworker, there):
    leads = [browser(one, "privacy_lead") for one in (joint.world.riverside, joint.world.northside)]
    for page in (one.text("/") for one in leads):
        assert "Jordan Reed : Joined with another service’s record" in page
        assert "Taken apart" not in page
    keyworker.send(there, **WHY)
    ours, theirs = (one.text("/") for one in leads)
    assert "Jordan Reed : Taken apart from another service’s record" in ours
    assert "Jordan Reed : Taken apart from another service’s record" in theirs
    assert joint.keyworker.name in ours
    assert joint.keyworker.name not in theirs
    assert joint.world.riverside.name in theirs
    assert not [one for one in (ours, theirs) if WHY["reason"] in one]


def test_nobody_else_reads_what_was_joined(joint):
    stranger = factories.partnership().northside
    assert "Joined with another" not in browser(stranger, "privacy_lead").text("/")
    with pytest.raises(NotAllowed):
        queries.overseen(since=clock.now() - DAY, access=joint.therapist)
