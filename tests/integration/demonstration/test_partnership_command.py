"""`alongside partnership` as whoever sets up a real one runs it."""

from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from alongside.access.context import Access
from alongside.access.models import Place
from alongside.audit import queries as audit
from alongside.cli.demonstration.planned import planned
from alongside.cli.main import main
from alongside.cli.partnership import file as partnership_file
from alongside.journey import actions as journey
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.organisations import actions as setting_up
from alongside.organisations import queries as organisations
from alongside.organisations.models import User
from alongside.organisations.rules import Agreement
from alongside.sharing import queries as sharing
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
BY = Access.system("test")
SMALL = """
name = "North and River"
pathway = "integrated_treatment"
agreement = "northside_riverside"

[[services]]
name = "Northside"
kind = "talking_therapies"
organisation = "A trust"
teams = ["Adult team"]

[[services.staff]]
name = "Sam Reed"
email = "sam.reed@example.org"
roles = ["therapist"]
team = "Adult team"
"""


def say(*words):
    done = CliRunner().invoke(main, ["partnership", *words], catch_exceptions=False)
    return done.exit_code, done.output


def made(*words):
    code, output = say(*words)
    assert code == 0, output
    return output.split()[-1]


@pytest.fixture
def service():
    opened = made(
        "create", "North and River", "--pathway", "integrated_treatment", "--agreement", "northside_riverside"
    )
    return made("add-service", opened, "Northside", "--kind", "talking_therapies", "--organisation", "A trust")


