"""What is closed between a question and the answer's last word is not in the answer, whichever way it leaves."""

import threading

import pytest
from django.db import connections, transaction

from alongside.access import actions as access
from alongside.access import reading
from alongside.access.rules import Effect, Handle
from alongside.audit import queries as ledger
from alongside.consent import queries as consents
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.people import queries as people
from alongside.plan import actions as plans
from alongside.plan import queries as plan
from alongside.sharing import actions as sharing
from tests import factories
from tests.racing import on_postgresql

pytestmark = [on_postgresql, pytest.mark.django_db(transaction=True)]
PLAN = policy.categories_mask("plan")


@pytest.fixture
def person():
    return factories.JointJourney()


@pytest.fixture
def goal(person):
    """Northside's, which Riverside may see."""
    return plans.add_goal(registration=person.northside, words="Sleep", by=person.therapist)


def meanwhile(act):
    """The act of somebody else's request, which has committed when this returns."""

    def done():
        act()
        connections["default"].close()

    thread = threading.Thread(target=done)
    thread.start()
    thread.join()


def asks(question, act):
    """A page that asks its question, and what was closed while it did so for the first time."""
    found = []

    def page():
        found.append(question())
        if len(found) == 1:
            meanwhile(act)
        return found[-1]

    return page, found


def goals(registration, by):
    return lambda: [one.words for one in plan.plan([registration], access=by).goals]


def withdraw(person):
    [one] = consents.current(person.northside, access=person.therapist)
    return lambda: sharing.withdraw(consent_id=one.id, by=person.therapist)


def shown_to(access, registration):
    return [one for one in ledger.about(registration) if (one.actor, one.act) == (access.actor, "shown")]


def test_a_page_is_read_again(person, goal):
    page, found = asks(goals(person.northside, person.keyworker), withdraw(person))
    assert reading.read(person.keyworker, "plans.plan", page) == []
    assert found[0] == ["Sleep"]
    assert not shown_to(person.keyworker, person.northside)


def test_a_form_that_is_shown_again_is_read_like_a_page(person, goal):
    """It was refused, so that what stands around it leaves with it."""
    page, found = asks(goals(person.northside, person.keyworker), withdraw(person))
    assert reading.act(person.keyworker, "plans.goal", page, shows=lambda answer: True) == []
    assert found[0] == ["Sleep"]
    assert not shown_to(person.keyworker, person.northside)


def test_an_act_sees_what_others_commit_and_is_done_once(person, goal):
    """It looks at what it decides by, and leaves with an address: nothing is shown, and nothing is done again."""
    page, found = asks(goals(person.northside, person.keyworker), withdraw(person))

    def add():
        page()
        plans.add_goal(registration=person.riverside, words="Work", by=person.keyworker)
        return page()

    assert reading.act(person.keyworker, "plans.goal", add, shows=lambda answer: False) == []
    assert found == [["Sleep"], []]
    assert goals(person.riverside, person.keyworker)() == ["Work"]


def test_an_act_that_answers_with_a_page_is_done_once(person, goal):
    def add():
        plans.add_goal(registration=person.riverside, words="Work", by=person.keyworker)
        return goals(person.northside, person.keyworker)()

    assert reading.act(person.keyworker, "plans.goal", add, shows=lambda answer: True) == ["Sleep"]
    assert goals(person.riverside, person.keyworker)() == ["Work"]
    assert len(shown_to(person.keyworker, person.northside)) == 1


def test_what_a_copy_was_made_from_is_held_too(person, goal):
    """The therapist holds a copy of what Riverside wrote, and is refused there by name."""
    with transaction.atomic():
        access.copied_from(
            record=goal, registration=person.riverside, needs=PLAN, occurred_at=clock.now(), by=person.therapist
        )
    choice = factories.choice(recipient=Handle.practitioner(person.therapist.actor), effect=Effect.DENY)

    def refuse():
        sharing.refuse(registration=person.riverside, choice=choice, by=person.keyworker)

    page, found = asks(goals(person.northside, person.therapist), refuse)
    assert reading.read(person.therapist, "plans.plan", page) == []
    assert found[0] == ["Sleep"]


def agreed_to_be_counted(person):
    """Northside may count in its evaluation whom Riverside knows, too."""
    service = person.world.northside
    choice = factories.choice(recipient=Handle.service(service.id), purpose="evaluation")
    made = sharing.agree(registration=person.riverside, choice=choice, by=person.keyworker)
    return service.sign_in("evaluator", "evaluation"), lambda: sharing.withdraw(consent_id=made, by=person.keyworker)


@pytest.mark.parametrize("snapshot", [True, False], ids=["on the screen", "as a file"])
def test_a_count_is_held_like_a_page(person, snapshot):
    """Nobody is named, and who takes back their leave to be counted is in no figure that is entered after that."""
    evaluator, withdraw = agreed_to_be_counted(person)
    page, found = asks(lambda: len(people.characteristics(access=evaluator)), withdraw)
    if snapshot:
        assert reading.read(evaluator, "evaluation.evaluation", page) == 1
    else:
        assert reading.act(evaluator, "evaluation.release", page, shows=lambda answer: True) == 1
    assert found[0] == 2
