"""When a measure is due before the next contact, and when somebody may be reminded."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.caseload import letters, rules

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.mark.parametrize(
    ("answered", "last", "due"),
    [
        ([], None, True),  # never asked, never seen
        ([], MONDAY, True),
        ([MONDAY - DAY], None, False),  # answered before the first contact
        ([MONDAY], MONDAY, True),  # answered at the last contact: it was for that one
        ([MONDAY - 7 * DAY], MONDAY, True),
        ([MONDAY - 7 * DAY, MONDAY + DAY], MONDAY, False),
    ],
)
def test_a_measure_is_due_until_it_was_answered_after_the_last_contact(answered, last, due):
    assert rules.is_due(answered, last) is due


@pytest.mark.parametrize(
    ("answered", "due"),
    [
        ([], True),  # the start of treatment
        ([MONDAY - timedelta(weeks=40)], True),  # of an earlier stay
        ([MONDAY - timedelta(weeks=14)], False),  # on the day on which this one began
        ([MONDAY - timedelta(weeks=14), MONDAY - timedelta(weeks=1)], False),
    ],
)
def test_a_measure_of_the_start_is_due_until_it_was_taken_in_this_stay(answered, due):
    begun = (MONDAY - timedelta(weeks=14)).date()
    assert rules.is_review_due(answered, begun, 20, MONDAY) is due


@pytest.mark.parametrize(("weeks", "due"), [(11, False), (12, True), (13, True)])
def test_a_review_is_due_so_many_weeks_after_the_last(weeks, due):
    answered = [MONDAY - timedelta(weeks=20), MONDAY - timedelta(weeks=weeks)]
    assert rules.is_review_due(answered, (MONDAY - timedelta(weeks=20)).date(), 12, MONDAY) is due


@pytest.mark.parametrize(("ago", "may"), [(11 * HOUR, False), (12 * HOUR, True), (6 * DAY, True)])
def test_nobody_is_reminded_with_the_first_message_hardly_read(ago, may):
    assert rules.may_remind(MONDAY - ago, MONDAY) is may


@pytest.mark.parametrize("service", ["", "Riverside Substance Use Service"])
def test_a_message_says_nothing_about_health_by_itself(service):
    address = "https://questions.example.org/answer/abc/"
    for letter in (
        letters.invitation(address, MONDAY.date(), service),
        letters.reminder(address, MONDAY.date(), service, MONDAY.date(), "10:00"),
    ):
        own = f"{letter.subject} {letter.text}".replace(service, "") if service else f"{letter.subject} {letter.text}"
        for word in ("therap", "health", "mood", "drink", "drug", "alcohol", "treatment", "clinic", "phq", "risk"):
            assert word not in own.lower()
        assert address in letter.text
        assert (service in letter.text) if service else ("This is from" not in letter.text)
