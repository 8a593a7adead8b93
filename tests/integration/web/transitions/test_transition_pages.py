"""Discharge and handing over the lead, on the page."""

import re
from datetime import date, timedelta

import pytest

from alongside.contacts import actions as contacts
from alongside.contacts import queries as contact_queries
from alongside.contacts.rules import Meeting, State
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.plan import actions as plan
from alongside.tasks import queries as tasks
from alongside.transitions import actions, queries
from tests import factories
from tests.integration.web.visiting import browser, civil, cost

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def therapist(joint):
    return browser(joint.world.northside, "therapist")


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


def discharging(joint, **changes):
    usual = {
        "end_code": "completed_alcohol_free",
        "words": "We finished what we set out to do.",
        "return_route": "Ring us on any weekday.",
        **civil("ended_on", clock.today()),
    }
    return usual | changes


def test_a_discharge_keeps_the_way_back(joint, keyworker):
    at = f"/people/{joint.riverside}/discharge/"
    assert keyworker.send(at, **discharging(joint)).status_code == 302
    [left] = queries.discharges([joint.riverside], access=joint.keyworker)
    assert left.return_route == "Ring us on any weekday."


class TestWhatADischargeWouldLeaveBehind:
    def planned(self, joint):
        stay = journeys.open_episode(joint.riverside, access=joint.keyworker)
        return contacts.plan_contact(
            registration=joint.riverside,
            episode=stay.id,
            meeting=Meeting("treatment", clock.now() + timedelta(days=7), "video", 50),
            by=joint.keyworker,
        )

    def state(self, joint, contact):
        return contact_queries.contact(contact, access=joint.keyworker).state

    def owed(self, joint):
        return [one.about for one in tasks.owed(access=joint.keyworker)]

    def test_what_is_planned_is_listed_ticked_and_cancelled_with_it(self, joint, keyworker):
        at, contact = f"/people/{joint.riverside}/discharge/", self.planned(joint)
        page = keyworker.get(at).content.decode()
        assert re.search(rf'value="{contact}"[^>]* checked', page)
        assert "Treatment, video" in page
        assert keyworker.send(at, **discharging(joint, cancel=[contact])).status_code == 302
        assert self.state(joint, contact) is State.FOLLOWED_UP
        assert contact not in self.owed(joint)
        last = contact_queries.history(contact, access=joint.keyworker)[-1]
        assert last.outcome == "treatment_ended"

    def test_what_is_not_ticked_stays_owed_and_can_be_cancelled_later(self, joint, keyworker):
        contact = self.planned(joint)
        keyworker.send(f"/people/{joint.riverside}/discharge/", **discharging(joint))
        assert self.state(joint, contact) is State.PLANNED
        assert contact in self.owed(joint)
        answer = keyworker.send(f"/contacts/{contact}/cancel/", attendance="cancelled_by_person")
        assert answer.status_code == 302
        assert contact not in self.owed(joint)

    def test_a_refused_discharge_cancels_nothing(self, joint, keyworker):
        contact = self.planned(joint)
        page = keyworker.send(
            f"/people/{joint.riverside}/discharge/", **discharging(joint, cancel=[contact], version="9")
        )
        assert "Somebody changed this episode" in page.content.decode()
        assert self.state(joint, contact) is State.PLANNED

    def test_somebody_elses_contact_is_not_cancelled(self, joint):
        other = factories.JointJourney(joint.world)
        theirs = self.planned(other)
        stay = journeys.open_episode(joint.riverside, access=joint.keyworker)
        with pytest.raises(NotThere):
            actions.discharge(
                episode=stay.id,
                end_code="completed_alcohol_free",
                ended_on=clock.today(),
                return_route="Ring us.",
                version=stay.version,
                cancel=[theirs],
                by=joint.keyworker,
            )

    def test_open_actions_are_named_with_whoever_owns_them(self, joint, keyworker):
        made = plan.add_action(
            registration=joint.riverside,
            text="Ring the housing office",
            owner=joint.keyworker.actor,
            due_on=clock.today() + timedelta(days=7),
            by=joint.keyworker,
        )
        page = keyworker.get(f"/people/{joint.riverside}/discharge/").content.decode()
        assert "Ring the housing office" in page
        assert "Each stays in the plan with whoever owns it until it is done." in page
        assert f"/plan/action/{made}/pass-on/" in page

    def test_where_nothing_is_open_nothing_is_asked(self, joint, keyworker):
        page = keyworker.get(f"/people/{joint.riverside}/discharge/").content.decode()
        assert "Still open in the plan" not in page
        assert "Cancel what is still planned" not in page


