"""Whom the agreement names for a missed contact: the lead practitioner, where the lead is on this side."""

import pytest

from alongside.contacts import actions
from alongside.journey import actions as journey
from alongside.kernel import clock
from tests import factories
from tests.integration.contacts.world import NOW, RECEIVED, SESSION, open_episode, owed

pytestmark = pytest.mark.django_db


@pytest.fixture
def together():
    with clock.at(RECEIVED):
        made = factories.partnership()
        for role in ("therapist", "team_lead"):
            made.northside.sign_in(role)
        made.riverside.sign_in("keyworker")
        return made


def missed_with_a_colleague(together, *, led_by):
    """A contact that somebody missed with a colleague of their therapist; returns its id and both practitioners."""
    with clock.at(RECEIVED):
        therapist = together.northside.sign_in("therapist")
        keyworker = together.riverside.sign_in("keyworker")
        here, there = factories.registered(together.northside), factories.registered(together.riverside)
        episode = open_episode(together.northside, therapist, here)
        open_episode(together.riverside, keyworker, there)
        journey.open_journey(
            registrations=(here, there),
            pathway="integrated_treatment",
            agreement="northside_riverside",
            arm="one_to_one",
            lead={"here": therapist, "there": keyworker}[led_by].actor,
            because="ref_1",
            by=therapist,
        )
    with clock.at(NOW):
        colleague = together.northside.sign_in("team_lead")
        missed = actions.record(
            registration=here, episode=episode, meeting=SESSION, attendance="did_not_attend", by=colleague
        )
        return missed, owed(therapist), owed(colleague)


def test_a_lead_of_this_service_follows_up_whoever_met_the_person(together):
    missed, by_the_lead, by_the_colleague = missed_with_a_colleague(together, led_by="here")
    assert (list(by_the_lead), list(by_the_colleague)) == ([missed], [])


def test_where_the_other_service_leads_whoever_was_to_meet_the_person_follows_up(together):
    missed, by_the_therapist, by_the_colleague = missed_with_a_colleague(together, led_by="there")
    assert (list(by_the_therapist), list(by_the_colleague)) == ([], [missed])
