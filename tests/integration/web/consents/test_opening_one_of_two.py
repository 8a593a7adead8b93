"""One of two refusals is taken back: the page, and what it says afterwards, name what the other keeps closed."""

from datetime import date

import pytest

from alongside.access.rules import Effect, Handle
from alongside.definitions import policy
from alongside.sharing import actions
from tests import factories
from tests.integration.web.consents.test_taken_back import BY_VOICE
from tests.integration.web.own.signed_in import ADDRESS, signed_in
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
OPEN = "It is no longer closed to them."
PLAN, NOTES = policy.categories_mask("plan"), policy.categories_mask("session_notes")


@pytest.fixture
def joint(settings):
    settings.ADDRESS, settings.DEMONSTRATION = ADDRESS, True
    return factories.JointJourney(email="amira@mail.example", email_is_safe=True)


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def handles(joint):
    """Of Northside as a whole, its team, and its therapist."""
    there = joint.world.northside
    return {
        "service": Handle.service(there.id),
        "team": Handle.team(there.team),
        "somebody": Handle.practitioner(joint.therapist.actor),
    }


def closed(joint, recipient, kinds):
    said = factories.choice(kinds, recipient=recipient, effect=Effect.DENY)
    return actions.refuse(registration=joint.riverside, choice=said, by=joint.keyworker)


def opened(joint, keyworker, refusal):
    path = f"/people/{joint.riverside}/sharing/{refusal}/stop/"
    return keyworker.text(path), words(keyworker.send(path, follow=True, **BY_VOICE))


@pytest.mark.parametrize(
    ("taken_back", "stands"),
    [("service", "service"), ("somebody", "service"), ("somebody", "team"), ("team", "service"), ("service", "team")],
)
def test_what_another_no_keeps_closed_is_said(joint, keyworker, handles, taken_back, stands):
    closed(joint, handles[stands], PLAN)
    page, after = opened(joint, keyworker, closed(joint, handles[taken_back], NOTES))
    for said in (page, after):
        assert "this stays closed: The shared plan: goals and actions." in said
    assert OPEN not in after
    assert "This no is taken back, and another stands." in after


def test_a_no_to_everything_is_said_as_that(joint, keyworker, handles):
    closed(joint, handles["service"], policy.all_categories())
    _page, after = opened(joint, keyworker, closed(joint, handles["somebody"], NOTES))
    assert "this stays closed: anything." in after


@pytest.mark.parametrize(("taken_back", "stands"), [("service", ""), ("team", "somebody else")])
def test_without_another_that_is_about_them_it_is_open(joint, keyworker, handles, taken_back, stands):
    if stands:
        closed(joint, Handle.service(joint.world.riverside.id), PLAN)
    page, after = opened(joint, keyworker, closed(joint, handles[taken_back], NOTES))
    assert OPEN in after
    assert "stays closed" not in page + after


def test_also_in_the_persons_own_sign_in(joint):
    there = Handle.service(joint.world.riverside.id)
    ids = []
    for kinds in (PLAN, NOTES):
        said = factories.choice(kinds, recipient=there, effect=Effect.DENY)
        ids.append(actions.refuse(registration=joint.northside, choice=said, by=joint.therapist))
    person = signed_in(joint, browser(joint.world.northside, "therapist"), date(1988, 5, 17))
    path = f"/own/sharing/{ids[1]}/stop/"
    page, after = person.text(path), words(person.send(path, follow=True))
    for said in (page, after):
        assert "this stays closed: The shared plan: goals and actions." in said