def test_a_partnership_is_set_up_and_somebody_joins_covers_and_leaves(service):
    team = made("add-team", service, "Adult team")
    sam, alex = (made("join", name, f"{name}@example.org") for name in ("sam", "alex"))
    for one in (sam, alex):
        made("assign", one, service, "therapist", "--team", team)
    made("cover", sam, alex, "--from", "2027-03-01", "--until", "2027-03-14")
    assert say("duty", team, "2027-03-01", alex)[0] == 0
    _, listed = say("list")
    for word in ("Northside", "sam", "alex", "Therapist", "Adult team", team):
        assert word in listed
    assert say("leave", sam)[0] == 0
    assert [row.practitioner_id for row in organisations.assigned(service, access=BY)] == [alex]
    role = organisations.assigned(service, access=BY)[0].pk
    assert say("end-role", role)[0] == 0
    assert organisations.assigned(service, access=BY) == []
    assert list(audit.problems()) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ["create", "A", "--pathway", "nowhere", "--agreement", "northside_riverside"],
            2,
            "no pathway called 'nowhere'",
        ),
        (["add-service", "par_x", "A", "--kind", "talking_therapies", "--organisation", "B"], 2, "none called par_x"),
        (["add-team", "ser_x", "A"], 2, "none called ser_x"),
        (["join", "A", "nobody"], 2, "nobody is not an email address"),
        (["assign", "pra_x", "ser_x", "therapist"], 2, "alongside partnership list"),
        (["end-role", "rol_x"], 2, "no rol_x here now"),
        (["leave", "pra_x"], 2, "no pra_x here now"),
        (["apply", "nowhere.toml"], 2, "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(words, code, said):
    found, output = say(*words)
    assert (found, said in output) == (code, True), output
    assert organisations.open_services(access=BY) == []


def test_unknown_kinds_roles_and_hours_are_named(service):
    assert "is not a role" in say("assign", made("join", "Sam", "sam@example.org"), service, "wizard")[1]
    assert "cannot be read" in say("hours", service, "nine to five")[1]
    assert "must run forwards" in say("hours", service, "mon 17:00-09:00")[1]
    assert organisations.hours_of(service, access=BY).on(date(2027, 3, 1))  # a Monday: as it was


def test_a_service_is_where_it_is_said_to_be(service):
    assert organisations.place(service, access=BY).jurisdiction == "uk"
    partnership = organisations.place(service, access=BY).partnership
    words = [partnership, "Lakeside", "--kind", "mental_health", "--organisation", "A clinic", "--jurisdiction"]
    assert organisations.place(made("add-service", *words, "us"), access=BY).jurisdiction == "us"
    code, output = say("add-service", *words[:1], "Hillside", *words[2:], "mars")
    assert code == 2
    assert "'mars' is not known. Use one of uk, us." in output


def test_a_service_has_the_hours_it_was_given(service):
    monday, saturday = date(2027, 3, 1), date(2027, 3, 6)
    assert say("hours", service, "mon 09:00-12:00,13:00-20:00", "sat 10:00-12:00")[0] == 0
    hours = organisations.hours_of(service, access=BY)
    assert [[f"{one:%H:%M}" for one in span] for span in hours.on(monday)] == [["09:00", "12:00"], ["13:00", "20:00"]]
    assert len(hours.on(saturday)) == 1
    assert hours.on(date(2027, 3, 2)) == []


def test_a_programme_under_part_2_is_one_in_the_united_states(service):
    partnership = organisations.place(service, access=BY).partnership
    words = [partnership, "Lakeside", "--kind", "substance_use", "--organisation", "A clinic", "--part2"]
    clinic = made("add-service", *words, "--jurisdiction", "us")
    assert Place.objects.get(pk=clinic).pack == "us_part2"
    assert say("part2", clinic, "no")[0] == 0
    assert Place.objects.get(pk=clinic).pack == "us"
    code, output = say("part2", service, "yes")
    assert code != 0
    assert "42 CFR Part 2 is law of the United States." in output
    assert Place.objects.get(pk=service).pack == "uk"


class TestSomebodyWhoHoldsPeople:
    @pytest.fixture
    def team(self, service):
        team = made("add-team", service, "Adult team")
        self.sam, self.alex = (made("join", name, f"{name}@example.org") for name in ("sam", "alex"))
        self.role, _other = (made("assign", one, service, "therapist", "--team", team) for one in (self.sam, self.alex))
        user = User.objects.get(email="sam@example.org")
        sam = organisations.access_for(user, self.role)
        registration = factories.registered(factories.Service(service, "Northside", team))
        journey.open_episode(
            registration=registration, team=team, practitioner=self.sam, received_on=clock.today(), by=sam
        )
        return team

    @pytest.mark.parametrize("words", ["leave", "end-role"])
    def test_leaves_only_when_a_colleague_takes_over(self, team, words):
        leaving = self.sam if words == "leave" else self.role
        code, output = say(words, leaving)
        assert (code, "--to: They hold 1 person, 1 task in Northside" in output) == (2, True), output
        assert self.sam in say("list")[1]
        code, output = say(words, leaving, "--to", self.alex)
        assert (code, "alex takes over 1 person, 1 task." in output) == (0, True), output
        assert list(sharing.nowhere(access=BY)) == []
        alex = organisations.access_for(User.objects.get(email="alex@example.org"), None, "direct_care")
        assert len(journeys.caseload(access=alex)) == 1

    def test_keeps_them_in_another_role_there(self, service, team):
        made("assign", self.sam, service, "team_lead", "--team", team)
        assert say("end-role", self.role)[0] == 0
        assert list(sharing.nowhere(access=BY)) == []

    def test_does_not_hand_over_to_somebody_elsewhere(self, team):
        stranger = made("join", "Priya", "priya@example.org")
        code, output = say("leave", self.sam, "--to", stranger)
        assert (code, "takes over" in output) == (2, True)


class TestTheList:
    def test_with_nothing_set_up_it_says_how_to_begin(self):
        assert "alongside partnership apply" in say("list")[1]

    def test_it_shows_services_of_every_kind_and_what_is_missing(self, service):
        opened = organisations.place(service, access=BY).partnership
        practice = made("add-service", opened, "The surgery", "--kind", "primary_care", "--organisation", "B")
        _, listed = say("list")
        assert practice in listed
        assert service in listed
        assert "No team takes what comes in" in listed

    def test_it_shows_an_empty_partnership_and_somebody_without_a_role(self):
        opened = made("create", "Two", "--pathway", "integrated_treatment", "--agreement", "northside_riverside")
        waiting = made("join", "Priya Shah", "priya@example.org")
        _, listed = say("list")
        assert opened in listed
        assert "Without a role" in listed
        assert waiting in listed
        assert say("leave", waiting)[0] == 0
        assert waiting not in say("list")[1]

    def test_it_shows_who_is_on_duty(self, service):
        team = made("add-team", service, "Adult team")
        sam = made("join", "Sam Reed", "sam@example.org")
        with clock.at(datetime(2027, 3, 3, 9, tzinfo=UTC)):
            assert "5 days" in say("duty", team, "2027-03-01", sam, "--until", "2027-03-05")[1]
            _, listed = say("list")
        assert "on duty 2027-03-03: Sam Reed" in listed
        assert "2027-03-02" not in listed  # past


@pytest.mark.parametrize("until", ["2027-02-28", "2029-01-01"])
def test_a_rota_runs_forwards_and_not_for_ever(until):
    code, output = say("duty", "tea_x", "2027-03-01", "pra_x", "--until", until)
    assert (code, "at most a year" in output) == (2, True)


def test_a_whole_partnership_is_read_from_a_file(tmp_path):
    file = tmp_path / "partnership.toml"
    file.write_text(SMALL)
    code, output = say("apply", str(file))
    assert code == 0, output
    (place,) = organisations.open_services(access=BY)
    assert [row.role for row in organisations.assigned(place.id, access=BY)] == ["therapist"]
    assert "sam.reed@example.org" in output


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ((' = ["therapist"]', ' = ["wizard"]'), "is not a role"),
        (('team = "Adult team"', 'team = "Night team"'), "does not have"),
        (('kind = "talking_therapies"', 'kind = "zoo"'), "is not a kind of service"),
        (("organisation =", "organization ="), "organization"),
        (("[[services]]", "[[services"), "is not TOML"),
        (("integrated_treatment", "nowhere"), "no pathway called"),
    ],
)
def test_a_file_with_a_fault_sets_up_nothing(tmp_path, fault, said):
    file = tmp_path / "partnership.toml"
    file.write_text(SMALL.replace(*fault))
    code, output = say("apply", str(file))
    assert code == 2
    assert said in output
    assert organisations.open_services(access=BY) == []


