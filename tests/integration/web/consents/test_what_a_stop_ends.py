"""What a stop ends and what it leaves is read before it is made, and what is for itself is stopped by itself."""

import pytest

from alongside.access.rules import Effect
from alongside.consent import queries
from alongside.consent.rules import Ends, Given, Told
from alongside.definitions import policy
from alongside.people import queries as people
from alongside.sharing import actions
from tests import factories
from tests.integration.web.consents.test_by_name import BY_VOICE, agreed, hired, name, opens, theirs
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
RESEARCH = "Research (My mood and anxiety scores)"


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def research(joint):
    """The consent to research by the other service."""
    said = factories.choice(policy.categories_mask("mood_scores"), recipient=theirs(joint), purpose="research")
    return actions.agree(registration=joint.riverside, choice=said, by=joint.keyworker)


def stop(joint, consent=""):
    return f"/people/{joint.riverside}/sharing/{consent or agreed(joint)[theirs(joint)].id}/stop/"


def live(joint):
    return {one.purpose for one in queries.current(joint.riverside, access=joint.keyworker) if one.categories}


@pytest.mark.usefixtures("research")
def test_the_page_of_a_stop_names_what_else_ends(joint, keyworker):
    assert f"This ends with it: {RESEARCH}." in keyworker.text(stop(joint))
    keyworker.send(stop(joint), **BY_VOICE)
    assert live(joint) == set()


def test_what_is_for_itself_is_stopped_on_its_own_page(joint, keyworker, research):
    """The fault that was found: this page, opened for research, ended what is for care."""
    before = live(joint)
    answer = keyworker.post(stop(joint, research), BY_VOICE)
    assert answer.headers["Location"].endswith(f"/{research}/end/")
    assert live(joint) == before
    keyworker.send(answer.headers["Location"], **BY_VOICE)
    assert live(joint) == before - {"research"}


@pytest.mark.usefixtures("research")
def test_nothing_yet_says_what_stands_for_itself(joint, keyworker):
    path = f"/people/{joint.riverside}/sharing/agree/"
    sent = {"recipient": joint.world.northside.id, "share": "nothing_yet"} | BY_VOICE
    stands = f"What was agreed for itself stands: {RESEARCH}."
    assert stands in words(keyworker.send(path, preview="1", **sent))
    assert stands in words(keyworker.send(path, follow=True, **sent))


class TestTakenApart:
    @pytest.fixture
    def there(self, joint):
        [one] = people.joined_to(joint.riverside, access=joint.keyworker)
        return f"/people/{joint.riverside}/sharing/apart/{one.link}/"

    @pytest.fixture
    def kim(self, joint, keyworker):
        who, hers = hired(joint, joint.world.northside, "Kim Named")
        name(joint, keyworker, f"practitioner:{who}")
        return f"practitioner:{who}", hers

    @pytest.mark.usefixtures("research")
    def test_the_page_says_what_stays_open(self, keyworker, there, kim):
        page = keyworker.get(there)
        assert "go on seeing what is open to them by name" in words(page)
        assert RESEARCH in words(page)
        assert f'value="{kim[0]}" checked' in page.content.decode().replace("  ", " ")

    @pytest.mark.parametrize("ticked", [True, False])
    def test_those_who_are_ticked_see_nothing_any_more(self, joint, keyworker, there, kim, ticked):
        who, hers = kim
        why = {"asked_by": "person", "reason": "No joint work"}
        keyworker.send(there, named=[who] if ticked else [], **why)
        assert opens(hers, joint) is not ticked

    def test_notes_that_are_kept_apart_stay_agreed(self):
        """What the joint journey carried was another consent, to the same service and for the same purpose."""
        us = factories.JointJourney(factories.partnership("us"))
        signed = {"given": Given.WRITTEN, "ends": Ends.END_OF_TREATMENT, "told": Told(take_back=True)}
        notes = factories.choice(policy.kept_apart(), recipient=f"service:{us.world.northside.id}", **signed)
        actions.agree(registration=us.riverside, choice=notes, by=us.keyworker)
        actions.unlink(registration=us.riverside, other=us.northside, why=factories.APART, by=us.keyworker)
        assert [one.said.apart for one in queries.current(us.riverside, access=us.keyworker)] == [True]


class TestSomebodyNamedWhoIsClosed:
    """Naming somebody lifts no no, and says so."""

    CLOSED = "This stays closed to them: "

    @pytest.fixture
    def kim(self, joint):
        return "practitioner:" + hired(joint, joint.world.northside, "Kim Named")[0]

    def named(self, joint, keyworker, kim):
        path = f"/people/{joint.riverside}/sharing/named/"
        return words(keyworker.send(path, recipient=kim, kinds=["identity", "plan"], **BY_VOICE))

    def test_their_service(self, joint, keyworker, kim):
        no = factories.choice(policy.categories_mask("plan"), recipient=theirs(joint), effect=Effect.DENY)
        actions.refuse(registration=joint.riverside, choice=no, by=joint.keyworker)
        assert f"{self.CLOSED}The shared plan: goals and actions." in self.named(joint, keyworker, kim)
        assert f"{self.CLOSED}The shared plan" in words(name(joint, keyworker, kim))

    def test_whom_something_is_agreed_with_but_not_with_them(self, joint, keyworker, kim):
        path = f"/people/{joint.riverside}/sharing/{agreed(joint)[theirs(joint)].id}/but-not/"
        keyworker.send(path, names=[kim], **BY_VOICE)
        assert self.CLOSED in self.named(joint, keyworker, kim)
        assert self.CLOSED in words(name(joint, keyworker, kim))
        glance = keyworker.get(f"/people/{joint.riverside}/sharing/glance/").content.decode()
        assert 'data-label="Kim Named, Northside Talking Therapies' in glance
        cell = glance.partition('data-label="Kim Named, Northside Talking Therapies')[2].partition("</td>")[0]
        assert "closed" in cell

    def test_nobody_else_is_told_so(self, joint, keyworker, kim):
        assert self.CLOSED not in self.named(joint, keyworker, kim)
