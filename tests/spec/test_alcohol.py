"""Units of alcohol, levels, advice and the signs of dependence, from the worked examples."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from alongside.definitions.alcohol import alcohol as definition
from alongside.kernel.numbers import half_up
from alongside.outcomes import rules
from alongside.outcomes.rules import (
    advice,
    drinking,
    drinking_from_days,
    levels,
    rests_on,
    signs_of_dependence,
    units,
    units_of_standard_drinks,
)
from tests.spec.worked import alcohol


@alcohol.UNITS.each
def test_units_in_a_drink(millilitres, strength, exactly, shown):
    got = units(millilitres, Decimal(strength))
    assert got == Decimal(exactly)
    assert half_up(got, 2) == Decimal(shown)


def test_less_than_a_unit_is_a_day_of_drinking():
    assert drinking([Decimal("0.5"), *[0] * 27]).days == 1


def test_units_of_several_drinks_and_of_american_ones():
    assert units(568, 4, 3) == Decimal("6.816")
    assert units_of_standard_drinks(4) == 7  # 14 g is 1.75 units of 8 g


@alcohol.MONTHS.each
def test_20_units_on_four_days_are_20_a_week_and_not_20_daily(drinking_days, on_each, units, a_week, levels, signs):
    got = drinking([*[0] * (28 - drinking_days), *[on_each] * drinking_days])
    assert (got.days, got.units, got.a_week, got.on_a_drinking_day) == (drinking_days, units, a_week, on_each)
    assert got == drinking_from_days(drinking_days, on_each)
    assert tuple(one.key for one in rules.levels(got, "female")) == levels
    assert tuple(one.key for one in signs_of_dependence(got)) == signs


@pytest.mark.parametrize(
    ("a_week", "sex", "found"),
    [
        ("14", None, []),
        ("14.25", None, ["over_low_risk"]),
        ("35", "female", ["over_low_risk"]),
        ("35.25", "female", ["over_low_risk", "higher_risk"]),
        ("50", "male", ["over_low_risk"]),
        ("50.25", "male", ["over_low_risk", "higher_risk"]),
        ("60", None, ["over_low_risk"]),  # the higher level differs by sex, which is not known
    ],
)
def test_levels_begin_above_their_figure(a_week, sex, found):
    drunk = drinking_from_days(28, Decimal(a_week) / 7)
    assert [one.key for one in levels(drunk, sex)] == found
    assert levels(drunk, sex, "us") == ()  # no level of the United States was sourced


@pytest.mark.parametrize(
    ("instrument", "score", "found"),
    [
        ("audit", 7, ["audit_lower"]),
        ("audit", 8, ["audit_brief"]),
        ("audit", 15, ["audit_brief"]),  # X73: 15 is not “more than 15”
        ("audit", 16, ["audit_brief", "audit_comprehensive"]),
        ("audit", 19, ["audit_brief", "audit_comprehensive"]),
        ("audit", 20, ["audit_comprehensive", "audit_refer"]),
        ("sadq", 14, ["sadq_mild"]),
        ("sadq", 15, ["sadq_moderate"]),
        ("sadq", 30, ["sadq_moderate"]),
        ("sadq", 31, ["sadq_severe"]),
        ("phq9", 20, []),
    ],
)
def test_advice_is_a_suggestion_with_its_source(instrument, score, found):
    got = advice(instrument, Decimal(score))
    assert [one.key for one in got] == found
    assert all(one.source for one in got)


@pytest.mark.parametrize(
    ("score", "found"),
    [
        (7, []),
        (8, ["audit_advice_us"]),
        (15, ["audit_advice_us"]),
        (16, ["audit_counselling_us"]),
        (19, ["audit_counselling_us"]),
        (20, ["audit_refer_us"]),
    ],
)
def test_advice_belongs_to_where_the_service_is(score, found):
    assert [one.key for one in advice("audit", Decimal(score), "us")] == found
    assert advice("sadq", Decimal(score), "us") == ()  # none was sourced there


@pytest.mark.parametrize(
    ("drunk", "scores", "happened", "found"),
    [
        (drinking_from_days(28, 15), {}, (), []),  # more than 15, not 15
        (drinking_from_days(28, Decimal("15.01")), {}, (), ["units_a_day", "units_on_most_days"]),
        (drinking_from_days(1, 16), {}, (), []),  # 16 units on one day in 28 are not 16 units daily
        (drinking_from_days(27, 16), {}, (), ["units_a_day", "units_on_most_days"]),
        (None, {"audit": Decimal(19), "sadq": Decimal(14)}, (), []),
        (None, {"audit": Decimal(20)}, (), ["audit"]),
        (None, {"sadq": Decimal(15)}, (), ["sadq"]),
        (None, {}, ("seizures",), ["seizures"]),
        (None, {}, ("delirium", "seizures"), ["seizures", "delirium"]),
        (drinking_from_days(0, 0), {"audit": Decimal(30)}, ("delirium",), ["audit", "delirium"]),  # stopped already
        (None, {}, (), []),
    ],
)
def test_any_one_sign_is_enough_to_warn(drunk, scores, happened, found):
    assert [one.key for one in signs_of_dependence(drunk, scores, happened)] == found


@pytest.mark.parametrize(
    ("days", "units_a_day", "found"),
    [
        (20, 20, ["units_on_most_days"]),  # 100 units a week: the average over all days hides it
        (15, "15.5", ["units_on_most_days"]),
        (15, 15, []),  # not more than 15
        (14, 20, []),  # half of the days are not most
        (28, 16, ["units_a_day", "units_on_most_days"]),
        (4, 20, []),  # X100
    ],
)
def test_a_great_deal_on_most_days_is_a_sign_too(days, units_a_day, found):
    assert [one.key for one in signs_of_dependence(drinking_from_days(days, Decimal(units_a_day)))] == found


TODAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([], None),
        ([(0, False)], None),
        ([(0, True)], 0),
        ([(400, True)], 0),  # nobody has said otherwise since
        ([(0, True), (0, False)], 0),  # cut down a moment ago, or said to
        ([(28, True), (0, False)], 0),
        ([(29, True), (0, False)], None),  # the newer one looks back on none of the same days
        ([(29, True), (20, False), (0, False)], None),
        ([(60, True), (10, True), (5, False), (0, False)], 1),
        ([(10, True), (5, False), (0, True)], 2),
        ([(10, False), (5, True)], 1),
    ],
)
def test_a_sign_is_kept_for_28_days_after_it_whatever_less_is_said_since(told, found):
    when = [(TODAY - timedelta(days=days), sign) for days, sign in told]
    assert rests_on(when, TODAY) == found


def test_that_span_is_ours_and_says_so():
    kept = definition().kept
    assert (kept.days, kept.verified) == (28, False)
    assert kept.source.startswith("Ours")


@pytest.mark.parametrize(
    ("days", "complaint"),
    [
        ([], "a calendar has 28 days, not 0"),
        ([1] * 27, "a calendar has 28 days, not 27"),
        ([1] * 29, "a calendar has 28 days, not 29"),
        ([*[0] * 27, -1], "nobody drinks less than nothing"),
    ],
)
def test_a_calendar_has_28_days_and_nobody_drinks_less_than_nothing(days, complaint):
    with pytest.raises(ValueError, match=f"^{complaint}$"):
        drinking(days)