def test_the_demonstration_is_set_up_from_such_a_file():
    assert {service.kind for service in planned().services} == {"talking_therapies", "substance_use", "primary_care"}
    with pytest.raises(Invalid, match="does not have"):
        partnership_file.check(planned().model_copy(update={"services": (_misplaced(),)}))


def _misplaced():
    service = planned().services[0]
    return service.model_copy(update={"teams": ("Another team",)})


def test_an_intermediary_is_named_listed_and_taken_away(service):
    [opened] = organisations.partnerships(access=BY)
    assert "sign it anew" in say("intermediary", opened.pk, "Valley  Health Exchange")[1]
    assert "records pass through Valley Health Exchange" in say("list")[1]
    say("intermediary", opened.pk)
    assert "records pass through" not in say("list")[1]


def test_an_intermediary_of_no_partnership_is_refused(service):
    assert say("intermediary", "par_nowhere", "Valley")[0] != 0


def test_a_file_names_it(tmp_path):
    file = tmp_path / "partnership.toml"
    file.write_text(SMALL.replace("agreement =", 'intermediary = "Valley Health Exchange"\nagreement ='))
    made("apply", str(file))
    assert "records pass through Valley Health Exchange" in say("list")[1]


def test_somebody_works_under_an_agreement_that_the_list_names(tmp_path):
    file = tmp_path / "partnership.toml"
    file.write_text(SMALL.replace("organisation =", 'jurisdiction = "us"\npart2 = true\norganisation ='))
    made("apply", str(file))
    [opened] = organisations.partnerships(access=BY)
    [service] = organisations.services(opened.pk, access=BY)
    told = Agreement("Clear Billing", "Sends the bills", clock.today())
    agreement = setting_up.record_qualified(service=service.id, agreement=told, by=BY)
    assert f"works for it by an agreement: Clear Billing  {agreement}" in say("list")[1]
    bea = made("join", "Bea Biller", "bea@billing.example")
    made("assign", bea, service.id, "administrator", "--under", agreement)
    assert organisations.access_by_email("bea@billing.example", "administration").under == agreement
    code, output = say("assign", bea, service.id, "keyworker", "--under", agreement)
    assert code != 0
    assert "treats nobody" in output
