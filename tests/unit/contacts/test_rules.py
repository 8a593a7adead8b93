"""When a contact may take place, what it leads to, and who holds it then."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.contacts import rules
from alongside.contacts.rules import HOLDER, MOVES, STATE_AFTER, TASK, Holder, Meeting, Span, State
from alongside.definitions import talking_therapies
from alongside.kernel.errors import Invalid

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
OPEN = Span(date(2026, 3, 2))
ENDED = Span(date(2026, 3, 2), ended_on=date(2026, 3, 4))


def meeting(at, kind="treatment", mode="video", minutes=50):
    return Meeting(kind, at, mode, minutes)


@pytest.mark.parametrize(
    ("at", "state", "span", "kind", "wrong"),
    [
        (NOW, State.KEPT, OPEN, "treatment", None),
        (NOW + timedelta(seconds=1), State.KEPT, OPEN, "treatment", "in the future"),
        (NOW + timedelta(seconds=1), State.MISSED, OPEN, "treatment", "in the future"),
        (NOW + timedelta(days=2), State.CANCELLED, OPEN, "treatment", None),  # cancelled in good time
        (NOW + timedelta(days=2), State.TO_REBOOK, OPEN, "treatment", None),
        (NOW, State.PLANNED, OPEN, "treatment", "is in the future"),
        (NOW + timedelta(seconds=1), State.PLANNED, OPEN, "treatment", None),
        (datetime(2026, 3, 2, 0, tzinfo=UTC), State.KEPT, OPEN, "treatment", None),  # on the day itself
        (datetime(2026, 3, 1, 23, 59, tzinfo=UTC), State.KEPT, OPEN, "assessment", "received on 2 March 2026"),
        (datetime(2026, 3, 4, 16, tzinfo=UTC), State.KEPT, ENDED, "treatment", None),  # the last day of the episode
        (datetime(2026, 3, 5, 9, tzinfo=UTC), State.KEPT, ENDED, "treatment", "ended on 4 March 2026"),
        (datetime(2026, 3, 5, 9, tzinfo=UTC), State.KEPT, ENDED, "follow_up", None),
    ],
)
def test_dates(at, state, span, kind, wrong):
    found = rules.problems(meeting(at, kind), state, span, NOW)
    assert [problem.field for problem in found] == (["date"] if wrong else [])
    assert wrong is None or wrong in found[0].message


def test_a_summer_evening_counts_as_its_own_day_in_london():
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July in London
    assert rules.problems(meeting(late), State.KEPT, Span(date(2026, 7, 1)), late) == []


@pytest.mark.parametrize(
    ("minutes", "state", "allowed"),
    [
        (1, State.KEPT, True),
        (480, State.KEPT, True),
        (0, State.KEPT, False),
        (481, State.KEPT, False),
        (0, State.PLANNED, False),
        (0, State.MISSED, True),  # nobody counts the minutes of a contact that was not kept
    ],
)
def test_minutes(minutes, state, allowed):
    at = NOW + timedelta(days=1) if state is State.PLANNED else NOW
    found = rules.problems(meeting(at, minutes=minutes), state, OPEN, NOW)
    assert [problem.field for problem in found] == ([] if allowed else ["minutes"])


def test_every_field_is_named_at_once_with_its_prefix():
    found = rules.problems(meeting(NOW, "tea", "pigeon", 0), State.PLANNED, OPEN, NOW, prefix="next_")
    assert [problem.field for problem in found] == ["next_kind", "next_mode", "next_minutes", "next_date"]


def test_every_national_attendance_leads_somewhere_that_a_planned_contact_may_go():
    assert set(STATE_AFTER) == {code.key for code in talking_therapies.attendances()}
    assert set(STATE_AFTER.values()) <= MOVES[State.PLANNED]


def test_the_person_was_seen_exactly_where_the_contact_was_kept():
    met = {code.key for code in talking_therapies.attendances() if code.met}
    assert {key for key, state in STATE_AFTER.items() if state is State.KEPT} == met


def test_whoever_holds_a_contact_owes_something_and_nobody_else_does():
    assert {state for state, holder in HOLDER.items() if holder is not Holder.NOBODY} == set(TASK)
    assert {state for state, moves in MOVES.items() if moves} == set(TASK)


@pytest.mark.parametrize("attendance", [key for key, state in STATE_AFTER.items() if state is not State.KEPT])
def test_only_what_was_planned_can_be_missed_or_cancelled(attendance):
    with pytest.raises(Invalid) as refused:
        rules.state_after(attendance, planned=False)
    assert refused.value.field == "attendance"


def test_an_empty_section_is_no_section():
    assert rules.check_note({"agreed": "  A walk. ", "next_time": "\n"}) == {rules.Heading.AGREED: "A walk."}


def test_a_note_too_long_names_its_section():
    with pytest.raises(Invalid) as refused:
        rules.check_note({"agreed": "x" * (rules.LONGEST_NOTE + 1)})
    assert refused.value.field == "agreed"


def test_states_are_written_in_an_order_that_every_move_follows():
    """The history sorts two states of one instant by it."""
    order = list(State)
    backwards = [(a, b) for a, moves in MOVES.items() for b in moves if order.index(b) < order.index(a)]
    assert backwards == []
