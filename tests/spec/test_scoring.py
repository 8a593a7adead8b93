"""Scoring, from the worked examples: answers, totals as written, bands, cut-offs, flags."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement, permutations

import pytest

from alongside.definitions.instruments import instrument, instruments
from alongside.kernel.errors import Invalid, Several
from alongside.measures.rules import (
    Fault,
    Refused,
    Scored,
    as_shown,
    check_answers,
    check_days_used,
    check_total,
    is_case,
    is_valid_total,
    score,
)
from tests.spec.worked import totals

by_key = instrument  # for tests whose tables have a column of that name
PHQ9, GAD7, AUDIT_C, MI = (instrument(key) for key in ("phq9", "gad7", "audit_c", "mi"))

# Written out by hand from the published bands, one line for each possible total: nothing here is computed.
PHQ9_BANDS = {
    0: "minimal", 1: "minimal", 2: "minimal", 3: "minimal", 4: "minimal",
    5: "mild", 6: "mild", 7: "mild", 8: "mild", 9: "mild",
    10: "moderate", 11: "moderate", 12: "moderate", 13: "moderate", 14: "moderate",
    15: "moderately_severe", 16: "moderately_severe", 17: "moderately_severe",
    18: "moderately_severe", 19: "moderately_severe",
    20: "severe", 21: "severe", 22: "severe", 23: "severe", 24: "severe", 25: "severe", 26: "severe", 27: "severe",
}  # fmt: skip


def every_mixture_with_every_last_answer():
    """All 220 mixtures of nine answers, each with every answer that it holds in the ninth place: a score depends on
    the mixture alone, the flag on the ninth answer alone. (`test_scoring_columns` runs all 262,144 orders.)"""
    for mixture in combinations_with_replacement(range(4), 9):
        for last in sorted(set(mixture)):
            rest = list(mixture)
            rest.remove(last)
            yield (*rest, last)


def test_phq9_is_right_for_every_mixture_of_answers():
    seen = 0
    for answers in every_mixture_with_every_last_answer():
        # Counted, not summed: an independent way to the same number.
        total = answers.count(1) + 2 * answers.count(2) + 3 * answers.count(3)
        flags = ("self_harm_item",) if answers[8] != 0 else ()
        assert score(PHQ9, answers) == Scored(Decimal(total), PHQ9_BANDS[total], flags)
        seen += 1
    assert seen == 660  # 4 last answers times the 165 mixtures of the other eight


def test_the_order_of_the_first_eight_answers_does_not_matter():
    base = (0, 1, 2, 3)
    scores = {score(PHQ9, (*first, *base, 1)).value for first in permutations(base)}
    assert scores == {Decimal(13)}


@pytest.mark.parametrize(
    ("definition", "answers", "value", "band"),
    [
        (GAD7, (0,) * 7, 0, "minimal"),
        (GAD7, (1, 1, 1, 1, 0, 0, 0), 4, "minimal"),
        (GAD7, (1, 1, 1, 1, 1, 0, 0), 5, "mild"),
        (GAD7, (2, 2, 2, 2, 1, 0, 0), 9, "mild"),
        (GAD7, (2, 2, 2, 2, 2, 0, 0), 10, "moderate"),
        (GAD7, (2,) * 7, 14, "moderate"),
        (GAD7, (3, 2, 2, 2, 2, 2, 2), 15, "severe"),
        (GAD7, (3,) * 7, 21, "severe"),
        (AUDIT_C, (0, 0, 0), 0, "screen_negative"),
        (AUDIT_C, (2, 1, 1), 4, "screen_negative"),
        (AUDIT_C, (2, 2, 1), 5, "screen_positive"),  # the United Kingdom's 5, for everybody
        (AUDIT_C, (4, 4, 4), 12, "screen_positive"),
    ],
)
def test_scores_and_bands(definition, answers, value, band):
    assert score(definition, answers) == Scored(Decimal(value), band, ())


def test_item_nine_raises_its_flag_in_the_lowest_band():
    # X89: total 3 with item 9 = 1 is minimal severity, and the flag is raised.
    assert score(PHQ9, (1, 1, 0, 0, 0, 0, 0, 0, 1)) == Scored(Decimal(3), "minimal", ("self_harm_item",))


def test_a_gap_elsewhere_does_not_hide_item_nine():
    result = score(PHQ9, (1, None, 0, 0, 0, 0, 0, 0, 2))
    assert isinstance(result, Refused)
    assert result.flags == ("self_harm_item",)


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ((0, 0, 7, 0, 0, 0, 0, 0, 0), "item3: 7 is not one of 0, 1, 2, 3"),  # 7 is "refused" in surveys, not a number
        ((0, 0, 0, 0, 0, 0, 0, 0, 9), "item9: 9 is not one of 0, 1, 2, 3"),  # 9 is "don't know"
        ((0, None, 0, 0, 0, 0, 0, "", 0), "item2: not answered; item8: not answered"),
        ((0, 0, 0, 0, 0, 0, 0, 0), "item9: not answered"),  # half answered: never filled in
        ((0,) * 10, "item10: there is no such item"),
        ((0, 0, 0, 0, 0, 0, 0, 0, -1), "item9: -1 is not one of 0, 1, 2, 3"),
        ((0, 0, 0, 0, 0, 0, 0, 0, 4), "item9: 4 is not one of 0, 1, 2, 3"),
        ((0, 0, 0, 0, 0, 0, 0, 0, "1.5"), "item9: 1.5 is not one of 0, 1, 2, 3"),
        ((0, 0, 0, 0, 0, 0, 0, 0, 5e-79), "item9: 5e-79 is not one of 0, 1, 2, 3"),  # a nought as some files keep it
        ((0, 0, 0, 0, 0, 0, 0, 0, "02"), "item9: 02 is not one of 0, 1, 2, 3"),  # as a total: a slip of the hand
        ((0, 0, 0, 0, 0, 0, 0, 0, "00"), "item9: 00 is not one of 0, 1, 2, 3"),
        ((0, 0, 0, 0, 0, 0, 0, 0, "+2"), "item9: +2 is not one of 0, 1, 2, 3"),
        ((0, 0, 0, 0, 0, 0, 0, 0, "often"), "item9: often is not one of 0, 1, 2, 3"),
        ((0, 0, 0, 0, 0, 0, 0, 0, float("nan")), "item9: not answered"),
        ((0, 0, 0, 0, 0, 0, 0, 0, True), "item9: True is not one of 0, 1, 2, 3"),
    ],
)
def test_a_refusal_names_the_item_and_the_reason(answers, status):
    result = score(PHQ9, answers)
    assert isinstance(result, Refused)
    assert result.status == status


@pytest.mark.parametrize("two", [2, "2", " 2 ", "2.0", 2.0, Decimal(2)])
def test_an_answer_may_be_a_number_or_its_spelling(two):
    assert score(AUDIT_C, (two, 0, 0)).value == Decimal(2)


@pytest.mark.parametrize("answers", [(1, 2, 3), [1, 2, 3], {1: 1, 3: 3, 2: 2}, {"item3": 3, "item1": 1, "item2": 2}])
def test_answers_come_in_order_or_by_name(answers):
    assert score(AUDIT_C, answers).value == Decimal(6)


def test_an_answer_with_a_strange_name_is_refused():
    with pytest.raises(Invalid, match="q1: Answers are named item1"):
        score(AUDIT_C, {"q1": 1})


def test_a_form_learns_every_problem_at_once():
    with pytest.raises(Several) as caught:
        check_answers(AUDIT_C, {"item1": "5", "item3": "", "item4": 1})
    assert [str(problem) for problem in caught.value.problems] == [
        "item1: 5 is not an answer to this question. Choose one of 0, 1, 2, 3, 4.",
        "item2: This question is not answered. Ask it, or say that they did not want to go on.",
        "item3: This question is not answered. Ask it, or say that they did not want to go on.",
        "item4: This measure has no such question. Take the answer out.",
    ]
    assert check_answers(AUDIT_C, ("1", "2", "3")) == Scored(Decimal(6), "screen_positive", ())


def test_every_fault_has_its_words():
    faults = {problem.fault for problem in score(AUDIT_C, {1: 5, 4: 1}).problems}
    assert faults | {Fault.CONTRADICTS} == set(Fault)


def test_an_instrument_without_items_is_entered_by_total():
    with pytest.raises(Invalid, match="instrument: BIQ is entered by total only"):
        score(instrument("biq"), (0,) * 9)


# The national data set checks totals as text.
@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("phq9", "0"),
        ("phq9", "14"),
        ("phq9", " 14 "),
        ("phq9", 14),
        ("phq9", "27"),
        ("gad7", "21"),
        ("mi", "2.3"),
        ("mi", "2.33"),
        ("mi", "0.0"),
        ("mi", "5.00"),
        ("ibs_sss", "500"),
        ("wsas", "40"),
    ],
)
def test_totals_that_pass(key, written):
    assert check_total(instrument(key), written) == Decimal(str(written).strip())


@pytest.mark.parametrize(
    ("key", "written", "message"),
    [
        ("phq9", "14.0", "“14.0” is not written as a whole number from 0 to 27"),
        ("phq9", "014", "“014” is not written as a whole number from 0 to 27"),
        ("phq9", "00", "“00” is not written"),
        ("phq9", "28", "28 is outside the range: a whole number from 0 to 27"),
        ("phq9", "-1", "“-1” is not written"),
        ("phq9", "+5", "“+5” is not written"),
        ("phq9", "", "“” is not written"),
        ("phq9", "1e1", "“1e1” is not written"),
        ("phq9", "ten", "“ten” is not written"),
        ("phq9", "\uff11\uff14", "is not written"),  # full-width digits
        ("phq9", True, "“True” is not written"),
        ("gad7", "22", "22 is outside the range: a whole number from 0 to 21"),
        ("mi", "2", "“2” is not written as a number from 0 to 5 with 1 or 2 decimals"),
        ("mi", "2.333", "“2.333” is not written"),
        ("mi", "2.", "“2.” is not written"),
        ("mi", ".5", "“.5” is not written"),
        ("mi", "02.3", "“02.3” is not written"),
        ("mi", "5.01", "5.01 is outside the range"),
    ],
)
def test_totals_that_fail_say_why(key, written, message):
    with pytest.raises(Invalid) as caught:
        check_total(instrument(key), written)
    assert caught.value.field == key
    assert message in caught.value.message


@totals.TOTALS.each
def test_a_total_is_faulty_by_format_or_by_range(instrument, written, fault):
    if fault is None:
        assert check_total(by_key(instrument), written) == Decimal(written)
        return
    with pytest.raises(Invalid) as caught:
        check_total(by_key(instrument), written)
    said = {totals.FORMAT: f"“{written}” is not written as", totals.RANGE: f"{written} is outside the range"}
    assert caught.value.message.startswith(said[fault])


def test_a_total_can_name_the_field_of_its_form():
    with pytest.raises(Invalid, match=r"^score: "):
        check_total(PHQ9, "28", field="score")


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("phq9", "9", False),
        ("phq9", "10", True),  # 10 or more; a published leaflet's 9 is wrong
        ("gad7", "7", False),
        ("gad7", "8", True),
        ("spin", "18", False),
        ("spin", "19", True),
        ("mi", "2.3", False),  # strictly above
        ("mi", "2.31", True),
        ("hai", "18", True),
        ("audit_c", "12", None),  # a screen decides no outcome
        ("wsas", "40", None),
    ],
)
def test_cutoffs_at_their_edges(key, value, expected):
    assert is_case(instrument(key), Decimal(value)) is expected


@pytest.mark.parametrize(
    ("twos", "threes", "expected"),
    [(19, 8, False), (18, 9, True)],  # X82: 62/27 shows as 2.30 and is no case; X83: 2.333… is
)
def test_a_mean_is_compared_before_it_is_rounded(twos, threes, expected):
    mean = Fraction(2 * twos + 3 * threes, 27)
    assert is_case(MI, Decimal(mean.numerator) / Decimal(mean.denominator)) is expected


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("mi", "2.296296", "2.30"),  # X82: no case, and 2.30 is not above 2.3
        ("mi", "2.304", "2.304"),  # a case: 2.30 would deny it
        ("mi", "2.304348", "2.304"),
        ("mi", "2.300001", "2.300001"),
        ("mi", "2.30", "2.30"),
        ("mi", "2.305", "2.31"),  # half up
        ("mi", "2.333333", "2.33"),
        ("mi", "2.740741", "2.74"),
        ("mi", "1", "1.00"),
        ("mi_accompanied", "2.304", "2.30"),  # no cut-off is known of it, so that nothing is denied
        ("phq9", "14.000000", "14"),
        ("phq9", "10", "10"),
        ("core10", "8.888889", "8.89"),
        ("core10", "20.000000", "20"),
        ("ldq", "11.25", "11.25"),
        ("oci", "39.996", "39.996"),  # 40 or more is a case
        ("gas", "50", "50"),
    ],
)
def test_a_total_is_shown_on_its_side_of_the_cutoff(key, value, shown):
    """Two decimals of a mean, so that 2.30 stands beside 2.3; more only where two would be on the other side."""
    assert f"{as_shown(instrument(key), Decimal(value)):f}" == shown


@pytest.mark.parametrize("key", [one.key for one in instruments() if one.divides])
def test_no_shown_total_contradicts_its_caseness(key):
    one = instrument(key)
    edges = [cutoff.value for cutoff in one.cutoffs if not cutoff.part]
    steps = [Decimal(step).scaleb(-6) for step in (-10_000, -5_001, -5_000, -4_999, -1, 0, 1, 4_999, 5_000, 10_000)]
    for value in (edge + step for edge in edges for step in steps):
        shown = as_shown(one, value)
        assert is_case(one, shown) is is_case(one, value)
        assert abs(shown - value) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("phq9", "27", True),
        ("phq9", "27.00", True),
        ("phq9", "28", False),
        ("phq9", "-1", False),
        ("phq9", "9.5", False),
        ("mi", "2.33", True),
        ("mi", "2.333", True),  # a mean is as fine as division leaves it; only typing it is bound to two decimals
        ("mi", "2.740741", True),  # 74/27
        ("mi", "5.1", False),
        ("mi", "5.000001", False),
        ("core10", "8.888889", True),  # 8 over nine answers: one gap holds the mean of the others
        ("core10", "40.000001", False),
        ("ldq", "11.25", True),
        ("audit_c", "8.888889", False),  # no gap is filled, so whole numbers only
    ],
)
def test_numbers_read_from_tables(key, value, expected):
    assert is_valid_total(instrument(key), Decimal(value)) is expected


@pytest.mark.parametrize("written", [0, 28, "0", "28", " 7 "])
def test_days_used(written):
    assert check_days_used(written) == int(written)


@pytest.mark.parametrize("written", ["29", "-1", "7.5", "", "7.0", "007", "all", True])
def test_days_used_that_cannot_be(written):
    with pytest.raises(Invalid, match="days_used_of_28: Give a whole number of days from 0 to 28"):
        check_days_used(written)
