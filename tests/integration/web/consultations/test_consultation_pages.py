"""A question from asking to what was learnt, on the pages of both teams."""

import pytest

from alongside.consultation import actions, queries
from alongside.consultation.rules import State
from alongside.definitions import policy
from alongside.people import actions as people
from tests import factories
from tests.integration.web.visiting import browser, cost

pytestmark = pytest.mark.django_db

QUESTION = "Is CBT safe during the taper?"


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def therapist(joint):
    return browser(joint.world.northside, "therapist")


def asking(joint, **changes):
    usual = {"text": QUESTION, "answering_service": joint.world.northside.id, "urgency": "soon"}
    return usual | changes


@pytest.fixture
def asked(joint, keyworker):
    answer = keyworker.send(f"/people/{joint.riverside}/ask/", **asking(joint))
    return answer.url.rstrip("/").rpartition("/")[2]


def version(consultation, access):
    return queries.thread(consultation, access=access).question.version


def text(client, path):
    return client.get(path).content.decode()


def test_the_form_says_when_an_answer_would_be_due(joint, keyworker):
    page = text(keyworker, f"/people/{joint.riverside}/ask/")
    assert page.count("Answer due by") == 3
    assert "Northside Talking Therapies" in page


def test_asked_it_is_on_both_lists(asked, keyworker, therapist):
    assert "Waiting for the other team" in text(keyworker, "/consultations/")
    page = text(therapist, "/consultations/")
    assert "To answer" in page
    assert QUESTION in page


def test_from_question_to_what_was_learnt(joint, asked, keyworker, therapist):
    at = f"/consultations/{asked}/"
    therapist.send(f"{at}accept/")
    therapist.send(f"{at}ask-back/", text="Which medicine?")
    assert "The clock stands still" in text(therapist, at)
    keyworker.send(f"{at}clarify/", text="Diazepam")
    advice = {"recommendation_1": "Carry on", "recommendation_2": "Taper more slowly"}
    assert therapist.send(f"{at}answer/", **advice).status_code == 302
    page = text(keyworker, at)
    assert "Taper more slowly" in page
    assert "Say what became of it" in page
    keyworker.send(f"{at}reply/", reply_1="taken", reply_2="declined", why_2="The prescriber disagrees")
    keyworker.send(f"{at}close/", outcome="partly", learnt="Ask the prescriber first")
    seen = text(therapist, at)
    assert "The prescriber disagrees" in seen
    assert "Ask the prescriber first" in seen


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "  "}, "Enter your question"),
        ({"text": "x" * 4001}, "must be 4000 characters or fewer"),
        ({"urgency": "now"}, "Choose one of the answers shown"),
        ({"answering_service": "ser_none"}, "Choose one of the answers shown"),
    ],
)
def test_a_question_that_lacks_something_is_not_asked(joint, keyworker, changes, words):
    page = keyworker.send(f"/people/{joint.riverside}/ask/", **asking(joint, **changes)).content.decode()
    assert words in page
    assert queries.about([joint.riverside], access=joint.keyworker) == []


def test_what_was_written_stays_when_the_person_has_not_agreed():
    made = factories.JointJourney(categories=policy.categories_mask("team"))
    client = browser(made.world.riverside, "keyworker")
    page = client.send(f"/people/{made.riverside}/ask/", **asking(made)).content.decode()
    assert "The person has not agreed to share questions with Northside Talking Therapies." in page
    assert QUESTION in page


def test_a_double_click_asks_once(joint, keyworker):
    path = f"/people/{joint.riverside}/ask/"
    entered = keyworker.hidden(path) | asking(joint)
    first, again = keyworker.post(path, entered), keyworker.post(path, entered)
    assert first.url == again.url
    assert len(queries.about([joint.riverside], access=joint.keyworker)) == 1


def test_a_stale_page_changes_nothing(joint, asked, therapist):
    old = version(asked, joint.therapist)
    therapist.send(f"/consultations/{asked}/accept/", version=old)
    page = therapist.send(f"/consultations/{asked}/hand-back/", version=old).content.decode()
    assert "Somebody changed this question while you were writing." in page
    assert queries.thread(asked, access=joint.therapist).question.state is State.ACCEPTED


