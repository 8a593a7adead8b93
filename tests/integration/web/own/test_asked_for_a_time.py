"""Yes to an ask with a last day: what is added ends that day, and what stood before stands after it, too."""

import re
from datetime import timedelta

import pytest

from alongside.access import queries as allowed
from alongside.access.rules import Handle
from alongside.consent import queries as consents
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.periods import FOR_EVER, over
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.web.consents.drawn import as_read, drawn
from tests.integration.web.own import test_asking_for_more as asking
from tests.integration.web.visiting import browser, civil, words
from tests.twins.lived import NOW

pytestmark = pytest.mark.django_db
STOOD, ADDED = policy.categories_mask("mood_scores"), policy.categories_mask("use_pattern")
LAST = NOW.date() + timedelta(days=20)
AFTER = NOW + timedelta(days=22)


@pytest.fixture(autouse=True)
def _then(settings):
    settings.ADDRESS, settings.DEMONSTRATION = "https://alongside.example", True
    with clock.at(NOW):
        yield


@pytest.fixture
def joint():
    found = factories.JointJourney(email=asking.EMAIL, email_is_safe=True, categories=0)
    factories.safe_email(found.northside, asking.EMAIL)
    return found


@pytest.fixture
def therapist(joint):
    return browser(joint.world.northside, "therapist")


@pytest.fixture
def person(joint, therapist):
    asking.take_up(browser(joint.world.riverside, "keyworker"), joint.riverside)
    return asking.take_up(therapist, joint.northside)


def agreed(joint, categories=STOOD, **changes):
    there = Handle.service(joint.world.northside.id)
    said = factories.choice(categories, recipient=there, **changes)
    sharing.agree(registration=joint.riverside, choice=said, by=joint.keyworker)


def asked(joint, therapist, kinds=("use_pattern",), last=LAST):
    therapist.send(
        f"/people/{joint.northside}/sharing/more/", kinds=kinds, why="So that we plan", **civil("until", last)
    )


def answered(person, **changes):
    """The page that yes leads to, as it is drawn, and what came of signing it."""
    page = person.send(asking.asked(), follow=True, answer="yes")
    [*_, (path, _status)] = page.redirect_chain
    sent = drawn(page) | {"signed_by": "Jordan Reed"} | changes
    return page, person.post(path, as_read(person, path, sent), follow=True)


def sees(joint, category):
    return allowed.opens(joint.therapist, joint.riverside, category)


def standing(joint, purpose="direct_care"):
    return next(one for one in consents.current(joint.riverside, access=joint.keyworker) if one.purpose == purpose)


