"""What a total hides: the answer about self-harm must be said, and cannot contradict the total."""

from decimal import Decimal

import pytest

from alongside.definitions.instruments import instrument
from alongside.kernel.errors import Invalid
from alongside.measures.rules import check_harm, holds_harm, rules_out_harm
from tests.rebuilding import rebuilt

UNSAID = "Say what the {} on paper answers about self-harm. If it was left out, ask them first."
HOLDS_ONE = "A {} of {} holds an answer about self-harm. Look at the paper again."
HOLDS_NONE = "A {} of {} holds no answer about self-harm. Look at the paper again."


@pytest.mark.parametrize(
    ("key", "total", "harm"),
    [
        ("phq9", 0, False),
        ("phq9", 24, False),  # three on each of the other eight
        ("phq9", 1, True),
        ("phq9", 27, True),
        ("core10", 36, False),
        ("core10", 1, True),
        ("core10", 40, True),
        ("reqol10", 0, True),  # we hold no answers of it: nothing is known of its limits
        ("reqol10", 40, False),
    ],
)
def test_what_a_total_can_hide(key, total, harm):
    assert check_harm(instrument(key), Decimal(total), harm) is harm


@pytest.mark.parametrize("harm", [None, False, True])
def test_an_instrument_that_does_not_ask_hides_nothing(harm):
    assert check_harm(instrument("gad7"), Decimal(21), harm) is False


@pytest.mark.parametrize(
    ("key", "total", "harm", "said"),
    [
        ("phq9", 9, None, UNSAID.format("PHQ-9")),
        ("reqol10", 9, None, UNSAID.format("ReQoL-10")),
        ("phq9", 25, False, HOLDS_ONE.format("PHQ-9", 25)),
        ("core10", 37, False, HOLDS_ONE.format("CORE-10", 37)),
        ("phq9", 0, True, HOLDS_NONE.format("PHQ-9", 0)),
        ("core10", 0, True, HOLDS_NONE.format("CORE-10", 0)),
    ],
)
def test_what_it_cannot(key, total, harm, said):
    with pytest.raises(Invalid) as refusal:
        check_harm(instrument(key), Decimal(total), harm)
    assert (refusal.value.field, refusal.value.message) == (f"{key}_harm", said)


@pytest.mark.parametrize(
    ("key", "total", "ruled_out"),
    [("phq9", "0", True), ("phq9", " 1 ", False), ("phq9", "x", False), ("phq9", "", False), ("reqol10", 0, False)],
)
def test_a_total_that_leaves_no_room(key, total, ruled_out):
    assert rules_out_harm(instrument(key), total) is ruled_out


@pytest.mark.parametrize(
    ("key", "total", "held"),
    [("phq9", 24, False), ("phq9", 25, True), ("core10", 36, False), ("core10", 37, True), ("reqol10", 40, False)],
)
def test_a_total_that_cannot_be_without_it(key, total, held):
    assert holds_harm(instrument(key), Decimal(total)) is held


FROM_ONE = rebuilt(
    instrument("phq9"),
    answers=(1, 2, 3, 4),
    range={"minimum": 9, "maximum": 36, "source": "Invented for this test", "verified": False},
    flags=({"key": "self_harm_item", "items": (9,), "at_least": 2, "source": "Invented", "verified": False},),
    bandings=(),
    cutoffs=(),
    reliable_change=None,
    norms=None,
    verified=False,
)


@pytest.mark.parametrize(("total", "harm"), [(33, False), (10, True), (36, True), (9, False)])
def test_limits_of_answers_that_begin_at_one(total, harm):
    assert check_harm(FROM_ONE, Decimal(total), harm) is harm


@pytest.mark.parametrize(("total", "harm"), [(34, False), (9, True)])
def test_beyond_them(total, harm):
    with pytest.raises(Invalid):
        check_harm(FROM_ONE, Decimal(total), harm)


@pytest.mark.parametrize(
    "changes",
    [
        {"flags": (), "asks_about_harm": True},  # no answer is known to tell of it
        {"rule": "mean", "range": {"minimum": 0, "maximum": 3, "source": "Invented", "verified": False}},
    ],
)
def test_of_other_instruments_no_limit_is_known(changes):
    other = rebuilt(
        instrument("phq9"), bandings=(), cutoffs=(), reliable_change=None, norms=None, verified=False, **changes
    )
    assert check_harm(other, other.range.maximum, harm=False) is False
    assert check_harm(other, other.range.minimum, harm=True) is True
