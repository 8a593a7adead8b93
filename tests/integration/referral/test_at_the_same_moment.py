"""A referral that comes twice at once is one referral; one that two people decide at once is decided once."""

from datetime import timedelta

import pytest

from alongside.access.context import Access
from alongside.kernel import clock
from alongside.kernel.errors import Duplicate, Stale
from alongside.referral import actions, queries
from alongside.referral.actions import Wording
from alongside.referral.rules import Declining
from alongside.sharing import queries as sharing
from tests import factories
from tests.racing import on_postgresql, overlapping

pytestmark = [on_postgresql, pytest.mark.django_db(transaction=True)]
WORDING = Wording("Low in mood", "To sleep")


@pytest.fixture
def world():
    return factories.partnership()


@pytest.fixture
def send(world):
    by, registration = world.riverside.sign_in("keyworker"), factories.registered(world.riverside)
    to = world.northside.id
    return lambda: actions.send(registration=registration, to=to, wording=WORDING, submission="a form", by=by)


def refer_myself(world):
    said = {"identity": factories.SOMEBODY, "wording": WORDING, "submission": "a form"}
    return lambda: actions.refer_myself(to=world.northside.id, **said, by=Access.public())


@pytest.mark.parametrize("door", ["another service", "oneself"])
def test_the_same_form_is_one_referral(world, send, door):
    act = send if door == "another service" else refer_myself(world)
    made, again = overlapping(act, act)
    assert isinstance(again, Duplicate)
    assert again.existing == made
    assert [one.id for one in queries.to_triage(access=world.northside.sign_in("therapist"))] == [made]


@pytest.mark.parametrize("accepting_first", [True, False])
def test_one_of_two_decisions_stands(world, send, accepting_first):
    referral = send()
    therapist, lead = world.northside.sign_in("therapist"), world.northside.sign_in("team_lead")
    decision = Declining(
        "alcohol_use", "Drinks most days.", "Keyworker", "15 units", clock.today() + timedelta(weeks=6)
    )
    acts = [
        lambda: actions.accept(referral=referral, practitioner=therapist.actor, by=therapist),
        lambda: actions.decline(referral=referral, decision=decision, by=lead),
    ]
    made, again = overlapping(*(acts if accepting_first else acts[::-1]))
    assert isinstance(made, str)
    assert isinstance(again, Stale)
    heard = queries.sent(access=world.riverside.sign_in("keyworker"))[0].heard
    assert heard == ("accepted" if accepting_first else "not_accepted")
    assert list(sharing.nowhere(access=Access.system("test"))) == []
