"""Agreeing with several recipients in one breath: all of it or nothing, once, and by what was drawn."""

import pytest

from alongside.access.rules import Handle
from alongside.consent import queries as consents
from alongside.definitions import policy
from alongside.kernel.errors import Duplicate, Invalid, NotThere, Stale
from alongside.post import queries as post
from alongside.sharing import actions
from tests import factories

pytestmark = pytest.mark.django_db
PLAN, DRINK = (policy.categories_mask(one) for one in ("plan", "use_pattern"))
EVERYBODY = Handle.of_class("treating")


@pytest.fixture
def joint():
    return factories.JointJourney(email="jordan@mail.example", email_is_safe=True)


@pytest.fixture
def north(joint):
    return Handle.service(joint.world.northside.id)


def stands(joint):
    return consents.in_force(joint.riverside, access=joint.keyworker)


def care(joint):
    return {one.recipient: one.categories for one in stands(joint) if not one.refuses}


def agree(joint, *said, by=None, seen=None, **once):
    drawn = [one.id for one in stands(joint)] if seen is None else seen
    groups = [[one] for one in said]
    return actions.agree_several(
        registration=joint.riverside, said=groups, seen=drawn, by=by or joint.keyworker, **once
    )


def test_each_is_saved_and_confirmed_once(joint, north):
    factories.safe_email(joint.riverside, "jordan@mail.example")
    agree(joint, factories.choice(PLAN, recipient=north), factories.choice(DRINK, recipient=EVERYBODY))
    assert care(joint) == {north: PLAN, EVERYBODY: DRINK}
    assert len(post.messages([one.id for one in stands(joint)], access=joint.keyworker)) == 1


@pytest.mark.parametrize("incomplete", ["the class, which is said first", "the service, after it"])
def test_where_one_is_refused_nothing_is_saved(joint, north, incomplete):
    before = stands(joint)
    faults = [{"witness": ""}, {}] if incomplete.startswith("the class") else [{}, {"witness": ""}]
    said = [
        factories.choice(PLAN, recipient=who, **fault) for who, fault in zip((EVERYBODY, north), faults, strict=True)
    ]
    with pytest.raises(Invalid):
        agree(joint, *said)
    assert stands(joint) == before


def test_it_is_saved_once_also_where_it_was_taken_back_since(joint, north):
    said, seen = factories.choice(PLAN, recipient=north), [one.id for one in stands(joint)]
    agree(joint, said, seen=seen, submission="sub_1")
    with pytest.raises(Duplicate):
        agree(joint, said, seen=seen, submission="sub_1")
    actions.stop(registration=joint.riverside, recipient=north, by=joint.keyworker)
    with pytest.raises(Duplicate):
        agree(joint, said, seen=seen, submission="sub_1")
    assert north not in care(joint)


def test_whatever_changed_meanwhile_refuses_all_of_it(joint, north):
    """Also a choice that this one does not touch: it stood on the page."""
    seen = [one.id for one in stands(joint)]
    actions.agree(registration=joint.riverside, choice=factories.choice(recipient=EVERYBODY), by=joint.keyworker)
    before = stands(joint)
    with pytest.raises(Stale):
        agree(joint, factories.choice(PLAN, recipient=north), seen=seen)
    assert stands(joint) == before


def test_nothing_said_is_said_to_be_nothing(joint):
    with pytest.raises(Invalid, match="Nothing was changed"):
        agree(joint)


def test_nobody_else_says_it(joint, north):
    with pytest.raises(NotThere):
        agree(joint, factories.choice(PLAN, recipient=north), by=joint.therapist)


@pytest.mark.parametrize("class_first", [True, False])
def test_a_service_is_closed_by_name_only_where_its_class_still_opens_something(joint, north, class_first):
    actions.agree(registration=joint.riverside, choice=factories.choice(recipient=EVERYBODY), by=joint.keyworker)
    nothing = [factories.choice(0, recipient=one) for one in (EVERYBODY, north)]
    agree(joint, *(nothing if class_first else reversed(nothing)))
    assert not [one for one in stands(joint) if one.refuses]


def test_where_the_class_opens_it_still_it_is_closed(joint, north):
    actions.agree(registration=joint.riverside, choice=factories.choice(recipient=EVERYBODY), by=joint.keyworker)
    agree(joint, factories.choice(0, recipient=north))
    assert [one.recipient for one in stands(joint) if one.refuses] == [north]
