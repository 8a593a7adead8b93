"""What is agreed for everybody who treats the person reaches each service: every page says so, and a stop is a stop."""

import pytest

from alongside.access.context import Access
from alongside.access.rules import Effect, Handle
from alongside.consent import queries as consents
from alongside.definitions import policy
from alongside.journey import queries as journeys
from alongside.kernel.errors import Invalid
from alongside.organisations import actions as organisations
from alongside.sharing import actions
from alongside.sharing import queries as sharing
from alongside.tasks import queries as tasks
from tests import factories
from tests.integration.web.consents.drawn import drawn
from tests.integration.web.own.test_asking_for_more import take_up
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
EVERYBODY = Handle.of_class("treating")
SYSTEM = Access.system("test")
HOW = {"given": "verbal", "witness": "Kim Worker", "told_no_is_fine": "on"}


@pytest.fixture(autouse=True)
def _address(settings):
    settings.ADDRESS, settings.DEMONSTRATION = "https://alongside.example", True


@pytest.fixture
def joint():
    """Agreed with Northside by name, and with everybody who treats the person."""
    made = factories.JointJourney(email="jordan@mail.example", email_is_safe=True)
    factories.safe_email(made.riverside, "jordan@mail.example")
    agree(made, EVERYBODY)
    return made


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def at(joint):
    return f"/people/{joint.riverside}/sharing/"


def agree(joint, recipient, mask=None):
    choice = factories.choice(mask, recipient=recipient)
    return actions.agree(registration=joint.riverside, choice=choice, by=joint.keyworker)


def northside(joint):
    return Handle.service(joint.world.northside.id)


def withdrawn(joint):
    """What was agreed with Northside by name is over; what was agreed for everybody stands."""
    [own] = [one for one in in_force(joint) if one.recipient == northside(joint)]
    actions.withdraw(consent_id=own.id, by=joint.keyworker)


def in_force(joint):
    return consents.in_force(joint.riverside, access=joint.keyworker)


def finds_nothing(joint):
    """Whether Northside's page is, byte for byte, that of somebody who is not there."""
    therapist = browser(joint.world.northside, "therapist")
    return therapist.text(f"/people/{joint.riverside}/") == therapist.text("/people/reg_nobody/")


def card(page, service):
    return page.partition(service)[2][:60]


def test_stopping_one_service_closes_its_page(joint):
    assert not finds_nothing(joint)
    actions.stop(registration=joint.riverside, recipient=northside(joint), by=joint.keyworker)
    assert finds_nothing(joint)
    assert [one.recipient for one in in_force(joint) if not one.refuses] == [EVERYBODY]


@pytest.mark.parametrize("act", ["agree", "agree_all"])
def test_nothing_yet_for_one_service_closes_its_page(joint, act):
    nothing = factories.choice(0, recipient=northside(joint))
    said = {"choices": [nothing]} if act == "agree_all" else {"choice": nothing}
    getattr(actions, act)(registration=joint.riverside, by=joint.keyworker, **said)
    assert finds_nothing(joint)


def test_it_leaves_an_older_no_that_holds_in_an_emergency(joint):
    hard = factories.choice(policy.categories_mask("plan"), recipient=northside(joint), effect=Effect.DENY, hard=True)
    refused = actions.refuse(registration=joint.riverside, choice=hard, by=joint.keyworker)
    actions.stop(registration=joint.riverside, recipient=northside(joint), by=joint.keyworker)
    assert refused in {one.id for one in in_force(joint)}
    assert finds_nothing(joint)


def test_without_a_class_nothing_is_closed(joint):
    actions.stop(registration=joint.riverside, recipient=EVERYBODY, by=joint.keyworker)
    actions.stop(registration=joint.riverside, recipient=northside(joint), by=joint.keyworker)
    assert in_force(joint) == []


def test_the_page_says_what_reaches_them_through_the_class(joint, keyworker, at):
    withdrawn(joint)
    assert not finds_nothing(joint)
    page = keyworker.text(at)
    assert "Northside Talking Therapies sees some of our record" in page
    assert "Through what is agreed for: Everybody who treats me." in page
    assert "Northside Talking Therapies sees nothing" not in page


