"""What the person agreed, on the discloser's page: bundles, pieces, preview, stopping."""

import re
from datetime import date

import pytest

from alongside.access.context import Access
from alongside.caseload import actions as caseload
from alongside.consent import queries
from alongside.definitions import policy
from alongside.journey import queries as journeys
from alongside.post import queries as post
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.web.visiting import browser, civil, cost

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def at(joint):
    return f"/people/{joint.riverside}/sharing/"


def agreeing(joint, **changes):
    usual = {
        "recipient": joint.world.northside.id,
        "share": "appointments_and_safety",
        "given": "verbal",
        "witness": "Kim Worker",
        "told_no_is_fine": "on",
    }
    return usual | changes


def standing(joint):
    return queries.current(joint.riverside, access=joint.keyworker)


def test_the_page_says_in_words_what_each_service_sees(keyworker, at):
    page = keyworker.get(at).content.decode()
    assert "What helps both teams treat me" in page
    assert "My mood and anxiety scores" in page
    assert "heard by K. Worker" in page
    assert "Stop sharing" in page


def test_a_newer_choice_replaces_the_older(joint, keyworker, at):
    page = keyworker.send(f"{at}agree/", **agreeing(joint), follow=True).content.decode()
    assert "sees for care what the person chose, and nothing else." in page
    assert "replaced by a newer choice" in page
    [agreed] = standing(joint)
    assert agreed.categories == policy.bundles()["appointments_and_safety"].mask


def test_piece_by_piece(joint, keyworker, at):
    keyworker.send(f"{at}agree/", **agreeing(joint, share="pieces", share_pieces=["plan", "team"]))
    assert standing(joint)[0].categories == policy.categories_mask("plan", "team")
    page = keyworker.get(f"{at}agree/?with={joint.world.northside.id}").content.decode()
    ticked = re.findall(r'name="share_pieces" type="checkbox" value="(\w+)" checked', page)
    assert ticked == ["team", "plan"]


class TestNameByName:
    """Of “appointments and safety only” each part has its name and may be refused by a tick."""

    def test_each_part_has_its_name(self, keyworker, at):
        page = keyworker.get(f"{at}agree/").content.decode()
        box = page.partition("Tick what of it they may not see")[2].partition("</fieldset>")[0]
        for name in ("Appointments", "Medicines", "Allergies", "safety plan", "reach me safely", "Flags"):
            assert name in box, name

    def test_what_is_ticked_is_left_out(self, joint, keyworker, at):
        keyworker.send(f"{at}agree/", **agreeing(joint, share_without=["medicines"]))
        left = policy.bundles()["appointments_and_safety"].mask & ~policy.categories_mask("medicines")
        assert standing(joint)[0].categories == left
        assert "Appointments and safety only, without: Medicines" in keyworker.text(at)

    def test_the_form_of_changing_it_says_the_same(self, joint, keyworker, at):
        keyworker.send(f"{at}agree/", **agreeing(joint, share_without=["medicines", "appointments"]))
        page = keyworker.get(f"{at}agree/?with={joint.world.northside.id}").content.decode()
        ticked = re.findall(r'name="share_without" type="checkbox" value="(\w+)" checked', page)
        assert set(ticked) == {"medicines", "appointments"}

    def test_the_sentence_leaves_it_out(self, joint, keyworker, at):
        page = keyworker.send(
            f"{at}agree/", **agreeing(joint, preview="1", share_without=["medicines"])
        ).content.decode()
        said = page.partition("Read this back to the person")[2].partition("</p>")[0]
        assert "My appointments" in said
        assert "medicines" not in said.lower()

    def test_something_has_to_be_left(self, joint, keyworker, at):
        everything = list(policy.bundles()["appointments_and_safety"].categories)
        before = standing(joint)
        page = keyworker.send(f"{at}agree/", **agreeing(joint, share_without=everything)).content.decode()
        assert "Nothing is left of it." in page
        assert standing(joint) == before

    def test_another_bundle_is_not_narrowed_by_ticks_that_were_forgotten(self, joint, keyworker, at):
        keyworker.send(f"{at}agree/", **agreeing(joint, share="both_teams", share_without=["medicines"]))
        assert standing(joint)[0].categories == policy.bundles()["both_teams"].mask


def test_the_preview_counts_and_saves_nothing(joint, keyworker, at):
    before = standing(joint)
    page = keyworker.send(f"{at}agree/", **agreeing(joint, preview="1", told_no_is_fine="")).content.decode()
    assert "What Northside Talking Therapies would see" in page
    assert "1 entry today" in page
    assert "They would not see, to care for the person:" in page
    assert "Something needs putting right" not in page
    assert standing(joint) == before


