"""One form sent twice at once adds one thing to the plan, and the second sender is told so in words."""

from datetime import timedelta

import pytest

from alongside.kernel import clock
from alongside.kernel.errors import Duplicate
from alongside.plan import actions, queries
from tests import factories
from tests.racing import on_postgresql, overlapping

pytestmark = [on_postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person():
    service = factories.partnership().northside
    return factories.registered(service), service.sign_in("therapist"), service.sign_in("keyworker")


def twice(act):
    made, again = overlapping(act, act)
    assert isinstance(again, Duplicate)
    assert again.existing == made


def test_a_goal(person):
    registration, by, _ = person
    twice(lambda: actions.add_goal(registration=registration, words="Sleep", submission="a form", by=by))
    assert len(queries.plan([registration], access=by).goals) == 1


def test_an_action(person):
    registration, by, _ = person
    due = clock.today() + timedelta(days=7)
    one = {"registration": registration, "text": "Ring", "owner": by.actor, "due_on": due, "submission": "a form"}
    twice(lambda: actions.add_action(**one, by=by))
    assert len(queries.plan([registration], access=by).others) == 1


def test_passing_an_action_on(person):
    registration, by, colleague = person
    due = clock.today() + timedelta(days=7)
    made = actions.add_action(registration=registration, text="Ring", owner=by.actor, due_on=due, by=by)
    to = colleague.actor
    twice(lambda: actions.hand_over_action(action=made, owner=to, version=1, submission="a form", by=by))
    assert len(queries.plan([registration], access=by).others) == 2
