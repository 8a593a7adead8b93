"""What stands, said on every page that somebody may look for it: for staff and in the person's own sign-in."""

from datetime import timedelta

import pytest

from alongside.access.rules import Effect, Handle
from alongside.consent import queries
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.sharing import actions as sharing
from alongside.web import times
from tests import factories
from tests.integration.web.own.test_asking_for_more import take_up
from tests.integration.web.visiting import browser

pytestmark = pytest.mark.django_db
COUNTED = "Counted in the evaluation"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.ADDRESS, settings.DEMONSTRATION = "https://alongside.example", True


@pytest.fixture
def joint():
    made = factories.JointJourney()
    factories.safe_email(made.riverside, "jordan@mail.example")
    return made


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def person(joint, keyworker):
    return take_up(keyworker, joint.riverside)


@pytest.fixture
def both(joint, keyworker, person):
    """What staff and the person read at a glance."""
    return lambda: [keyworker.text(f"{at(joint)}glance/"), person.text("/own/sharing/glance/")]


def at(joint):
    return f"/people/{joint.riverside}/sharing/"


def theirs(joint):
    return Handle.service(joint.world.northside.id)


def agree(joint, *kinds, **said):
    choice = factories.choice(policy.categories_mask(*kinds), **({"recipient": theirs(joint)} | said))
    sharing.agree(registration=joint.riverside, choice=choice, by=joint.keyworker)


def close(joint, who, *kinds):
    mask = policy.categories_mask(*kinds) if kinds else policy.all_categories()
    choice = factories.choice(mask, recipient=who, effect=Effect.DENY)
    sharing.refuse(registration=joint.riverside, choice=choice, by=joint.keyworker)


def standing(joint):
    return queries.current(joint.riverside, access=joint.keyworker)


class TestTheEvaluationAtAGlance:
    def test_what_is_counted_stands_among_the_other_purposes(self, joint, both):
        assert not any(COUNTED in page for page in both())
        agree(joint, "mood_scores", "plan", purpose="evaluation")
        for page in both():
            stands = page.partition("For other purposes than")[2]
            assert f"{COUNTED} , Northside Talking Therapies: My mood and anxiety scores" in stands
            assert "Nothing is agreed." not in stands
            assert "You agreed to nothing" not in stands

    def test_a_no_to_it_is_not_something_agreed(self, joint, both):
        agree(joint, purpose="evaluation")
        assert not any(COUNTED in page for page in both())

    def test_what_a_no_keeps_closed_is_said_with_it(self, joint, both):
        agree(joint, "mood_scores", "plan", purpose="evaluation")
        close(joint, theirs(joint), "mood_scores")
        for page in both():
            stands = page.partition(COUNTED)[2]
            assert "Closed to them all the same: My mood and anxiety scores" in stands

    def test_the_person_changes_it_where_it_was_agreed_and_care_stays(self, joint, person):
        agree(joint, "mood_scores", purpose="evaluation")
        page = person.get("/own/sharing/glance/").content.decode().partition("For other purposes than my care")[2]
        assert f'href="/own/sharing/choose/?with={joint.world.northside.id}"' in page
        assert "/stop/" not in page


@pytest.fixture
def team(joint):
    """A team of Northside may see something by name, and nothing is agreed with Northside."""
    sharing.stop(registration=joint.riverside, recipient=theirs(joint), by=joint.keyworker)
    agree(joint, "plan", "team", recipient=Handle.team(joint.world.northside.team))


def card(page, ends="Closed to somebody"):
    """The words of Northside's card."""
    return page.partition("Northside Talking Therapies")[2].partition(ends)[0]


@pytest.mark.usefixtures("team")
class TestATeamByName:
    TEAM = "Adult team, Northside Talking Therapies"

    @pytest.mark.parametrize("path", ["/own/sharing/", "/own/sharing/glance/"])
    def test_the_person_stops_it_by_themselves(self, joint, person, path):
        [agreed] = standing(joint)
        stop = f"/own/sharing/{agreed.id}/stop/"
        assert f'href="{stop}"' in person.get(path).content.decode()
        person.send(stop)
        assert standing(joint) == []
        assert stop not in person.get(path).content.decode()

    def test_staff_stop_it_from_the_page_of_everything(self, joint, keyworker):
        [agreed] = standing(joint)
        assert f'href="{at(joint)}{agreed.id}/stop/"' in keyworker.get(f"{at(joint)}glance/").content.decode()

    def test_somebody_by_name_is_stopped_as_well(self, joint, person):
        agree(joint, "plan", recipient=Handle.practitioner(joint.therapist.actor))
        named = next(one for one in standing(joint) if one.recipient.startswith("practitioner:"))
        assert f'href="/own/sharing/{named.id}/stop/"' in person.get("/own/sharing/").content.decode()
        person.send(f"/own/sharing/{named.id}/stop/")
        assert [one.recipient for one in standing(joint)] == [Handle.team(joint.world.northside.team)]

    def test_the_card_of_their_service_says_so(self, joint, keyworker, person):
        for page in (keyworker.text(at(joint)), person.text("/own/sharing/")):
            said = card(page)
            assert f"open by name to: {self.TEAM}" in said
            assert "sees nothing" not in said
            assert "chosen nothing" not in said
        assert f"only by name: {self.TEAM}" in person.text("/own/")

    def test_what_a_no_to_their_service_closes_is_open_to_nobody(self, joint, keyworker, person):
        close(joint, theirs(joint))
        for page in (keyworker.text(at(joint)), person.text("/own/sharing/")):
            assert "open by name to" not in page
            assert "sees nothing" in card(page)
        assert "only by name" not in person.text("/own/")


class TestAfterItWasStopped:
    def test_it_is_said_who_stopped_it_and_on_which_day(self, joint, keyworker, person):
        sharing.stop(registration=joint.riverside, recipient=theirs(joint), by=joint.keyworker)
        day = times.day(clock.today()).striptags()
        staff, own = card(keyworker.text(at(joint))), card(person.text("/own/sharing/"))
        assert f"The person stopped it on {day} ." in staff
        assert "not been asked" not in staff
        assert f"You stopped it on {day} ." in own
        assert "chosen nothing" not in own

    def test_what_reached_its_day_was_stopped_by_nobody(self, joint, keyworker):
        agree(joint, "plan", expires=clock.now() + timedelta(hours=1))
        with clock.at(clock.now() + timedelta(hours=2)):
            said = card(keyworker.text(at(joint)))
        assert "It ended on" in said
        assert "stopped" not in said

    def test_what_is_agreed_again_was_not_stopped(self, joint, keyworker):
        sharing.stop(registration=joint.riverside, recipient=theirs(joint), by=joint.keyworker)
        agree(joint, "plan")
        assert "stopped it" not in card(keyworker.text(at(joint)))

    def test_where_nothing_was_agreed_ever_nothing_was_stopped(self, joint, keyworker):
        other = factories.registered(joint.world.riverside)
        assert "has not been asked yet" in card(keyworker.text(f"/people/{other}/sharing/"))


def test_the_page_of_asking_for_more_does_not_lead_to_itself(joint, keyworker):
    more = f"/people/{joint.riverside}/sharing/more/"
    assert f'href="{more}"' in keyworker.get(at(joint)).content.decode()
    assert f'href="{more}"' not in keyworker.get(more).content.decode()


def test_what_is_in_force_is_not_called_what_was_before(joint, keyworker, person):
    pages = {
        "Everything that was said": keyworker.text(at(joint)),
        "Everything that I said": person.text("/own/sharing/"),
    }
    for heading, page in pages.items():
        assert "in force" in page.partition(heading)[2]
