"""Where the evaluation counts more than care shows, nothing on the way says that it stays hidden from everybody."""

import pytest

from alongside.access.rules import Effect, Handle
from alongside.definitions import policy
from alongside.sharing import actions
from tests import factories
from tests.integration.web.own.test_asking_for_more import take_up
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
HOW = {"given": "verbal", "witness": "Kim Worker", "told_no_is_fine": "on"}
APPOINTMENTS, SCORES = "My appointments", "My mood and anxiety scores"


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


def sent(joint, **changes):
    return {"recipient": joint.world.northside.id, "share": "appointments_and_safety", "evaluate": "on"} | changes


def previewed(joint, keyworker, whose, **changes):
    """What staff, or the person, read before anything is saved."""
    if whose == "staff":
        path = f"/people/{joint.riverside}/sharing/agree/"
        page = words(keyworker.send(path, preview="1", **HOW, **sent(joint, **changes)))
    else:
        person = take_up(keyworker, joint.riverside)
        page = words(
            person.send("/own/sharing/choose/", preview="1", signed_by="Jordan Reed", **sent(joint, **changes))
        )
    return page.partition("Northside Talking Therapies would see, to care for")[2]


def saved(joint, keyworker, **changes):
    path = f"/people/{joint.riverside}/sharing/agree/"
    return words(keyworker.send(path, follow=True, **HOW, **sent(joint, **changes)))


@pytest.mark.parametrize("whose", ["staff", "their own"])
class TestBeforeItIsSaved:
    def test_what_is_hidden_is_hidden_for_care_and_what_is_counted_stands_apart(self, joint, keyworker, whose):
        page = previewed(joint, keyworker, whose)
        hidden = page.partition("They would not see, to care for")[2].partition(".")[0]
        counted = page.partition("The evaluation of the pathway would count:")[2].partition(".")[0]
        assert SCORES in hidden
        assert SCORES in counted
        assert "Northside Talking Therapies may see, to care for me: " in page

    def test_without_the_evaluation_nothing_is_counted(self, joint, keyworker, whose):
        assert "would count" not in previewed(joint, keyworker, whose, evaluate="")

    def test_what_is_closed_is_not_counted(self, joint, keyworker, whose):
        mask = policy.categories_mask("mood_scores")
        who = Handle.service(joint.world.northside.id)
        choice = factories.choice(mask, recipient=who, effect=Effect.DENY)
        actions.refuse(registration=joint.riverside, choice=choice, by=joint.keyworker)
        page = previewed(joint, keyworker, whose)
        counted = page.partition("The evaluation of the pathway would count:")[2].partition(".")[0]
        assert counted
        assert SCORES not in counted

    def test_where_care_shows_nothing_that_is_for_care(self, joint, keyworker, whose):
        page = previewed(joint, keyworker, whose, share="nothing_yet")
        assert "To care for me, Northside Talking Therapies may see nothing of my record here." in page
        assert "They may also count me" in page


class TestAfterItWasSaved:
    def test_the_evaluation_is_named_apart(self, joint, keyworker):
        page = saved(joint, keyworker)
        assert "sees for care what the person chose, and nothing else." in page
        assert "What was agreed for the evaluation of the pathway stands apart from that." in page

    def test_only_where_it_was_agreed(self, joint, keyworker):
        assert "stands apart from that" not in saved(joint, keyworker, evaluate="")

    @pytest.mark.parametrize(
        ("evaluate", "says"),
        [
            ("", "Saved. Northside Talking Therapies sees nothing of our record from now on."),
            (
                "on",
                "Saved. For care Northside Talking Therapies sees nothing of our record from now on. What was agreed",
            ),
        ],
    )
    def test_nothing_for_care(self, joint, keyworker, evaluate, says):
        assert says in saved(joint, keyworker, share="nothing_yet", evaluate=evaluate)
