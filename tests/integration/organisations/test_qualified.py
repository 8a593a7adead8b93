"""Whoever works for a programme under 42 CFR Part 2 from outside: by a written agreement, and no longer than it."""

from datetime import date, timedelta

import pytest

from alongside.audit.models import Entry
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed, NotThere
from alongside.kernel.periods import FOR_EVER
from alongside.organisations import actions, queries
from alongside.organisations.models import QualifiedOrganisation, RoleAssignment, Service, User
from alongside.organisations.rules import Agreement
from alongside.people import queries as people
from tests import factories
from tests.factories import SETTING_UP

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint():
    made = factories.JointJourney()
    Service.objects.update(jurisdiction="us")
    actions.set_part2(service=made.world.riverside.id, part2=True, by=SETTING_UP)
    return made


@pytest.fixture
def here(joint):
    return joint.world.riverside


@pytest.fixture
def lead(here):
    return here.sign_in("privacy_lead")


def told(**changes):
    return Agreement(**({"name": "Clear Billing", "work": "Sends the bills", "agreed_on": clock.today()} | changes))


def recorded(here, lead, **changes):
    return actions.record_qualified(service=here.id, agreement=told(**changes), by=lead)


def worker(here, agreement, role="administrator"):
    somebody = actions.join(name="Bea Biller", email="bea@billing.example", by=SETTING_UP)
    actions.assign_role(practitioner=somebody, service=here.id, role=role, under=agreement, by=SETTING_UP)
    return User.objects.get(practitioner=somebody)


def finds(user, registration):
    return people.header(registration, access=queries.access_for(user, None, "administration")).name


class TestWhatItOpens:
    def test_the_record_opens_to_the_role_while_the_agreement_lasts(self, joint, here, lead):
        user = worker(here, recorded(here, lead))
        assert finds(user, joint.riverside)

    def test_the_next_request_after_the_end_sees_nothing(self, joint, here, lead):
        agreement = recorded(here, lead)
        user = worker(here, agreement)
        actions.end_qualified(agreement=agreement, by=lead)
        with pytest.raises(NotAllowed):
            finds(user, joint.riverside)

    def test_nor_does_one_after_the_day_it_was_agreed_until(self, joint, here, lead, monkeypatch):
        user = worker(here, recorded(here, lead, ends_on=clock.today() + timedelta(days=3)))
        now = clock.now()
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=2))
        assert finds(user, joint.riverside)
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=4))
        with pytest.raises(NotAllowed):
            finds(user, joint.riverside)

    def test_nor_one_before_it_begins(self, joint, here, lead):
        user = worker(here, recorded(here, lead, agreed_on=clock.today() + timedelta(days=2)))
        with pytest.raises(NotAllowed):
            finds(user, joint.riverside)

    def test_another_job_of_the_same_human_goes_on(self, here, lead):
        agreement = recorded(here, lead)
        user = worker(here, agreement)
        practitioner = user.practitioner_id
        actions.assign_role(practitioner=practitioner, service=here.id, role="administrator", by=SETTING_UP)
        actions.end_qualified(agreement=agreement, by=lead)
        assert queries.access_for(user, None).under == ""

    def test_what_others_share_with_the_service_is_not_theirs(self, joint, here, lead):
        ours = here.sign_in("evaluator")
        user = worker(here, recorded(here, lead), role="evaluator")
        theirs = queries.access_for(user, None)
        assert ours.other
        assert (theirs.own, theirs.other) == (ours.own, 0)


