"""Whoever was left out by name stays left out when something is shared again, and that is read before it is saved."""

import pytest

from alongside.access.rules import Handle
from alongside.consent.rules import Exception_
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.organisations import actions as organisations
from alongside.referral.actions import Wording
from alongside.referral.rules import Use
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.web.consents.test_but_not import agree, leave_out, sees
from tests.integration.web.consents.test_by_name import BY_VOICE, KINDS, agreed, at, name
from tests.integration.web.own import test_asked_for_a_time as asking
from tests.integration.web.visiting import browser, words
from tests.twins.lived import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _friday_afternoon():
    """Here time passes: what was shared last is a matter of order."""


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def kim(joint, keyworker):
    """The therapist, left out of what Northside may see."""
    leave_out(joint, keyworker, joint.therapist.actor)
    return joint.therapist


def previewed(joint, keyworker, **sent):
    to = joint.world.northside.id
    said = {"recipient": to, "share": "both_teams", "preview": "1"} | BY_VOICE | sent
    return words(keyworker.send(f"/people/{joint.riverside}/sharing/agree/?with={to}", **said))


class TestSharedAgain:
    def test_after_nothing_yet(self, joint, keyworker, kim):
        agree(joint, keyworker, share="nothing_yet")
        agree(joint, keyworker)
        assert not sees(joint)

    def test_after_nothing_yet_said_twice(self, joint, keyworker, kim):
        agree(joint, keyworker, share="nothing_yet")
        agree(joint, keyworker, share="nothing_yet")
        agree(joint, keyworker, share="pieces", share_pieces=["identity", "mood_scores"])
        assert not sees(joint)

    def test_after_it_was_taken_back(self, joint, keyworker, kim):
        sharing.stop(
            registration=joint.riverside, recipient=Handle.service(joint.world.northside.id), by=joint.keyworker
        )
        agree(joint, keyworker)
        assert not sees(joint)

    def test_by_another_referral(self, joint, keyworker, kim):
        agree(joint, keyworker, share="nothing_yet")
        to = joint.world.northside.id
        sharing.refer(
            registration=joint.riverside,
            to=to,
            wording=Wording("Again", "Help with sleep", Use("alcohol", 20, 12, "units")),
            choice=factories.choice(),
            by=joint.keyworker,
        )
        assert not sees(joint)

    def test_with_a_team(self, joint, keyworker):
        sharing.stop(
            registration=joint.riverside, recipient=Handle.service(joint.world.northside.id), by=joint.keyworker
        )
        team = Handle.team(joint.world.northside.team)
        name(joint, keyworker, team)
        leave_out(joint, keyworker, joint.therapist.actor, recipient=team)
        sharing.stop(registration=joint.riverside, recipient=team, by=joint.keyworker)
        page = words(keyworker.send(at(joint), recipient=team, kinds=KINDS, **BY_VOICE))
        assert f"For {joint.therapist.name} this is left out of it" in page
        name(joint, keyworker, team)
        assert not sees(joint)

    def test_it_is_read_back(self, joint, keyworker, kim):
        agree(joint, keyworker, share="nothing_yet")
        assert f"For {kim.name} this is left out of it" in previewed(joint, keyworker)
        assert f"For {kim.name}" not in previewed(joint, keyworker, share="nothing_yet")

    def test_until_the_person_says_otherwise(self, joint, keyworker, kim):
        agree(joint, keyworker, share="nothing_yet")
        agree(joint, keyworker)
        leave_out(joint, keyworker)
        assert sees(joint)
        agree(joint, keyworker, share="nothing_yet")
        agree(joint, keyworker)
        assert sees(joint)

    def test_whoever_works_here_meanwhile_stays_left_out(self, joint, keyworker, kim):
        agree(joint, keyworker, share="nothing_yet")
        here = {"service": joint.world.riverside.id, "team": joint.world.riverside.team, "role": "keyworker"}
        organisations.assign_role(practitioner=kim.actor, **here, by=factories.SETTING_UP)
        agree(joint, keyworker)
        assert agreed(joint)[Handle.service(joint.world.northside.id)].said.exceptions


class TestTheReferralPage:
    def test_it_shows_who_is_left_out_before_it_is_sent(self, joint, keyworker, kim):
        page = keyworker.text(f"/people/{joint.riverside}/refer/")
        assert f"{kim.name} sees none of it" in page

    def test_also_where_nothing_is_shared_now(self, joint, keyworker, kim):
        agree(joint, keyworker, share="nothing_yet")
        assert f"{kim.name} sees none of it" in keyworker.text(f"/people/{joint.riverside}/refer/")

    def test_it_says_nothing_where_nobody_is(self, joint, keyworker):
        assert "sees none of it" not in keyworker.text(f"/people/{joint.riverside}/refer/")


class TestAnsweringAnAsk:
    """An exception that stands, where the person says yes to more."""

    @pytest.fixture(autouse=True)
    def _then(self, settings):
        settings.ADDRESS, settings.DEMONSTRATION = "https://alongside.example", True
        with clock.at(NOW):
            yield

    @pytest.fixture
    def asked(self):
        found = factories.JointJourney(email=asking.asking.EMAIL, email_is_safe=True, categories=0)
        factories.safe_email(found.northside, asking.asking.EMAIL)
        return found

    @pytest.fixture
    def therapist(self, asked):
        return browser(asked.world.northside, "therapist")

    @pytest.fixture
    def person(self, asked, therapist):
        asking.asking.take_up(browser(asked.world.riverside, "keyworker"), asked.riverside)
        return asking.asking.take_up(therapist, asked.northside)

    def test_whoever_is_left_out_is_so_of_what_is_added(self, asked, therapist, person):
        kim = asked.therapist
        out = (Exception_(asking.STOOD, Handle.practitioner(kim.actor)),)
        asking.agreed(asked, exceptions=out)
        asking.asked(asked, therapist)
        page, _saved = asking.answered(person)
        assert f"For {kim.name} this is left out of it" in words(page)
        both = asking.STOOD | asking.ADDED
        assert [one.categories for one in asking.standing(asked).said.exceptions] == [both]
        assert not asking.sees(asked, "use_pattern")
        assert not asking.sees(asked, "mood_scores")

    def test_also_where_nothing_stands_any_more(self, asked, therapist, person):
        out = (Exception_(asking.STOOD, Handle.practitioner(asked.therapist.actor)),)
        asking.agreed(asked, exceptions=out)
        asking.agreed(asked, 0)
        asking.asked(asked, therapist)
        page, _saved = asking.answered(person)
        assert f"For {asked.therapist.name} this is left out of it" in words(page)
        assert [one.categories for one in asking.standing(asked).said.exceptions] == [asking.ADDED]

    def test_an_exception_to_some_kinds_stays_as_narrow(self, asked, therapist, person):
        stood = asking.STOOD | policy.categories_mask("plan")
        out = (Exception_(asking.STOOD, Handle.practitioner(asked.therapist.actor)),)
        asking.agreed(asked, stood, exceptions=out)
        asking.asked(asked, therapist)
        asking.answered(person)
        assert asking.standing(asked).said.exceptions == out
        assert asking.sees(asked, "use_pattern")
