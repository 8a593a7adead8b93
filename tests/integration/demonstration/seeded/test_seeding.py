"""The demonstration on a real database: lived through the actions, whole, and full of things to do."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from alongside.audit import queries as audit
from alongside.cli.demonstration.partnership import SETTING_UP
from alongside.cli.demonstration.shapes import SUBSTANCE, TALKING
from alongside.consent import queries as consent
from alongside.journey import queries as journeys
from alongside.measures import queries as measures
from alongside.organisations.models import User
from alongside.people import queries as people
from alongside.referral import queries as referrals
from alongside.sharing import queries as sharing
from alongside.tasks import queries as tasks
from alongside.tasks.rules import When
from tests.integration.demonstration.seeded.conftest import NOW
from tests.integration.web.visiting import Browser

pytestmark = pytest.mark.django_db


def found(world, email, name):
    """Somebody by name, as their own service's worker finds them."""
    access = world.by_email(email).access
    return people.find(name, access=access)[0], access


def test_every_open_thing_has_exactly_one_task(world):
    open_things = {
        "journey": rows("alongside_journey_episode", "ended_at > '9999-01-01'")
        | rows("alongside_journey_journey", "closed_at > '9999-01-01'"),
        "referral": rows("alongside_referral_referral", "state IN ('sent', 'declined')"),
        "contacts": rows(
            "alongside_contacts_contact", "state IN ('planned', 'missed', 'to_rebook') AND superseded_by = ''"
        ),
        "consultation": rows("alongside_consultation_consultation", "state NOT IN ('closed', 'withdrawn')"),
        "plan": rows("alongside_plan_action", "state = 'open'"),
        "transitions": rows("alongside_transitions_handover", "state = 'proposed'"),
    }
    for room, things in open_things.items():
        assert tasks.open_things(room, access=SETTING_UP) == Counter(dict.fromkeys(things, 1)), room
    assert all(open_things[room] for room in ("journey", "referral", "contacts", "consultation", "plan"))


def rows(table, where):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE {where}")  # noqa: S608 - the words are this test's
        return {row[0] for row in cursor.fetchall()}


def test_every_open_journey_has_one_lead_at_every_moment(world):
    assert journeys.continuity_problems(access=SETTING_UP) == []


def test_the_ledger_verifies(world):
    assert list(audit.problems()) == []


def test_no_line_of_the_ledger_holds_the_id_of_a_registration(world):
    """Whatever an act says of what it did, of all that was lived."""
    lines = list(audit.lines())
    assert len(lines) > 100
    assert [line for line in lines if re.search(r"\breg_", line)] == []
    registrations = rows("alongside_people_registration", "1 = 1")
    assert registrations
    assert all(one.startswith("reg_") for one in registrations)


@pytest.mark.parametrize(
    "email",
    [
        "therapist@northside.example",
        "step2@northside.example",
        "duty@northside.example",
        "lead@northside.example",
        "keyworker@riverside.example",
        "prescriber@riverside.example",
        "duty@riverside.example",
        "lead@riverside.example",
        "gp@millfield.example",
    ],
)
class TestEverybodyWhoCares:
    def test_has_something_overdue_and_something_for_today(self, world, email):
        owed = Counter(one.when for one in tasks.owed(access=world.by_email(email).access))
        assert owed[When.OVERDUE]
        assert owed[When.TODAY]

    def test_has_something_since_yesterday(self, world, email):
        visitor = Browser()
        visitor.force_login(User.objects.get(email=email))
        assert 'id="since"' in visitor.get("/").content.decode()
        assert "has written nothing about your people" not in visitor.text("/since-yesterday/")


def test_a_question_is_due_in_two_hours_each_way(world):
    due = {one.holder: one.due_at for one in everything_owed(world) if one.kind == "answer"}
    for kind in (TALKING, SUBSTANCE):
        assert (due[world.team[kind]] - NOW).total_seconds() == 2 * 60 * 60


def everything_owed(world):
    leads = [world.in_role(kind, "team_lead")[0].access for kind in (TALKING, SUBSTANCE)]
    return [one for access in leads for one in tasks.owed(access=access, most=None)]


def test_the_nine_have_finished_and_no_other_one_to_one_journey_has(world):
    finished = rows("alongside_journey_journey", "arm = 'one_to_one' AND closed_at < '9999-01-01'")
    assert len(finished) == 9


def test_somebody_was_declined_under_the_threshold(world):
    access = world.in_role(TALKING, "duty_worker")[0].access
    decisions = [decided for _, decided in referrals.decisions(access=access)]
    wrong = [one for one in decisions if one.reason == "alcohol_use" and one.below_threshold]
    assert wrong
    assert all("15 units" in one.threshold for one in wrong)


def test_the_gp_reads_what_one_person_agreed_to_share_and_is_asked_about_her(world):
    visitor = Browser()
    visitor.force_login(User.objects.get(email="gp@millfield.example"))
    gp = world.by_email("gp@millfield.example").access
    [held] = journeys.caseload(access=gp)
    assert "Nasreen Akhtar" in visitor.text("/caseload/")
    assert "Did her thyroid result come back" in visitor.text("/consultations/")
    there = people.known([held.registration], access=gp)[held.registration].joined
    assert {key: points[-1].value for key, points in measures.series(there, access=gp).items()} == {
        "phq9": 12,
        "gad7": 11,
    }


def test_consent_withdrawn_yesterday_closes_the_other_record(world):
    keyworker = world.by_email("keyworker@riverside.example").access
    therapist = world.by_email("therapist@northside.example").access
    person = people.find("Casey Lindqvist", access=keyworker)[0]
    there = people.joined(person.registration, access=keyworker)
    assert len(there) == 2
    assert journeys.open_episode(person.registration, access=therapist) is None
    assert journeys.open_episode(person.registration, access=keyworker) is not None


def test_whoever_told_neither_service_is_two_people_to_them(world):
    here, therapist = found(world, "therapist@northside.example", "Jamie Thornbury")
    there, keyworker = found(world, "keyworker@riverside.example", "Jamie Thornbury")
    assert people.joined(here.registration, access=therapist) == [here.registration]
    assert people.joined(there.registration, access=keyworker) == [there.registration]


@pytest.mark.parametrize(
    ("email", "name", "language", "interpreter"),
    [
        ("step2@northside.example", "Hester Boyle", "bfi", True),
        ("therapist@northside.example", "Nasreen Akhtar", "ur", True),
        ("step2@northside.example", "Wilf Braithwaite", "en", False),
    ],
)
def test_languages_and_access_needs_are_recorded(world, email, name, language, interpreter):
    person, _ = found(world, email, name)
    assert (person.language, person.interpreter) == (language, interpreter)
    assert person.access_needs


@pytest.mark.parametrize("email", ["privacy@riverside.example", "privacy@northside.example"])
def test_a_privacy_lead_reads_who_looked_and_what_was_put_right(world, email):
    since, lead = NOW - timedelta(days=14), world.by_email(email).access
    looks = sharing.looks(since=since, access=lead)
    assert {one.service == lead.service for one in looks} == {True, False}
    assert sharing.done(since=since, access=lead).put_right


def test_a_privacy_lead_reads_what_was_taken_back_yesterday(world):
    lead = world.by_email("privacy@riverside.example").access
    assert "withdrawn" in {one.status for one in consent.lately(NOW - timedelta(days=2), access=lead)}
