"""`alongside partnership leave`: somebody goes, and what they held is a colleague's in the same moment."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from alongside.audit import queries as audit
from alongside.cli.main import main
from alongside.consultation import actions as consultation
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.organisations import actions as organisations
from alongside.organisations import queries as places
from alongside.sharing import queries
from alongside.tasks import queries as tasks
from tests import factories
from tests.factories import SETTING_UP

pytestmark = pytest.mark.django_db(transaction=True)


def leave(who, *to):
    words = [word for one in to for word in ("--to", one.actor)]
    done = CliRunner().invoke(main, ["partnership", "leave", who.actor, *words], catch_exceptions=False)
    return done.exit_code, done.output


def works(who):
    return who.actor in places.practitioners(access=SETTING_UP)


def two_jobs(person):
    """The therapist works in Riverside too, and has somebody there."""
    services = person.world
    organisations.assign_role(
        practitioner=person.therapist.actor,
        service=services.riverside.id,
        team=services.riverside.team,
        role="keyworker",
        by=SETTING_UP,
    )
    factories.journey.open_episode(
        registration=factories.registered(services.riverside, given_name="Sam"),
        team=services.riverside.team,
        practitioner=person.therapist.actor,
        received_on=clock.today(),
        by=person.keyworker,
    )


def test_without_a_colleague_it_says_what_they_hold_and_changes_nothing(person):
    consultation.ask(
        registration=person.northside, answering_service=person.world.riverside.id, text="Slowly?", by=person.therapist
    )
    code, said = leave(person.therapist)
    assert code == 2
    assert "1 person, 1 open question, 2 tasks in Northside Talking Therapies" in said
    assert "--to" in said
    assert works(person.therapist)


def test_what_they_held_is_the_colleagues(person, colleague):
    owed = {one.about for one in tasks.owed(access=person.therapist)}
    code, said = leave(person.therapist, colleague)
    assert code == 0, said
    assert "takes over 1 person, 2 tasks." in said
    assert {one.about for one in tasks.owed(access=colleague)} == owed
    assert [one.id for one in journeys.caseload(access=colleague)] == [person.accepted.episode]
    assert not works(person.therapist)
    assert list(queries.nowhere(access=SETTING_UP)) == []
    assert list(audit.problems()) == []


def test_in_two_services_each_asks_for_its_own_colleague_and_nothing_is_half_done(person, colleague):
    two_jobs(person)
    code, said = leave(person.therapist, colleague)
    assert code == 2
    assert "1 person, 1 task in Riverside Substance Use Service" in said
    assert "Northside" not in said
    assert works(person.therapist)
    assert journeys.caseload(access=colleague) == []
    assert leave(person.therapist, colleague, person.keyworker)[0] == 0
    assert list(queries.nowhere(access=SETTING_UP)) == []
    assert len(journeys.caseload(access=person.keyworker)) == 2


def test_what_was_left_in_a_service_they_had_left_before_is_asked_for_too(person, colleague):
    two_jobs(person)
    for row in places.assigned(person.world.riverside.id, access=SETTING_UP):
        if row.practitioner_id == person.therapist.actor:
            organisations.end_role(assignment=row.pk, by=SETTING_UP)
    assert "Riverside Substance Use Service" in leave(person.therapist, colleague)[1]
    assert leave(person.therapist, colleague, person.keyworker)[0] == 0
    assert list(queries.nowhere(access=SETTING_UP)) == []


def test_who_holds_nothing_needs_nobody(person, colleague):
    assert leave(colleague)[0] == 0
    assert not works(colleague)


def test_whoever_cannot_take_over_is_refused_by_name(person, colleague):
    assert "Keyworker" in leave(person.therapist, colleague, person.keyworker)[1]  # works elsewhere
    assert "not a colleague" in leave(person.therapist, person.therapist)[1]
    lead = person.world.northside.sign_in("team_lead")
    assert "More than one of them works in Northside" in leave(person.therapist, colleague, lead)[1]
    nobody = replace(colleague, actor="pra_x")
    assert "There is no pra_x here now" in leave(person.therapist, nobody)[1]
    assert works(person.therapist)