class TestWhatStood:
    def test_it_stands_before_and_after_the_day_and_what_is_added_until_it(self, joint, therapist, person):
        agreed(joint)
        assert (sees(joint, "mood_scores"), sees(joint, "use_pattern")) == (True, False)
        asked(joint, therapist)
        assert "Saved." in words(answered(person)[1])
        assert (sees(joint, "mood_scores"), sees(joint, "use_pattern")) == (True, True)
        with clock.at(over(LAST) - timedelta(minutes=1)):
            assert (sees(joint, "mood_scores"), sees(joint, "use_pattern")) == (True, True)
        with clock.at(over(LAST)):
            assert (sees(joint, "mood_scores"), sees(joint, "use_pattern")) == (True, False)
        assert standing(joint).expires_at == FOR_EVER

    def test_the_page_shows_it_and_what_is_signed_says_it(self, joint, therapist, person):
        agreed(joint)
        asked(joint, therapist)
        page, after = answered(person)
        signed = words(page).partition("What you sign")[2].partition("Share with")[0]
        [dated] = re.findall(r"Only until (\d+ \w+ \d+): What I drink and use", signed)
        assert dated.startswith(str(LAST.day))
        assert "It holds until" not in signed
        assert f"Only until {dated}: What I drink and use" in words(after)  # the list of what stands

    def test_after_the_day_every_page_shows_what_is_left(self, joint, therapist, person):
        agreed(joint)
        asked(joint, therapist)
        answered(person)
        with clock.at(AFTER):
            assert standing(joint).categories == STOOD
            assert standing(joint).said.sooner == ()

    def test_the_evaluation_that_stood_stands_on(self, joint, therapist, person):
        agreed(joint, purpose="evaluation", categories=policy.roles()["evaluator"].other)
        asked(joint, therapist)
        answered(person)
        assert standing(joint, "evaluation").expires_at == FOR_EVER
        with clock.at(AFTER):
            assert not sees(joint, "use_pattern")

    def test_what_stood_until_a_later_day_ends_on_that(self, joint, therapist, person):
        later = over(LAST + timedelta(days=30))
        agreed(joint, expires=later)
        asked(joint, therapist)
        answered(person)
        with clock.at(AFTER):
            assert (sees(joint, "mood_scores"), sees(joint, "use_pattern")) == (True, False)
        assert standing(joint).expires_at == later

    def test_what_ends_sooner_ends_with_all_of_it(self, joint, therapist, person):
        agreed(joint, expires=over(LAST - timedelta(days=5)))
        asked(joint, therapist)
        answered(person)
        with clock.at(over(LAST - timedelta(days=5))):
            assert (sees(joint, "mood_scores"), sees(joint, "use_pattern")) == (False, False)

    def test_what_is_asked_for_and_stands_already_has_no_new_end(self, joint, therapist, person):
        agreed(joint, STOOD | ADDED)
        asked(joint, therapist)
        answered(person)
        with clock.at(AFTER):
            assert sees(joint, "use_pattern")

    def test_the_person_may_give_it_no_end(self, joint, therapist, person):
        agreed(joint)
        asked(joint, therapist)
        answered(person, **{f"sooner-{part}": "" for part in ("day", "month", "year")})
        with clock.at(AFTER):
            assert sees(joint, "use_pattern")


class TestChangedLater:
    def test_a_change_of_something_else_leaves_the_day(self, joint, therapist, person):
        agreed(joint)
        asked(joint, therapist)
        answered(person)
        path = f"/people/{joint.riverside}/sharing/agree/?with={joint.world.northside.id}"
        keyworker = browser(joint.world.riverside, "keyworker")
        page = keyworker.get(path)
        more = {"share_pieces": ["mood_scores", "use_pattern", "plan"], "told_no_is_fine": "on", "share": "pieces"}
        sent = drawn(page) | more
        assert "Saved." in words(keyworker.post(path, as_read(keyworker, path, sent), follow=True))
        with clock.at(AFTER):
            assert (sees(joint, "mood_scores"), sees(joint, "use_pattern")) == (True, False)
            assert sees(joint, "plan")

    def test_taking_it_back_ends_both(self, joint, therapist, person):
        agreed(joint)
        asked(joint, therapist)
        answered(person)
        here = Handle.service(joint.world.northside.id)
        sharing.stop(registration=joint.riverside, recipient=here, by=joint.keyworker)
        assert (sees(joint, "mood_scores"), sees(joint, "use_pattern")) == (False, False)


class TestSentTwice:
    def test_the_second_is_told_that_it_was_saved(self, joint, therapist, person):
        agreed(joint)
        asked(joint, therapist)
        page = person.send(asking.asked(), follow=True, answer="yes")
        [*_, (path, _status)] = page.redirect_chain
        sent = as_read(person, path, drawn(page) | {"signed_by": "Jordan Reed"})
        assert "Saved." in words(person.post(path, sent, follow=True))
        assert "This was already saved, once." in words(person.post(path, sent, follow=True))
        with clock.at(AFTER):
            assert (sees(joint, "mood_scores"), sees(joint, "use_pattern")) == (True, False)

    def test_where_the_ask_is_not_with_it_any_more_it_is_read_again(self, joint, therapist, person):
        agreed(joint)
        asked(joint, therapist)
        page = person.send(asking.asked(), follow=True, answer="yes")
        [*_, (path, _status)] = page.redirect_chain
        sent = as_read(person, path, drawn(page) | {"signed_by": "Jordan Reed"})
        answer = words(person.post(path.partition("?")[0], sent, follow=True))
        assert "This is not what was previewed." in answer
        assert standing(joint).categories == STOOD
