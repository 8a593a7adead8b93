"""Who holds a question, where it may go, and when its answer is due."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.consultation import rules
from alongside.consultation.rules import HOLDER, MOVES, OPEN, OWED, Holds, Reply, Side, State, Urgency
from alongside.definitions.agreements import agreement
from alongside.kernel.errors import Invalid, NotAllowed, Several
from alongside.kernel.periods import OpeningHours
from alongside.organisations.rules import opening_hours, usual_hours

HOURS = opening_hours(usual_hours(), "Europe/London", {datetime(2026, 8, 31, tzinfo=UTC).date()})
AGREED = agreement("northside_riverside")


def london(day: int, hour: int, minute: int = 0, month: int = 6) -> datetime:
    """An instant of summer 2026 by the clock on the wall; 15 June is a Monday."""
    return datetime(2026, month, day, hour - 1, minute, tzinfo=UTC)


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_holder_and_moves(state: State) -> None:
    assert state in HOLDER
    assert state in MOVES
    assert bool(MOVES[state]) == (HOLDER[state] is not Holds.NOBODY)  # whoever holds it can do something about it
    assert (state in OWED) == (state in OPEN)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_the_holders_side_can_always_move_it(state: State) -> None:
    assert rules.moves(state, rules.side_of(HOLDER[state]))


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_open_state_leads_to_an_end(state: State) -> None:
    reached, fresh = {state}, {state}
    while fresh:
        fresh = {to for one in fresh for to in MOVES[one]} - reached
        reached |= fresh
    assert reached & {State.CLOSED, State.WITHDRAWN}


@pytest.mark.parametrize(
    ("now", "to", "side"),
    [
        (State.ASKED, State.ANSWERED, Side.ANSWERING),  # somebody takes it on first
        (State.ASKED, State.ACCEPTED, Side.ASKING),  # not for the asker to accept
        (State.ANSWERED, State.WITHDRAWN, Side.ASKING),  # it was answered: close it
        (State.ANSWERED, State.ACCEPTED, Side.ANSWERING),  # only where the asker lost sight of it
        (State.CLOSED, State.ANSWERED, Side.ANSWERING),
        (State.WITHDRAWN, State.ASKED, Side.ASKING),
        (State.RETURNED, State.ACCEPTED, Side.ANSWERING),  # the person did not agree that they read it
    ],
)
def test_a_move_that_is_not_in_the_table_is_refused(now: State, to: State, side: Side) -> None:
    with pytest.raises(NotAllowed):
        rules.check_move(now, to, side)


@pytest.mark.parametrize(
    ("asked", "urgency", "due"),
    [
        (london(15, 10), "routine", london(17, 17)),  # Monday: closing time on Wednesday
        (london(15, 18), "routine", london(17, 17)),  # after closing it is still Monday's question
        (london(19, 10), "routine", london(23, 17)),  # Friday: the weekend does not count
        (london(20, 10), "routine", london(23, 17)),  # asked on a Saturday
        (london(15, 10), "soon", london(16, 17)),
        (london(15, 10), "same_day", london(15, 14)),  # four opening hours
        (london(15, 15), "same_day", london(16, 11)),  # two today, two tomorrow
        (london(15, 13), "same_day", london(15, 17)),  # ends exactly at closing time
        (london(28, 15, month=8), "same_day", london(1, 11, month=9)),  # a bank holiday on the Monday
    ],
)
def test_an_answer_is_due_in_working_time_from_asking(asked: datetime, urgency: str, due: datetime) -> None:
    assert rules.due_at(asked, Urgency(urgency), AGREED, HOURS) == due


@pytest.mark.parametrize("urgency", list(Urgency))
def test_the_agreement_promises_every_urgency(urgency: Urgency) -> None:
    assert getattr(AGREED.consultation.answer_within, urgency)


@pytest.mark.parametrize(
    ("paused", "resumed", "due"),
    [
        (london(15, 11), london(15, 13), london(15, 16)),  # three hours were left
        (london(15, 11), london(16, 10), london(16, 13)),
        (london(15, 11), london(20, 12), london(22, 12)),  # clarified on a Saturday: from Monday nine o'clock
        (london(15, 15), london(16, 15), london(15, 14)),  # already late: asking back does not make it on time
    ],
)
def test_the_clock_stands_still_while_the_asker_clarifies(paused: datetime, resumed: datetime, due: datetime) -> None:
    assert rules.due_after_pause(london(15, 14), paused, resumed, HOURS) == due


instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(instants, st.sampled_from(list(Urgency)), st.integers(0, 10_000))
def test_a_pause_of_no_time_changes_nothing(asked: datetime, urgency: Urgency, minutes: int) -> None:
    due = rules.due_at(asked, urgency, AGREED, HOURS)
    paused = asked + timedelta(minutes=minutes)
    assert rules.due_after_pause(due, paused, paused, HOURS) == due


@given(instants, instants, instants)
def test_working_time_adds_up(one: datetime, two: datetime, three: datetime) -> None:
    first, middle, last = sorted([one, two, three])
    whole = rules.working_time(first, last, HOURS)
    assert whole == rules.working_time(first, middle, HOURS) + rules.working_time(middle, last, HOURS)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (london(15, 10), london(15, 12), timedelta(hours=2)),
        (london(15, 16), london(16, 10), timedelta(hours=2)),  # the night does not count
        (london(19, 16), london(22, 10), timedelta(hours=2)),  # nor the weekend
        (london(16, 10), london(15, 10), timedelta()),  # backwards is none
    ],
)
def test_working_time_is_open_time(start: datetime, end: datetime, expected: timedelta) -> None:
    assert rules.working_time(start, end, HOURS) == expected


def test_a_service_that_never_opens_promises_nothing() -> None:
    with pytest.raises(ValueError, match="no open day"):
        rules.due_at(london(15, 10), Urgency.SOON, AGREED, OpeningHours({}, HOURS.zone))


@pytest.mark.parametrize(
    ("answered", "now", "expected"),
    [
        (None, london(17, 17), None),  # it can still be answered in time
        (None, london(17, 18), False),
        (london(17, 17), london(30, 9), True),  # exactly at the due time
        (london(17, 18), london(30, 9), False),
    ],
)
def test_whether_an_answer_was_in_time(answered: datetime | None, now: datetime, expected: bool | None) -> None:
    assert rules.in_time(london(17, 17), answered, now) is expected


@pytest.mark.parametrize(
    ("replies", "fields"),
    [
        ([], ["replies"]),
        ([Reply(1, "taken"), Reply(1, "taken")], ["replies"]),
        ([Reply(0, "taken")], ["reply_0"]),
        ([Reply(3, "taken")], ["reply_3"]),  # there are two recommendations
        ([Reply(2, "taken")], ["reply_2"]),  # it already has a reply
        ([Reply(1, "liked")], ["reply_1"]),
        ([Reply(1, "adapted", "  ")], ["reply_1"]),
        ([Reply(1, "declined")], ["reply_1"]),
    ],
)
def test_a_wrong_reply_is_named(replies: list[Reply], fields: list[str]) -> None:
    with pytest.raises(Several) as caught:
        rules.check_replies(replies, 2, {2})
    assert [problem.field for problem in caught.value.problems] == fields


@pytest.mark.parametrize("reply", [Reply(1, "taken"), Reply(1, "adapted", "Weekly."), Reply(1, "declined", "No car.")])
def test_a_right_reply_passes(reply: Reply) -> None:
    rules.check_replies([reply], 2, {2})


@pytest.mark.parametrize(("texts", "expected"), [(["a", " ", " b "], ["a", "b"]), (["x"] * 12, ["x"] * 12)])
def test_recommendations_are_numbered_without_gaps(texts: list[str], expected: list[str]) -> None:
    assert rules.check_recommendations(texts) == expected


@pytest.mark.parametrize("texts", [[], ["", " "], ["x"] * 13, ["x" * 4001]])
def test_no_or_too_many_recommendations_are_refused(texts: list[str]) -> None:
    with pytest.raises(Invalid) as caught:
        rules.check_recommendations(texts)
    assert caught.value.field == "recommendations"
