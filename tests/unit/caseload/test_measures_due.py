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