@pytest.mark.parametrize("shown", ["", "none", "١"])
def test_a_page_without_a_version_changes_nothing(joint, asked, therapist, shown):
    page = therapist.send(f"/consultations/{asked}/accept/", version=shown).content.decode()
    assert "Somebody changed this question" in page


def test_an_answer_without_a_recommendation_is_refused(joint, asked, therapist):
    actions.accept(consultation=asked, version=version(asked, joint.therapist), by=joint.therapist)
    page = therapist.send(f"/consultations/{asked}/answer/", text="Hm").content.decode()
    assert "Give at least one recommendation." in page
    assert 'href="#id_recommendation_1"' in page


def test_declined_advice_needs_a_reason(joint, asked, keyworker):
    _answered(joint, asked)
    page = keyworker.send(f"/consultations/{asked}/reply/", reply_1="declined").content.decode()
    assert "Say in a few words why" in page
    assert not queries.thread(asked, access=joint.keyworker).advice[0].recommendations[0].verdict


def test_no_reply_at_all_is_refused(joint, asked, keyworker):
    _answered(joint, asked)
    page = keyworker.send(f"/consultations/{asked}/reply/").content.decode()
    assert "Say what became of at least one recommendation." in page


def _answered(joint, asked):
    actions.accept(consultation=asked, version=version(asked, joint.therapist), by=joint.therapist)
    actions.answer(
        consultation=asked, recommendations=["Carry on"], version=version(asked, joint.therapist), by=joint.therapist
    )


def test_somebody_outside_finds_nothing(asked):
    other = factories.partnership().northside
    assert browser(other, "therapist").get(f"/consultations/{asked}/").status_code == 404


def test_an_unknown_question_is_not_there(keyworker):
    assert keyworker.get("/consultations/cst_nothing/").status_code == 404


def test_the_question_can_be_taken_back(joint, asked, keyworker, therapist):
    keyworker.send(f"/consultations/{asked}/withdraw/")
    assert queries.thread(asked, access=joint.keyworker).question.state is State.WITHDRAWN
    assert queries.inbox(access=joint.therapist).to_answer == []


def test_pages_take_few_statements(joint, asked, keyworker, therapist):
    assert cost(therapist, f"/consultations/{asked}/") <= 12
    assert cost(therapist, f"/consultations/{asked}/accept/") <= 12
    assert cost(keyworker, f"/people/{joint.riverside}/ask/") <= 12
    assert cost(keyworker, f"/people/{joint.riverside}/consultations/") <= 12
    _answered(joint, asked)
    for path in ("", "reply/", "close/"):
        assert cost(keyworker, f"/consultations/{asked}/{path}") <= 12


def test_the_inbox_takes_as_many_statements_for_sixty_as_for_five():
    made = factories.Referred()
    for number in range(5):
        _ask(made, number)
    client = browser(made.world.northside, "therapist")
    few = cost(client, "/consultations/")
    for number in range(5, 60):
        _ask(made, number)
    assert cost(client, "/consultations/") == few <= 12


def _ask(made, number):
    one, other = factories.registered(made.world.riverside), factories.registered(made.world.northside)
    people.link(one=one, other=other, because="ref_test", by=factories.SETTING_UP)
    factories.agreed(one, made.world.riverside, made.world.northside, "identity", "consultation")
    actions.ask(
        registration=one, answering_service=made.world.northside.id, text=f"Question {number}", by=made.keyworker
    )


def test_a_question_that_no_key_opens_says_so_and_the_page_stands(asked, keyworker, therapist, settings):
    settings.NOTE_KEYS = ["another installation's key"]
    for reader in (keyworker, therapist):
        page = reader.get(f"/consultations/{asked}/")
        assert page.status_code == 200
        assert "This cannot be read: the key it was sealed with is not here." in page.content.decode()
        assert QUESTION not in page.content.decode()
