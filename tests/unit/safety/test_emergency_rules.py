"""Who may look in an emergency, what they have to say, whose record opens, and by when somebody reviews it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from alongside.definitions import policy
from alongside.kernel.errors import Invalid
from alongside.organisations.rules import opening_hours, usual_hours
from alongside.safety import rules
from alongside.safety.rules import Declaration

SAID = Declaration("Found unconscious")
WRITTEN = Declaration("Found unconscious", "Dr Rivera", "County Hospital", "K. Worker", "Overdose")
HOURS = opening_hours(usual_hours(), "Europe/London")
FRIDAY = datetime(2026, 3, 6, 15, tzinfo=UTC)


def role(key):
    return policy.roles()[key].mask


@pytest.mark.parametrize(
    ("pack", "who", "why", "opens"),
    [
        ("uk", "therapist", SAID, True),
        ("uk", "duty_worker", SAID, True),
        ("uk", "gp", SAID, True),
        ("uk", "administrator", SAID, False),
        ("uk", "privacy_lead", SAID, False),
        ("uk", "evaluator", SAID, False),
        ("us", "therapist", SAID, True),
        ("us_part2", "prescriber", WRITTEN, True),
        ("us_part2", "gp", WRITTEN, True),
        ("us_part2", "prescriber", SAID, False),
        ("us_part2", "therapist", WRITTEN, False),
        ("us_part2", "team_lead", WRITTEN, False),
        *(("us_part2", "prescriber", replace(WRITTEN, **{name: ""}), False) for name in rules.DOCUMENTED),
    ],
)
def test_whose_record_opens_to_whom(pack, who, why, opens):
    assert rules.opens(pack, role(who), why) is opens


@pytest.mark.parametrize(
    ("who", "may"),
    [("therapist", True), ("gp", True), ("administrator", False), ("privacy_lead", False), ("person", False)],
)
def test_who_may_declare_one_at_all(who, may):
    assert rules.may_declare(role(who)) is may


@pytest.mark.parametrize(("jurisdiction", "asked"), [("uk", False), ("us", True), ("", False)])
def test_what_is_asked_depends_on_where_the_reader_is_and_on_nobody_else(jurisdiction, asked):
    assert rules.asked_to_document(jurisdiction) is asked


@pytest.mark.parametrize(
    ("why", "documented", "field"),
    [
        (Declaration(""), False, "reason"),
        (Declaration(" \n"), False, "reason"),
        (Declaration("x" * 2_001), False, "reason"),
        *((replace(WRITTEN, **{name: " "}), True, name) for name in rules.DOCUMENTED),
        (replace(WRITTEN, medical_name="x" * 121), True, "medical_name"),
        (replace(WRITTEN, nature="x" * 2_001), True, "nature"),
    ],
)
def test_what_is_missing_is_named(why, documented, field):
    with pytest.raises(Invalid) as refused:
        rules.check_why(why, documented=documented)
    assert refused.value.field == field


def test_what_was_not_asked_for_is_not_kept():
    assert rules.check_why(WRITTEN, documented=False) == SAID
    assert rules.check_why(replace(WRITTEN, reason=" Found unconscious "), documented=True) == WRITTEN


@pytest.mark.parametrize(
    ("verdict", "words", "field"),
    [
        ("", "Rang", "verdict"),
        ("fine", "Rang", "verdict"),
        ("appropriate", " ", "words"),
        ("follow_up", "x" * 2_001, "words"),
    ],
)
def test_a_review_says_what_was_found(verdict, words, field):
    with pytest.raises(Invalid) as refused:
        rules.check_review(verdict, words)
    assert refused.value.field == field


def test_what_is_followed_up_is_still_owed():
    assert [one.value for one in rules.Verdict if rules.settles(one)] == ["appropriate", "not_appropriate"]


@pytest.mark.parametrize(
    ("again", "due"), [(False, datetime(2026, 3, 10, 17, tzinfo=UTC)), (True, datetime(2026, 3, 13, 17, tzinfo=UTC))]
)
def test_by_when_it_is_reviewed(again, due):
    assert rules.review_due(FRIDAY, HOURS, again=again) == due
