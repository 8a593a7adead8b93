"""Closing the record to somebody by name, on the page and in what they can still open."""

import pytest

from alongside.consent import queries
from alongside.definitions import policy
from alongside.sharing import queries as sharing
from alongside.tasks import queries as tasks
from tests import factories
from tests.integration.web.consents.test_by_name import BY_VOICE
from tests.integration.web.own.signed_in import read_back
from tests.integration.web.visiting import browser, cost, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def therapist(joint):
    return browser(joint.world.northside, "therapist")


@pytest.fixture
def at(joint):
    return f"/people/{joint.riverside}/sharing/"


def closing(joint, **changes):
    usual = {
        "who": f"practitioner:{joint.therapist.actor}",
        "share": "everything",
        "given": "verbal",
        "witness": "Kim Worker",
        "told_no_is_fine": "on",
    }
    return usual | changes


def refused(joint):
    return [one for one in queries.in_force(joint.riverside, access=joint.keyworker) if one.refuses]


def test_whom_it_is_closed_to_finds_nothing_from_then_on(joint, keyworker, therapist, at):
    other = f"/people/{joint.riverside}/"
    assert therapist.get(other, follow=True).status_code == 200
    page = words(keyworker.send(f"{at}close/", follow=True, **closing(joint)))
    assert "From this moment it is closed to them, wherever they work." in page
    assert therapist.get(other).status_code == 404
    assert therapist.text(other) == therapist.text("/people/reg_nobody/")
    [one] = refused(joint)
    assert (one.categories, one.hard) == (policy.all_categories(), False)


def test_the_page_names_them_and_takes_it_back(joint, keyworker, therapist, at):
    keyworker.send(f"{at}close/", **closing(joint, hard="on"))
    page = keyworker.get(at).content.decode()
    assert "not even in an emergency" in page
    [one] = refused(joint)
    words_before = words(keyworker.get(f"{at}{one.id}/stop/"))
    assert "Taking this back opens nothing by itself." in words_before
    keyworker.send(f"{at}{one.id}/stop/", reason="They moved away", given="verbal", witness="Kim Worker")
    assert refused(joint) == []
    assert therapist.get(f"/people/{joint.riverside}/", follow=True).status_code == 200


def test_some_kinds_alone(joint, keyworker, at):
    pieces = {"share": "pieces", "share_pieces": ["use_pattern", "plan"]}
    keyworker.send(f"{at}close/", **closing(joint, **pieces))
    [one] = refused(joint)
    assert one.categories == policy.categories_mask("use_pattern", "plan")
    assert "What I drink and use, and how often" in keyworker.get(at).content.decode()


def test_it_does_not_change_what_is_shared_with_their_service(joint, keyworker, at):
    before = queries.current(joint.riverside, access=joint.keyworker)
    keyworker.send(f"{at}close/", **closing(joint))
    assert queries.current(joint.riverside, access=joint.keyworker) == before


def test_what_they_owed_is_owed_by_somebody_who_may_see_it(joint, keyworker, at):
    """Their own keyworker, whom the person no longer wants: a colleague has what he owed."""
    lead = browser(joint.world.riverside, "team_lead")
    who = f"practitioner:{joint.keyworker.actor}"
    colleague = joint.world.riverside.sign_in("team_lead").actor
    for wrong in ("", joint.keyworker.actor):
        refusal = lead.send(f"{at}close/", **closing(joint, who=who, to=wrong))
        assert "Choose somebody else who works in this service now." in words(refusal)
        assert refused(joint) == []
    assert lead.send(f"{at}close/", **closing(joint, who=who, to=colleague)).status_code == 302
    assert keyworker.get(f"/people/{joint.riverside}/").status_code == 404
    assert list(sharing.nowhere(access=joint.keyworker)) == []
    assert joint.riverside not in tasks.owed_by(joint.keyworker.actor, joint.world.riverside.id, access=joint.keyworker)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"who": ""}, "Choose"),
        ({"who": "practitioner:pra_nobody"}, "Select a valid choice"),
        ({"share": "pieces"}, "Tick at least one kind"),
        ({"witness": ""}, "Enter who heard the person agree. It can be you."),
        ({"told_no_is_fine": ""}, "saying no does not affect"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_saved(joint, keyworker, at, changes, says):
    answer = keyworker.send(f"{at}close/", **closing(joint, **changes))
    assert answer.status_code == 200
    assert says in words(answer)
    assert refused(joint) == []


def test_the_list_of_names_is_the_same_for_everybody(joint, keyworker):
    """Nobody learns from it who knows whom."""
    other = factories.registered(joint.world.riverside)
    listed = [keyworker.get(f"/people/{one}/sharing/close/").content for one in (joint.riverside, other)]
    options = [page.decode().partition("<select")[2].partition("</select>")[0] for page in listed]
    assert options[0] == options[1]
    assert "Everybody at Northside" in options[0]


def test_it_costs_no_more_than_other_pages(keyworker, at):
    assert cost(keyworker, at) <= 12


class TestReadBack:
    """Nothing is closed that was not read back first, as it was read."""

    def test_the_first_page_reads_it_and_saves_nothing(self, joint, keyworker, at):
        page = words(keyworker.post(f"{at}close/", keyworker.hidden(f"{at}close/") | closing(joint, hard="on")))
        assert "Read this back to the person" in page
        assert "What is closed: all of it. They may not look even in an emergency." in page
        assert refused(joint) == []

    def test_what_was_changed_since_is_read_again(self, joint, keyworker, at):
        sent = keyworker.hidden(f"{at}close/") | closing(joint)
        read = read_back(keyworker.post(f"{at}close/", sent))
        page = words(keyworker.post(f"{at}close/", sent | read | {"hard": "on"}))
        assert "They may not look even in an emergency." in page
        assert refused(joint) == []

    def test_what_is_missing_is_told_before(self, joint, keyworker, at):
        page = words(keyworker.send(f"{at}close/", **closing(joint, told_no_is_fine="", witness="")))
        assert "Read this back to the person" not in page
        assert "Enter who heard the person agree." in page
        assert "Tell the person that saying no does not affect their care" in page


def test_leaving_somebody_out_is_read_back_first(joint, keyworker, at):
    [one] = [one for one in queries.current(joint.riverside, access=joint.keyworker) if one.purpose == "direct_care"]
    path = f"{at}{one.id}/but-not/"
    said = {"names": [f"practitioner:{joint.therapist.actor}"]} | BY_VOICE
    page = words(keyworker.post(path, keyworker.hidden(path) | said))
    assert "this is left out of it" in page
    assert "Nothing is saved yet." in page
    assert [each.said.exceptions for each in queries.current(joint.riverside, access=joint.keyworker)] == [()]