def test_a_preview_without_a_choice_says_what_is_missing(joint, keyworker, at):
    page = keyworker.send(f"{at}agree/", **agreeing(joint, preview="1", share="")).content.decode()
    assert "Answer “What may they see?”" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"recipient": "ser_nobody"}, "Choose one of the answers shown"),
        ({"share": "pieces"}, "Tick at least one kind"),
        ({"share": "everything"}, "Choose one of the answers shown"),
        ({"witness": " "}, "Enter who heard the person agree."),
        ({"told_no_is_fine": ""}, "Tell the person that saying no does not affect their care"),
        (civil("expires", date(2020, 1, 1)), "The consent would end before it begins."),
        ({"expires-day": "30", "expires-month": "2", "expires-year": "2027"}, "must be a real date"),
    ],
)
def test_a_choice_that_lacks_something_is_not_saved(joint, keyworker, at, changes, words):
    before = standing(joint)
    page = keyworker.send(f"{at}agree/", **agreeing(joint, **changes)).content.decode()
    assert words in page
    assert standing(joint) == before


def test_stopping_says_what_happens_and_holds_at_once(joint, keyworker, at):
    [agreed] = standing(joint)
    page = keyworker.get(f"{at}{agreed.id}/stop/").content.decode()
    assert "From that moment they see none of it." in page
    assert "What cannot be undone" in page
    answer = keyworker.send(f"{at}{agreed.id}/stop/", reason="", given="verbal", witness="Kim Worker", follow=True)
    assert "Stopped. Nobody sees through it any more" in answer.content.decode()
    seen = journeys.episodes([joint.riverside, joint.northside], access=joint.therapist)
    assert {one.registration for one in seen} == {joint.northside}


def test_the_recipients_side_sees_nothing_of_it(joint):
    therapist = browser(joint.world.northside, "therapist")
    [agreed] = standing(joint)
    page = therapist.get(f"/people/{joint.northside}/sharing/").content.decode()
    assert agreed.id not in page
    assert therapist.get(f"/people/{joint.northside}/sharing/{agreed.id}/stop/").status_code == 404
    assert therapist.send(f"/people/{joint.northside}/sharing/{agreed.id}/stop/").status_code == 404
    assert len(standing(joint)) == 1


def test_an_unknown_consent_is_not_there(keyworker, at):
    assert keyworker.get(f"{at}cns_none/stop/").status_code == 404


def test_pages_take_as_many_statements_after_sixty_choices_as_before(joint, keyworker, at):
    few = cost(keyworker, at)
    [agreed] = standing(joint)
    assert cost(keyworker, f"{at}agree/?with={joint.world.northside.id}") <= 12
    assert cost(keyworker, f"{at}{agreed.id}/stop/") <= 12
    for _ in range(60):
        factories.agreed(joint.riverside, joint.world.riverside, joint.world.northside, "plan")
    assert cost(keyworker, at) == few <= 12


class TestConfirming:
    """What was said by voice is said again in a message that the person can object to."""

    @pytest.fixture(autouse=True)
    def _leaves(self, messages_leave):
        pass

    def sent(self):
        caseload.send_messages(by=Access.system("tick"))
        return [one.text for one in post.mailbox(access=Access.system("test"))]

    def test_by_voice_is_confirmed_where_a_way_is_safe(self, joint, keyworker, at):
        factories.safe_email(joint.riverside, "jordan@mail.example")
        keyworker.send(f"{at}agree/", **agreeing(joint))
        [text] = self.sent()
        assert "we wrote it down" in text
        assert "Riverside" not in text
        assert "Northside" not in text

    def test_nothing_is_sent_where_no_way_is_safe(self, joint, keyworker, at):
        keyworker.send(f"{at}agree/", **agreeing(joint))
        assert standing(joint)
        assert self.sent() == []

    def test_in_writing_needs_no_message(self, joint, keyworker, at):
        factories.safe_email(joint.riverside, "jordan@mail.example")
        keyworker.send(f"{at}agree/", **agreeing(joint, given="written"))
        assert self.sent() == []

    def test_what_was_taken_back_meanwhile_is_not_confirmed(self, joint, keyworker, at):
        factories.safe_email(joint.riverside, "jordan@mail.example")
        keyworker.send(f"{at}agree/", **agreeing(joint))
        sharing.stop(registration=joint.riverside, recipient=f"service:{joint.world.northside.id}", by=joint.keyworker)
        assert self.sent() == []
