"""A preview is read as the recipient would see it: their roles, what is closed, whether they need to know at all."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from alongside.access.rules import Effect, Handle
from alongside.consent.rules import Given
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.periods import Period
from alongside.organisations import queries as organisations
from alongside.sharing import actions
from tests import factories
from tests.integration.web.own.test_asking_for_more import take_up
from tests.integration.web.visiting import browser, words
from tests.twins.lived import a_service

pytestmark = pytest.mark.django_db
HOW = {"given": "verbal", "witness": "Kim Worker", "told_no_is_fine": "on"}
EVERYTHING = policy.all_categories()
WAITS = "Nobody there sees it yet."
NOTHING_ELSE = "sees for care what the person chose, and nothing else."


@pytest.fixture(autouse=True)
def _address(settings):
    settings.ADDRESS, settings.DEMONSTRATION = "https://alongside.example", True


@pytest.fixture
def joint():
    made = factories.JointJourney(email="jordan@mail.example", email_is_safe=True)
    factories.safe_email(made.riverside, "jordan@mail.example")
    return made


@pytest.fixture
def practice(joint):
    """A service of GPs, whose work shows no referrals and no assessment of others."""
    found = a_service(joint.world.id, "The Practice", "primary_care")
    found.sign_in("gp")
    return found


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def at(joint):
    return f"/people/{joint.riverside}/sharing/"


def preview(who, at, service, **changes):
    sent = {"recipient": service, "share": "both_teams", "preview": "1"} | HOW | changes
    page = words(who.send(f"{at}agree/", **sent))
    return page.partition("Nothing is saved yet.")[2].partition("Read this back")[0]


def refuse(joint, mask, recipient, **said):
    refusal = factories.choice(mask, recipient=recipient, effect=Effect.DENY, **said)
    actions.refuse(registration=joint.riverside, choice=refusal, by=joint.keyworker)


def test_what_is_chosen_is_read_as_if_it_stood_though_time_goes_on(joint, keyworker, at, monkeypatch):
    began, ticks = clock.now(), count()
    monkeypatch.setattr(clock, "now", lambda: began + timedelta(microseconds=next(ticks)))
    shown = preview(keyworker, at, joint.world.northside.id).partition("They would not see")[0]
    assert "The shared plan: goals and actions" in shown


def test_what_no_role_of_theirs_shows_stays_hidden(joint, keyworker, practice, at):
    shown = preview(keyworker, at, practice.id)
    hidden = shown.partition("Stays hidden, because nobody’s work there shows it:")[2]
    assert "Referrals and what was decided about them" in hidden
    assert "My assessment" in hidden
    assert "Referrals and what was decided about them" not in shown.partition("Stays hidden")[0]
    assert "Stays hidden" not in preview(keyworker, at, joint.world.northside.id)


def test_where_nobody_works_yet_nothing_is_said_of_their_roles(joint, keyworker, at):
    empty = a_service(joint.world.id, "Harbour", "mental_health")
    assert "Stays hidden" not in preview(keyworker, at, empty.id)


def test_the_most_of_each_role_by_itself(practice, joint):
    """The desk treats nobody, so what it may see is no part of it."""
    practice.sign_in("administrator")
    [ceiling] = organisations.ceilings([practice.id], access=joint.keyworker)
    assert ceiling == policy.roles()["gp"].other


def test_without_a_joined_record_nobody_there_sees_it_yet(joint, keyworker, practice, at):
    assert WAITS in preview(keyworker, at, practice.id)
    assert WAITS not in preview(keyworker, at, joint.world.northside.id)
    assert "Those of them see it who treat the person" in preview(keyworker, at, joint.world.northside.id)


def test_it_says_nothing_of_whether_they_know_the_person(joint, keyworker, practice, at):
    """The other service registers the same human, and opens an episode: our page is byte for byte the same."""
    before = preview(keyworker, at, practice.id)
    factories.registered(practice)
    assert preview(keyworker, at, practice.id) == before


def test_what_is_closed_to_somebody_of_theirs_is_said_by_name(joint, keyworker, at):
    refuse(joint, policy.categories_mask("plan"), Handle.practitioner(joint.therapist.actor))
    name = organisations.practitioners(access=joint.keyworker)[joint.therapist.actor]
    shown = preview(keyworker, at, joint.world.northside.id)
    assert f"To {name} this stays closed: The shared plan: goals and actions." in shown
    assert "Closed to them all the same" not in shown


def test_what_is_closed_of_some_time_is_neither_counted_nor_called_hidden(joint, keyworker, at):
    northside = Handle.service(joint.world.northside.id)
    before = preview(keyworker, at, joint.world.northside.id)
    assert "Who is in my team, and that I am in treatment: 1 entry today" in before
    until = Period(end=clock.now() + timedelta(days=1))
    refuse(joint, policy.categories_mask("team"), northside, data=until)
    shown = preview(keyworker, at, joint.world.northside.id)
    assert "Who is in my team, and that I am in treatment: nothing yet" in shown
    assert "Closed to them all the same, of some time: Who is in my team" in shown


def test_what_can_be_counted_is_counted(joint, keyworker, at):
    shown = preview(keyworker, at, joint.world.northside.id)
    assert "whatever is written" not in shown
    assert "Name, date of birth and how to reach me safely: 1 entry today" in shown


def test_only_what_is_about_the_time(joint, keyworker, at):
    northside = Handle.service(joint.world.northside.id)
    later = Period(clock.now() + timedelta(days=1))
    choice = factories.choice(recipient=northside, given=Given.WRITTEN, data=later)
    actions.agree(registration=joint.riverside, choice=choice, by=joint.keyworker)
    since = later.start.date()
    when = {"since-day": str(since.day), "since-month": str(since.month), "since-year": str(since.year)}
    assert "in treatment: nothing yet" in preview(keyworker, at, joint.world.northside.id, **when)


class TestWhatIsSaidAfterSaving:
    """It never says that they see what was chosen where a no takes some of that away."""

    def saved(self, joint, keyworker, at, **changes):
        sent = {"recipient": joint.world.northside.id, "share": "both_teams"} | HOW | changes
        return words(keyworker.send(f"{at}agree/", follow=True, **sent))

    def test_where_no_refusal_stands(self, joint, keyworker, at):
        assert NOTHING_ELSE in self.saved(joint, keyworker, at)

    def test_a_kind_is_closed_to_the_whole_of_them(self, joint, keyworker, at):
        refuse(joint, policy.categories_mask("plan"), Handle.service(joint.world.northside.id))
        page = self.saved(joint, keyworker, at)
        assert NOTHING_ELSE not in page
        assert "This stays closed to them: The shared plan: goals and actions." in page

    def test_all_of_it_is_closed_to_one_of_them(self, joint, keyworker, at):
        refuse(joint, EVERYTHING, Handle.practitioner(joint.therapist.actor))
        page = self.saved(joint, keyworker, at)
        assert NOTHING_ELSE not in page
        assert "this stays closed: anything." in page

    def test_what_was_not_chosen_is_not_said_to_stay_closed(self, joint, keyworker, at):
        refuse(joint, policy.categories_mask("session_notes"), Handle.service(joint.world.northside.id))
        assert NOTHING_ELSE in self.saved(joint, keyworker, at)

    def test_some_time_is_closed(self, joint, keyworker, at):
        before = Period(end=datetime(2020, 1, 1, tzinfo=UTC))
        refuse(joint, policy.categories_mask("plan"), Handle.service(joint.world.northside.id), data=before)
        page = self.saved(joint, keyworker, at)
        assert NOTHING_ELSE not in page
        assert "Of some time this stays closed to them: The shared plan" in page

    def test_in_the_persons_own_sign_in(self, joint, keyworker):
        refuse(joint, policy.categories_mask("plan"), Handle.service(joint.world.northside.id))
        person = take_up(keyworker, joint.riverside)
        sent = {"recipient": joint.world.northside.id, "share": "both_teams", "signed_by": "Jordan Reed"}
        page = words(person.send("/own/sharing/choose/", follow=True, **sent))
        assert "This stays closed to them: The shared plan: goals and actions." in page