def test_their_own_pages_say_it_too(joint, keyworker):
    withdrawn(joint)
    person = take_up(keyworker, joint.riverside)
    assert "Northside Talking Therapies: sees nothing" not in person.text("/own/")
    assert "Northside Talking Therapies sees some of my record" in person.text("/own/sharing/")


def test_the_page_says_before_that_it_is_closed_by_name(joint, keyworker, at):
    [own] = [one for one in in_force(joint) if one.recipient == northside(joint)]
    said = "it is closed to them by name"
    assert said in keyworker.text(f"{at}{own.id}/stop/")
    assert said in keyworker.text(f"{at}agree/?with={joint.world.northside.id}")
    keyworker.send(f"{at}{own.id}/stop/", reason="", given="written")
    assert finds_nothing(joint)
    assert "Northside Talking Therapies sees nothing" in keyworker.text(at)


def test_the_preview_counts_what_everybody_sees(joint, keyworker, at):
    path = f"{at}agree/?with={joint.world.northside.id}"
    sent = drawn(keyworker.get(path)) | HOW | {"share": "pieces", "share_pieces": ["plan"], "preview": "1"}
    page = words(keyworker.post(f"{at}agree/", sent))
    assert "Through what is agreed for: Everybody who treats me." in page
    assert (
        "My mood and anxiety scores"
        not in page.partition("They would not see, to care for the person:")[2].partition("Read this back")[0]
    )


def test_what_is_closed_is_not_called_seen(joint, keyworker, at):
    no = factories.choice(policy.all_categories(), recipient=northside(joint), effect=Effect.DENY)
    actions.refuse(registration=joint.riverside, choice=no, by=joint.keyworker)
    page = keyworker.text(at)
    assert "Northside Talking Therapies sees nothing" in page
    assert "has not been asked yet" not in page
    assert "It is closed to them." in page


class TestSomebodyWhoWorksInBoth:
    """A no finds somebody in every job of theirs: nothing is left with whoever cannot open it any more."""

    @pytest.fixture
    def joint(self, joint):
        there = {"service": joint.world.northside.id, "team": joint.world.northside.team, "role": "therapist"}
        organisations.assign_role(practitioner=joint.keyworker.actor, **there, by=factories.SETTING_UP)
        return joint

    def closed(self, joint):
        return [one.recipient for one in in_force(joint) if one.refuses]

    def test_nothing_for_the_service_says_so_and_saves_nothing(self, joint):
        nothing = factories.choice(0, recipient=northside(joint))
        before = in_force(joint)
        with pytest.raises(Invalid, match="works there, too"):
            actions.agree(registration=joint.riverside, choice=nothing, by=joint.keyworker)
        assert in_force(joint) == before

    def test_closing_it_asks_who_has_it_instead(self, joint):
        no = factories.choice(policy.all_categories(), recipient=northside(joint), effect=Effect.DENY)
        with pytest.raises(Invalid) as problem:
            actions.refuse(registration=joint.riverside, choice=no, by=joint.keyworker)
        assert problem.value.field == "to"
        other = joint.world.riverside.sign_in("team_lead")
        actions.refuse(registration=joint.riverside, choice=no, to=other.actor, by=joint.keyworker)
        assert consents.in_force(joint.riverside, access=other)
        assert list(sharing.nowhere(access=SYSTEM)) == []

    @pytest.fixture
    def person(self, joint, keyworker):
        return take_up(keyworker, joint.riverside)

    def stop(self, joint, person):
        [own] = [one for one in in_force(joint) if one.recipient == northside(joint)]
        return words(person.send(f"/own/sharing/{own.id}/stop/", follow=True, reason=""))

    def test_their_own_no_leaves_nothing_with_them(self, joint, person):
        lead = joint.world.riverside.sign_in("team_lead")
        assert "Saved. It holds from this moment." in self.stop(joint, person)
        assert self.closed(joint) == [northside(joint)]
        stay = journeys.open_episode(joint.riverside, access=lead)
        assert stay is not None
        assert stay.practitioner == lead.actor
        assert tasks.owed_by(joint.keyworker.actor, joint.world.riverside.id, access=SYSTEM) == []
        assert list(sharing.nowhere(access=SYSTEM)) == []

    def test_their_own_no_waits_for_somebody_where_nobody_else_treats(self, joint, person):
        before = in_force(joint)
        page = self.stop(joint, person)
        assert "Nobody else treats people here. Ring us" in page
        assert in_force(joint) == before
