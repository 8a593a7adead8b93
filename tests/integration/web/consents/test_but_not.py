"""All of them, but not some by name: that it holds whatever is changed beside it."""

import pytest

from alongside.access import queries as allowed
from alongside.consent import queries
from alongside.consent.rules import Exception_
from alongside.definitions import policy
from alongside.kernel.errors import Invalid
from alongside.organisations import actions as organisations
from alongside.referral.actions import Wording
from alongside.referral.rules import Use
from alongside.sharing import actions as sharing
from tests import factories
from tests.factories import SETTING_UP
from tests.integration.web.consents.test_by_name import BY_VOICE, KINDS, agreed, at, name, theirs
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return factories.partnership()


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


def agree(joint, keyworker, **sent):
    to = joint.world.northside.id
    path = f"/people/{joint.riverside}/sharing/agree/?with={to}"
    return keyworker.send(path, follow=True, **({"recipient": to, "share": "both_teams"} | BY_VOICE | sent))


def leave_out(joint, keyworker, *who, recipient=""):
    """Whoever is named here is left out of what is agreed with a recipient (Northside)."""
    consent = agreed(joint)[recipient or theirs(joint)]
    return keyworker.send(at(joint, consent.id), follow=True, names=[f"practitioner:{one}" for one in who], **BY_VOICE)


def sees(joint):
    """The kinds that the therapist at Northside may see of Riverside's record."""
    access = joint.world.northside.sign_in("therapist")
    return {one for one in policy.categories() if allowed.opens(access, joint.riverside, one)}


class TestKindsThatAreAddedLater:
    def test_whoever_is_left_out_sees_none_of_them(self, joint, keyworker):
        agree(joint, keyworker, share="pieces", share_pieces=["identity", "mood_scores"])
        assert sees(joint)
        leave_out(joint, keyworker, joint.therapist.actor)
        assert not sees(joint)
        agree(joint, keyworker)
        assert not sees(joint)

    def test_nor_after_less_and_then_more(self, joint, keyworker):
        leave_out(joint, keyworker, joint.therapist.actor)
        agree(joint, keyworker, share="pieces", share_pieces=["identity"])
        agree(joint, keyworker)
        assert not sees(joint)

    def test_said_again_it_is_about_all_of_it(self, joint, keyworker):
        """What was excepted of some kinds alone, by a choice before, does not stay as narrow as that."""
        who = f"practitioner:{joint.therapist.actor}"
        narrow = (Exception_(policy.categories_mask("plan"), who),)
        sharing.agree(
            registration=joint.riverside,
            choice=factories.choice(recipient=theirs(joint), exceptions=narrow),
            by=joint.keyworker,
        )
        assert sees(joint)
        leave_out(joint, keyworker, joint.therapist.actor)
        assert not sees(joint)


class TestAnotherReferral:
    def test_whoever_is_left_out_stays_left_out(self, joint, keyworker):
        leave_out(joint, keyworker, joint.therapist.actor)
        assert not sees(joint)
        sharing.refer(
            registration=joint.riverside,
            to=joint.world.northside.id,
            wording=Wording("Again", "Help with sleep", Use("alcohol", 20, 12, "units")),
            choice=factories.choice(),
            by=joint.keyworker,
        )
        assert not sees(joint)

    def test_nor_does_what_is_shared_back_let_somebody_in(self, world):
        """Before they take the person on, somebody is left out there of what Riverside may see."""
        sent = factories.Referred(world)
        back = f"service:{world.riverside.id}"
        left_out = (Exception_(policy.bundles()["both_teams"].mask, f"practitioner:{sent.keyworker.actor}"),)
        said = factories.choice(recipient=back, exceptions=left_out)
        sharing.agree(registration=sent.northside, choice=said, by=sent.therapist)
        sharing.accept_referral(referral=sent.referral, practitioner=sent.therapist.actor, by=sent.therapist)
        [now] = [one for one in queries.current(sent.northside, access=sent.therapist) if one.recipient == back]
        assert now.said.exceptions == left_out
        assert not allowed.opens(world.riverside.sign_in("keyworker"), sent.northside, "plan")
        assert allowed.opens(world.riverside.sign_in("team_lead"), sent.northside, "plan")


class TestATeam:
    def test_changing_what_it_may_see_lets_nobody_in(self, joint, keyworker):
        sharing.stop(registration=joint.riverside, recipient=theirs(joint), by=joint.keyworker)
        team = f"team:{joint.world.northside.team}"
        name(joint, keyworker, team)
        assert sees(joint) == set(KINDS)
        leave_out(joint, keyworker, joint.therapist.actor, recipient=team)
        assert not sees(joint)
        name(joint, keyworker, team, kinds=[*KINDS, "mood_scores"])
        assert agreed(joint)[team].categories == policy.categories_mask(*KINDS, "mood_scores")
        assert not sees(joint)

    def test_it_is_read_back_who_is_left_out(self, joint, keyworker):
        team = f"team:{joint.world.northside.team}"
        name(joint, keyworker, team)
        leave_out(joint, keyworker, joint.therapist.actor, recipient=team)
        page = words(keyworker.send(at(joint), recipient=team, kinds=KINDS, **BY_VOICE))
        assert f"For {joint.therapist.name} this is left out of it: Name, date of birth" in page

    def test_its_page_is_linked_where_it_stands(self, joint, keyworker):
        team = f"team:{joint.world.northside.team}"
        name(joint, keyworker, team)
        page = keyworker.get(at(joint)).content.decode()
        assert f'href="{at(joint, agreed(joint)[team].id)}"' in page


class TestWhoeverWorksHereToo:
    @pytest.fixture
    def both(self, joint):
        """The keyworker who treats the person also works at Northside."""
        north, who = joint.world.northside, joint.keyworker.actor
        organisations.assign_role(practitioner=who, service=north.id, team=north.team, role="therapist", by=SETTING_UP)
        return who

    @pytest.fixture
    def lead(self, joint):
        return browser(joint.world.riverside, "team_lead")

    def test_they_are_not_offered(self, joint, lead, both):
        page = lead.get(at(joint, agreed(joint)[theirs(joint)].id)).content.decode()
        assert joint.therapist.actor in page
        assert f"practitioner:{both}" not in page
        assert "close the record to them instead" in page

    def test_they_do_not_lose_whom_they_treat_with_nobody_to_take_over(self, joint, lead, both):
        assert "Error: All of Northside" in words(leave_out(joint, lead, both))
        assert agreed(joint)[theirs(joint)].said.exceptions == ()

    def test_nor_by_any_other_way(self, joint, both):
        left_out = (Exception_(policy.categories_mask("plan"), f"practitioner:{both}"),)
        said = factories.choice(recipient=theirs(joint), exceptions=left_out)
        for act in (
            lambda: sharing.agree(registration=joint.riverside, choice=said, by=joint.keyworker),
            lambda: sharing.agree_all(registration=joint.riverside, choices=[said], by=joint.keyworker),
        ):
            with pytest.raises(Invalid, match="Close the record to them instead"):
                act()
