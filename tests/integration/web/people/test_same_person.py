"""The page on which two records of one person are proposed, decided, confirmed and taken apart."""

import pytest

from alongside.people import queries as people
from tests import factories
from tests.integration.web.visiting import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def again(person):
    return factories.registered(person.world.northside)


@pytest.fixture
def therapist(person):
    return browser(person.world.northside, "therapist")


@pytest.fixture
def colleague(person):
    return browser(person.world.northside, "step2_practitioner")


def page(registration):
    return f"/people/{registration}/same/"


def test_from_the_proposal_to_two_people_again(person, again, therapist, colleague):
    here = page(person.northside)
    sent = therapist.send(here, other=again, reason="The same sister came along")
    assert sent.status_code == 302
    assert "Somebody else of your service has to decide" in therapist.text(here)
    assert "The same sister came along" in colleague.text(page(again))
    colleague.send(page(again), answer="yes")
    assert "has not confirmed it yet" in therapist.text(here)
    assert "Also recorded here as" in therapist.text(f"/people/{person.northside}/")
    assert "Also recorded here as" in colleague.text(f"/people/{again}/")
    therapist.send(here, answer="confirmed")
    assert "both records are theirs" in therapist.text(here)
    therapist.send(here, answer="apart", reason="Two sisters")
    assert people.merged(again, access=person.therapist) is None
    for reader, one in ((therapist, person.northside), (colleague, again)):
        assert "“The same sister came along”" in reader.text(page(one))
        assert "“Two sisters”" in reader.text(page(one))
    assert "Also recorded here as" not in therapist.text(f"/people/{person.northside}/")


def test_apart_only_with_a_reason(person, again, therapist, colleague):
    therapist.send(page(person.northside), other=again, reason="Came twice")
    colleague.send(page(again), answer="yes")
    assert "Write why" in therapist.send(page(person.northside), answer="apart").content.decode()
    assert people.merged(again, access=person.therapist)


def test_a_second_persons_no_stands_there_too(person, again, therapist, colleague):
    assert "What was thought before" not in therapist.text(page(person.northside))
    therapist.send(page(person.northside), other=again, reason="Came twice")
    colleague.send(page(again), answer="no")
    assert "“Came twice”" in therapist.text(page(person.northside))
    assert "A second person said no" in therapist.text(page(person.northside))


def test_where_nobody_is_alike_there_is_nothing_to_choose(person, therapist):
    assert "No other record of your service" in therapist.text(page(person.northside))


def test_the_other_service_reads_nothing_of_it(person, again, therapist, colleague):
    keyworker = browser(person.world.riverside, "keyworker")
    before = keyworker.text(f"/people/{person.riverside}/")
    therapist.send(page(person.northside), other=again, reason="Came twice")
    assert keyworker.text(f"/people/{person.riverside}/") == before
    assert keyworker.get(page(again)).status_code == 404
    assert "Came twice" not in keyworker.text(page(person.northside))  # which is about their own record
