"""When a period is over: each case one day too early and on the first day; and what else stands in the way."""

from datetime import date, timedelta

import pytest

from alongside.definitions import retention
from alongside.definitions.retention import Retention
from alongside.kernel.errors import Invalid, NotAllowed
from alongside.people import rules
from alongside.people.rules import Life

UK = retention.retention("uk")
DAY = timedelta(days=1)
GROWN = date(1970, 6, 15)

# (born, last contact, died) and the last day on which the record has to be kept.
CASES = {
    "an adult: 20 years": (GROWN, date(2001, 3, 5), None, date(2021, 3, 5)),
    "last seen on a day that few years have": (GROWN, date(2000, 2, 29), None, date(2020, 2, 29)),
    "and where the year has none": (GROWN, date(2004, 2, 29), None, date(2024, 2, 29)),
    "died: 8 years": (GROWN, date(2001, 3, 5), date(2001, 4, 1), date(2009, 4, 1)),
    "died on a day that few years have": (GROWN, date(2004, 1, 1), date(2004, 2, 29), date(2012, 2, 29)),
    "died long after: 20 years are over first": (GROWN, date(2001, 3, 5), date(2020, 1, 1), date(2021, 3, 5)),
    "the family was seen after the death": (GROWN, date(2003, 3, 5), date(2001, 4, 1), date(2011, 3, 5)),
    "a child of 2: to the 25th birthday": (date(2000, 7, 1), date(2002, 7, 2), None, date(2025, 7, 1)),
    "a child of 6: 20 years are longer": (date(2000, 7, 1), date(2006, 7, 2), None, date(2026, 7, 2)),
    "at 17": (date(2000, 7, 1), date(2018, 6, 30), None, date(2038, 6, 30)),
    "at 18": (date(2000, 7, 1), date(2018, 7, 1), None, date(2038, 7, 1)),
    "a child who died": (date(2000, 7, 1), date(2002, 7, 2), date(2003, 1, 1), date(2011, 1, 1)),
}
SHORT = Retention(
    pack="short",
    words="Short enough that a child's birthdays decide.",
    after_contact=2,
    after_death=1,
    child_until=25,
    child_latest=26,
    source="a test",
    verified=False,
)
OF_A_CHILD = {
    "at 16: the 25th birthday": (date(2000, 7, 1), date(2017, 6, 30), date(2025, 7, 1)),
    "at 17, on the first day": (date(2000, 7, 1), date(2017, 7, 1), date(2026, 7, 1)),
    "at 17, on the last day": (date(2000, 7, 1), date(2018, 6, 30), date(2026, 7, 1)),
    "at 18, on the birthday": (date(2000, 7, 1), date(2018, 7, 1), date(2020, 7, 1)),
    "born on 29 February": (date(2000, 2, 29), date(2010, 1, 1), date(2025, 3, 1)),
}


@pytest.mark.parametrize(("born", "last", "died", "until"), CASES.values(), ids=CASES)
def test_the_last_day_of_each(born, last, died, until):
    assert rules.kept_until(UK, Life(born, last, died)) == until


@pytest.mark.parametrize(("born", "last", "died", "until"), CASES.values(), ids=CASES)
def test_no_death_makes_it_sooner_than_the_earliest(born, last, died, until):
    earliest = rules.kept_if_died(UK, Life(born, last))
    assert earliest <= until
    assert earliest == rules.kept_until(UK, Life(born, last, last))


@pytest.mark.parametrize(("born", "last", "until"), OF_A_CHILD.values(), ids=OF_A_CHILD)
def test_a_child_is_kept_until_a_birthday(born, last, until):
    assert rules.kept_until(SHORT, Life(born, last)) == until


def check(until, today, held=False, unfinished=()):
    rules.check_erasable(until, today, why_unknown="Ask your state.", held=held, unfinished=unfinished)


@pytest.mark.parametrize(("today", "may"), [(-DAY, False), (timedelta(0), False), (DAY, True)])
def test_the_day_after_the_last_one_is_the_first(today, may):
    until = date(2021, 3, 5)
    if may:
        check(until, until + today)
    else:
        with pytest.raises(NotAllowed, match="until 5 March 2021"):
            check(until, until + today)


def test_a_country_without_a_period_refuses_and_says_so():
    for pack in ("us", "us_part2"):
        found = retention.retention(pack)
        assert rules.kept_until(found, Life(GROWN, date(1980, 1, 1))) is None
        assert "State law" in found.words
    with pytest.raises(NotAllowed, match="not written down for your country"):
        check(None, date(2100, 1, 1))


def test_a_hold_and_what_is_open_stand_in_the_way():
    long_ago, today = date(1990, 1, 1), date(2026, 1, 1)
    with pytest.raises(NotAllowed, match="legal hold"):
        check(long_ago, today, held=True)
    with pytest.raises(NotAllowed, match="a stay, a referral"):
        check(long_ago, today, unfinished=("a stay", "a referral"))


def test_a_period_with_half_its_figures_is_refused():
    with pytest.raises(ValueError, match="or none of them"):
        Retention(pack="half", words="Half", after_contact=20, source="a test", verified=False)


def test_nobody_decides_alone_or_by_accident():
    with pytest.raises(NotAllowed, match="Somebody else"):
        rules.check_second("pra_1", "pra_1")
    rules.check_second("pra_1", "pra_2")
    with pytest.raises(Invalid, match="word"):
        rules.check_word("yes")
    rules.check_word(" Erase ")


@pytest.mark.parametrize(("why", "fine"), [("", False), ("   ", False), ("x" * 501, False), ("x" * 500, True)])
def test_somebody_says_why(why, fine):
    if fine:
        assert rules.check_why(why) == why
    else:
        with pytest.raises(Invalid, match="reason"):
            rules.check_why(why)


def test_a_death_is_between_the_birth_and_today():
    born, today = date(1970, 1, 1), date(2026, 1, 1)
    for died in (born - DAY, today + DAY):
        with pytest.raises(Invalid, match="died"):
            rules.check_died(died, born, today)
    for died in (None, born, today):
        rules.check_died(died, born, today)
