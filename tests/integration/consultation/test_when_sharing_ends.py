"""Withdrawing consent returns what the other side can no longer read, at once, and tells them nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from alongside.access.context import Access
from alongside.consent import actions as consent
from alongside.consultation import actions, queries
from alongside.consultation.models import Consultation
from alongside.consultation.rules import State
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed, NotThere
from alongside.people import actions as people
from alongside.people import queries as links
from alongside.tasks import queries as tasks
from tests.factories import SETTING_UP, Joint, agreed, joint

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 6, 15, 9, tzinfo=UTC)


@pytest.fixture
def pair():
    with clock.at(MONDAY):
        yield joint("identity", "team", "consultation")


def therapist(pair: Joint) -> Access:
    return pair.here.sign_in("therapist")


def keyworker(pair: Joint) -> Access:
    return pair.there.sign_in("keyworker")


def at(pair: Joint, state: State) -> str:
    """A question brought to `state` by the people who bring it there."""
    made = actions.ask(registration=pair.registration, answering_service=pair.there.id, text="?", by=therapist(pair))
    if state is not State.ASKED:
        actions.accept(consultation=made, version=1, by=keyworker(pair))
    if state is State.CLARIFYING:
        actions.ask_back(consultation=made, text="Who?", version=2, by=keyworker(pair))
    if state is State.ANSWERED:
        actions.answer(consultation=made, recommendations=["Wait."], version=2, by=keyworker(pair))
    return made


@transaction.atomic
def withdraw_here(pair: Joint) -> None:
    consent.withdraw(consent=pair.consents[0], by=therapist(pair))
    actions.reroute(registration=pair.registration, by=therapist(pair))


@transaction.atomic
def withdraw_there(pair: Joint) -> None:
    consent.withdraw(consent=pair.consents[1], by=keyworker(pair))
    actions.reroute(registration=pair.registration_there, by=keyworker(pair))


def holders(pair: Joint) -> tuple[list[str], list[str]]:
    """What is owed about the person (asking side, answering side), as each side sees it."""
    here = [task.kind for task in tasks.about([pair.registration], access=therapist(pair))]
    there = [task.kind for task in tasks.about([pair.registration_there], access=keyworker(pair))]
    return here, there


@pytest.mark.parametrize("state", [State.ASKED, State.ACCEPTED, State.CLARIFYING])
def test_a_question_that_can_no_longer_be_read_returns_to_the_asker(pair: Joint, state: State) -> None:
    made = at(pair, state)
    withdraw_here(pair)
    assert Consultation.objects.get(pk=made).state == State.RETURNED
    assert holders(pair) == (["returned"], [])
    assert queries.inbox(access=keyworker(pair)) == queries.Inbox()
    with pytest.raises(NotThere):
        actions.accept(consultation=made, version=2, by=keyworker(pair))


def test_an_answer_that_was_given_stays_with_the_asker(pair: Joint) -> None:
    made = at(pair, State.ANSWERED)
    withdraw_here(pair)
    assert holders(pair) == (["reply"], [])
    assert queries.thread(made, access=therapist(pair)).advice[0].recommendations[0].recommendation == "Wait."


@pytest.mark.parametrize("state", [State.CLARIFYING, State.ANSWERED])
def test_what_the_asker_can_no_longer_read_returns_to_its_writer(pair: Joint, state: State) -> None:
    made = at(pair, state)
    withdraw_there(pair)
    assert Consultation.objects.get(pk=made).state == State.ACCEPTED
    assert holders(pair) == ([], ["answer"])
    assert queries.thread(made, access=therapist(pair)).advice == ()


def test_an_answer_nobody_could_read_is_not_given(pair: Joint) -> None:
    made = at(pair, State.ACCEPTED)
    withdraw_there(pair)
    with pytest.raises(NotAllowed, match="share answers with Northside"):
        actions.answer(consultation=made, recommendations=["Wait."], version=2, by=keyworker(pair))


def test_the_clock_of_a_returned_clarification_runs_on(pair: Joint) -> None:
    made = at(pair, State.CLARIFYING)
    before = Consultation.objects.get(pk=made).due_at
    with clock.at(MONDAY + timedelta(hours=2)):
        withdraw_there(pair)
    row = Consultation.objects.get(pk=made)
    assert (row.paused_at, row.due_at) == (None, before + timedelta(hours=18))  # two open hours fall on the next day


def test_a_narrower_choice_that_still_shares_questions_changes_nothing(pair: Joint) -> None:
    made = at(pair, State.ACCEPTED)
    with transaction.atomic():
        agreed(pair.registration, pair.here, pair.there, "consultation")
        actions.reroute(registration=pair.registration, by=therapist(pair))
    assert Consultation.objects.get(pk=made).version == 2


def test_unlinking_returns_the_question(pair: Joint) -> None:
    made = at(pair, State.ASKED)
    with transaction.atomic():
        link = links.link_between(pair.registration, pair.registration_there, access=SETTING_UP)
        people.unlink(link=link, by=SETTING_UP)
        actions.reroute(registration=pair.registration, by=therapist(pair))
    assert Consultation.objects.get(pk=made).state == State.RETURNED