class TestWhatTheyNeverDo:
    @pytest.mark.parametrize("role", ["therapist", "keyworker", "prescriber", "gp", "team_lead", "privacy_lead"])
    def test_whoever_treats_consents_or_discloses_is_no_such_worker(self, here, lead, role):
        with pytest.raises(Invalid) as problem:
            worker(here, recorded(here, lead), role=role)
        assert problem.value.field == "role"

    def test_they_refer_nobody(self, joint, here, lead):
        user = worker(here, recorded(here, lead))
        access = queries.access_for(user, None)
        assert here.sign_in("administrator").may("refer")
        assert not access.may("refer")
        assert access.may("book")

    def test_they_record_and_end_no_agreement(self, here, lead):
        agreement = recorded(here, lead)
        access = queries.access_for(worker(here, agreement), None)
        with pytest.raises(NotAllowed):
            actions.end_qualified(agreement=agreement, by=access)
        with pytest.raises(NotAllowed):
            actions.record_qualified(service=here.id, agreement=told(), by=access)


class TestRecording:
    def test_it_is_kept_and_on_the_ledger(self, here, lead):
        agreement = recorded(here, lead, ends_on=clock.today())
        row = QualifiedOrganisation.objects.get(pk=agreement)
        assert (row.name, row.work, row.recorded_by) == ("Clear Billing", "Sends the bills", lead.actor)
        assert row.from_at < row.until_at < FOR_EVER
        entry = Entry.objects.filter(act="organisations.record_qualified").latest("pk")
        assert (entry.subject, entry.actor) == (agreement, lead.actor)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"name": "  "}, "name"),
            ({"name": "x" * 121}, "name"),
            ({"work": ""}, "work"),
            ({"work": "x" * 301}, "work"),
            ({"agreed_on": date(2026, 3, 2), "ends_on": date(2026, 3, 1)}, "ends_on"),
            ({"agreed_on": date(2020, 3, 2), "ends_on": date(2020, 3, 4)}, "ends_on"),
        ],
    )
    def test_what_is_wrong_is_named_and_nothing_is_kept(self, here, lead, wrong, field):
        with pytest.raises(Invalid) as problem:
            recorded(here, lead, **wrong)
        assert problem.value.field == field
        assert not QualifiedOrganisation.objects.exists()

    def test_only_a_programme_has_one(self, joint, lead):
        north = joint.world.northside
        with pytest.raises(Invalid) as problem:
            actions.record_qualified(service=north.id, agreement=told(), by=north.sign_in("privacy_lead"))
        assert problem.value.field == "name"

    @pytest.mark.parametrize("role", ["keyworker", "team_lead", "evaluator"])
    def test_others_record_none(self, here, role):
        with pytest.raises(NotAllowed):
            actions.record_qualified(service=here.id, agreement=told(), by=here.sign_in(role))

    def test_nor_does_another_service(self, joint, here, lead):
        agreement, north = recorded(here, lead), joint.world.northside
        with pytest.raises(NotAllowed):
            actions.record_qualified(service=here.id, agreement=told(), by=north.sign_in("administrator"))
        with pytest.raises(NotThere):
            actions.end_qualified(agreement=agreement, by=north.sign_in("administrator"))

    def test_what_has_ended_does_not_end_again(self, here, lead):
        agreement = recorded(here, lead)
        actions.end_qualified(agreement=agreement, by=lead)
        with pytest.raises(NotThere):
            actions.end_qualified(agreement=agreement, by=lead)
        with pytest.raises(Invalid) as problem:
            worker(here, agreement)
        assert problem.value.field == "under"

    @pytest.mark.parametrize("which", ["of another service", "of nobody"])
    def test_nobody_works_under_what_is_not_this_services(self, joint, here, lead, which):
        agreement = recorded(here, lead) if which == "of another service" else "qso_nothing"
        with pytest.raises(Invalid) as problem:
            worker(joint.world.northside, agreement)
        assert problem.value.field == "under"

    def test_no_role_outlasts_its_agreement(self, here, lead):
        worker(here, recorded(here, lead, ends_on=clock.today() + timedelta(days=3)))
        [row] = RoleAssignment.objects.exclude(under=None)
        assert (row.until_at, row.from_at >= row.under.from_at) == (row.under.until_at, True)