def test_each_service_has_the_end_codes_of_its_own_return(joint, keyworker, therapist):
    assert "Treatment completed: drug free" in keyworker.get(f"/people/{joint.riverside}/discharge/").content.decode()
    journeys_lead(joint, keyworker, therapist)
    page = therapist.get(f"/people/{joint.northside}/discharge/").content.decode()
    assert "After treatment: Completed, by agreement" in page
    assert "Treatment completed: drug free" not in page


def journeys_lead(joint, keyworker, therapist):
    """The lead passes from the therapist to the keyworker, on the pages."""
    at = f"/people/{joint.northside}/hand-over/"
    therapist.send(at, to=joint.keyworker.actor, words="Therapy ends in May.")
    [waiting] = queries.proposed([joint.northside, joint.riverside], access=joint.keyworker)
    keyworker.send(f"/handovers/{waiting.id}/", answer="yes")


def test_whoever_leads_a_journey_that_goes_on_hands_over_first(joint, therapist):
    page = therapist.get(f"/people/{joint.northside}/discharge/").content.decode()
    assert "Hand the lead over first." in page
    assert f"/people/{joint.northside}/hand-over/" in page
    assert "How can the person come back?" not in page


def test_the_lead_passes_when_the_other_says_yes(joint, keyworker, therapist):
    therapist.send(f"/people/{joint.northside}/hand-over/", to=joint.keyworker.actor, words="Therapy ends in May.")
    assert "has not answered yet" in therapist.get(f"/people/{joint.northside}/hand-over/").content.decode()
    [waiting] = queries.proposed([joint.northside, joint.riverside], access=joint.keyworker)
    assert "Therapy ends in May." in keyworker.get(f"/handovers/{waiting.id}/").content.decode()
    assert cost(keyworker, f"/handovers/{waiting.id}/") <= 12
    keyworker.send(f"/handovers/{waiting.id}/", answer="yes")
    assert journeys.journey_for([joint.northside, joint.riverside], access=joint.therapist).lead == (
        joint.keyworker.actor
    )
    assert keyworker.get(f"/handovers/{waiting.id}/").status_code == 404


def test_no_needs_a_reason_and_leaves_the_lead_where_it_was(joint, keyworker, therapist):
    therapist.send(f"/people/{joint.northside}/hand-over/", to=joint.keyworker.actor, words="May.")
    [waiting] = queries.proposed([joint.northside, joint.riverside], access=joint.keyworker)
    page = keyworker.send(f"/handovers/{waiting.id}/", answer="no").content.decode()
    assert "Say why, so that your colleague knows what to do next." in page
    keyworker.send(f"/handovers/{waiting.id}/", answer="no", words="I leave in April.")
    found = journeys.journey_for([joint.northside, joint.riverside], access=joint.therapist)
    assert found.lead == joint.therapist.actor


def test_only_the_one_who_was_asked_answers(joint, therapist):
    therapist.send(f"/people/{joint.northside}/hand-over/", to=joint.keyworker.actor, words="May.")
    [waiting] = queries.proposed([joint.northside, joint.riverside], access=joint.therapist)
    assert therapist.get(f"/handovers/{waiting.id}/").status_code == 404
    assert therapist.get("/handovers/hov_nothing/").status_code == 404


def test_whoever_does_not_lead_is_told_who_does(joint, keyworker):
    page = keyworker.get(f"/people/{joint.riverside}/hand-over/").content.decode()
    assert "Only the lead practitioner can hand the lead over." in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"end_code": ""}, "Answer “Why does the treatment end?”"),
        ({"end_code": "46"}, "Choose one of the answers shown"),
        ({"return_route": " "}, "Answer “How can the person come back?”"),
        (civil("ended_on", date(2099, 1, 1)), "must be today or in the past"),
        (civil("ended_on", date(2020, 1, 1)), "The date of discharge is before the episode opened"),
        ({"version": "99"}, "Somebody changed this episode while you were writing."),
    ],
)
def test_a_discharge_that_is_wrong_is_not_saved(joint, keyworker, changes, words):
    page = keyworker.send(f"/people/{joint.riverside}/discharge/", **discharging(joint, **changes)).content.decode()
    assert words in page
    assert journeys.open_episode(joint.riverside, access=joint.keyworker)


def test_somebody_not_in_treatment_cannot_be_discharged(joint, keyworker):
    other = factories.registered(joint.world.riverside)
    page = keyworker.get(f"/people/{other}/discharge/").content.decode()
    assert "there is nothing to end" in page


def test_pages_take_few_statements(joint, keyworker, therapist):
    assert cost(keyworker, f"/people/{joint.riverside}/discharge/") <= 12
    assert cost(therapist, f"/people/{joint.northside}/hand-over/") <= 12
