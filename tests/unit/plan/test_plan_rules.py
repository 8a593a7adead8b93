"""States, due times and progress of a plan."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.kernel.errors import Invalid, NotAllowed
from alongside.organisations.rules import opening_hours, usual_hours
from alongside.plan import rules
from alongside.plan.rules import MOVES, ActionState

HOURS = opening_hours(usual_hours(), "Europe/London")
TODAY = date(2026, 6, 15)


@pytest.mark.parametrize("state", list(ActionState))
def test_every_state_has_its_moves(state: ActionState) -> None:
    assert bool(MOVES[state]) == (state is ActionState.OPEN)


@pytest.mark.parametrize("now", [ActionState.DONE, ActionState.NOT_DONE, ActionState.HANDED_OVER])
def test_what_is_over_is_not_done_again(now: ActionState) -> None:
    with pytest.raises(NotAllowed):
        rules.check_move(now, ActionState.DONE)


@pytest.mark.parametrize(
    ("due_on", "due"),
    [
        (date(2026, 6, 17), datetime(2026, 6, 17, 16, tzinfo=UTC)),  # closing time
        (date(2026, 6, 20), datetime(2026, 6, 20, 16, tzinfo=UTC)),  # a Saturday: five in the afternoon all the same
        (date(2026, 12, 1), datetime(2026, 12, 1, 17, tzinfo=UTC)),  # winter time
    ],
)
def test_an_action_is_due_at_closing_time(due_on: date, due: datetime) -> None:
    assert rules.due_at(due_on, HOURS) == due


@pytest.mark.parametrize("due_on", [TODAY, TODAY + timedelta(days=366)])
def test_a_due_day_that_somebody_will_live_to_see(due_on: date) -> None:
    assert rules.check_due(due_on, TODAY) == due_on


@pytest.mark.parametrize("due_on", [TODAY - timedelta(days=1), TODAY + timedelta(days=367)])
def test_a_due_day_that_is_past_or_too_far_is_refused(due_on: date) -> None:
    with pytest.raises(Invalid) as caught:
        rules.check_due(due_on, TODAY)
    assert caught.value.field == "due_on"


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], (0, 0)),
        (["done", "open"], (1, 2)),
        (["not_done"], (0, 1)),
        (["handed_over", "done"], (1, 1)),  # one thing to do, whoever does it
    ],
)
def test_progress(states: list[str], expected: tuple[int, int]) -> None:
    assert rules.progress([ActionState(state) for state in states]) == expected


@pytest.mark.parametrize(
    ("agreed", "standing", "expected"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "b"], ["a"], True),  # something left the plan
        (["a"], ["a", "b"], False),  # something was added
    ],
)
def test_an_agreement_covers_what_stood_in_the_plan(agreed: list[str], standing: list[str], expected: bool) -> None:
    assert rules.agreed_all(agreed, standing) is expected
