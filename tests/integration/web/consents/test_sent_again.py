"""A form of consent that is sent again, or was drawn before something changed, saves nothing."""

import pytest

from alongside.access.rules import Effect, Handle
from alongside.consent import queries
from alongside.definitions import policy
from alongside.kernel.errors import Duplicate, Stale
from alongside.sharing import actions
from tests import factories
from tests.integration.web.consents.drawn import as_read, drawn
from tests.integration.web.own.signed_in import read_back
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
HOW = {"given": "verbal", "witness": "Kim Worker", "told_no_is_fine": "on"}
CHANGED = "is not what this page was drawn from"


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def northside(joint):
    return Handle.service(joint.world.northside.id)


@pytest.fixture
def at(joint):
    return f"/people/{joint.riverside}/sharing/"


def in_force(joint):
    return queries.in_force(joint.riverside, access=joint.keyworker)


def stop(joint, northside):
    actions.stop(registration=joint.riverside, recipient=northside, by=joint.keyworker)


def test_a_withdrawn_consent_does_not_come_back_from_a_form_sent_again(joint, keyworker, northside, at):
    sent = as_read(keyworker, f"{at}agree/", drawn(keyworker.get(f"{at}agree/")) | HOW | {"evaluate": "on"})
    assert keyworker.post(f"{at}agree/", sent).status_code == 302
    stop(joint, northside)
    answer = words(keyworker.post(f"{at}agree/", sent, follow=True))
    assert "This was already saved, once." in answer
    assert in_force(joint) == []


def test_a_slow_double_click_leaves_one_choice(joint, keyworker, at):
    sent = as_read(keyworker, f"{at}agree/", drawn(keyworker.get(f"{at}agree/")) | HOW)
    for _click in range(2):
        assert keyworker.post(f"{at}agree/", sent).status_code == 302
    assert len(queries.history(joint.riverside, access=joint.keyworker)) == 2  # the referral's, and this one


@pytest.mark.parametrize("meanwhile", ["stopped", "narrowed"])
def test_what_changed_meanwhile_is_not_overwritten(joint, keyworker, northside, at, meanwhile):
    sent = as_read(keyworker, f"{at}agree/", drawn(keyworker.get(f"{at}agree/")) | HOW)
    if meanwhile == "stopped":
        stop(joint, northside)
    else:
        narrower = factories.choice(policy.categories_mask("plan"), recipient=northside)
        actions.agree(registration=joint.riverside, choice=narrower, by=joint.keyworker)
    before = in_force(joint)
    answer = keyworker.post(f"{at}agree/", sent)
    assert CHANGED in words(answer)
    assert f'href="{at}"' in answer.content.decode()
    assert in_force(joint) == before


def test_a_form_drawn_for_one_recipient_overwrites_no_other(joint, keyworker, at):
    everybody = factories.choice(policy.categories_mask("plan"), recipient=Handle.of_class("treating"))
    actions.agree(registration=joint.riverside, choice=everybody, by=joint.keyworker)
    sent = drawn(keyworker.get(f"{at}agree/?with={joint.world.northside.id}")) | HOW | {"recipient": "treating"}
    assert CHANGED in words(keyworker.post(f"{at}agree/", as_read(keyworker, f"{at}agree/", sent)))


def test_a_refusal_that_was_taken_back_does_not_come_back(joint, keyworker, at):
    sent = drawn(keyworker.get(f"{at}close/")) | HOW | {"who": f"practitioner:{joint.therapist.actor}"}
    sent |= read_back(keyworker.post(f"{at}close/", sent))
    assert keyworker.post(f"{at}close/", sent).status_code == 302
    [one] = [one for one in in_force(joint) if one.refuses]
    actions.withdraw(consent_id=one.id, by=joint.keyworker)
    answer = words(keyworker.post(f"{at}close/", sent, follow=True))
    assert "This was already saved, once." in answer
    assert not [one for one in in_force(joint) if one.refuses]


def test_a_refusal_is_not_narrowed_by_a_page_that_did_not_know_it(joint, keyworker, northside, at):
    sent = drawn(keyworker.get(f"{at}close/")) | HOW
    sent |= {"who": northside, "share": "pieces", "share_pieces": ["plan"]}
    sent |= read_back(keyworker.post(f"{at}close/", sent))
    whole = factories.choice(policy.all_categories(), recipient=northside, effect=Effect.DENY, hard=True)
    refused = actions.refuse(registration=joint.riverside, choice=whole, by=joint.keyworker)
    assert CHANGED in words(keyworker.post(f"{at}close/", sent))
    assert refused in {one.id for one in in_force(joint)}


@pytest.mark.parametrize("act", ["agree", "agree_all", "refuse"])
def test_each_act_refuses_by_itself(joint, northside, act):
    effect = Effect.DENY if act == "refuse" else Effect.PERMIT
    said = factories.choice(recipient=northside, effect=effect)
    many = {"choices": [said]} if act == "agree_all" else {"choice": said}
    the_act = getattr(actions, act)
    with pytest.raises(Stale):
        the_act(registration=joint.riverside, seen=["cns_another"], by=joint.keyworker, **many)
    the_act(registration=joint.riverside, submission="sub_1", by=joint.keyworker, **many)
    with pytest.raises(Duplicate):
        the_act(registration=joint.riverside, submission="sub_1", by=joint.keyworker, **many)
