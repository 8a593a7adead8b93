"""“Do not stop suddenly”: where it is said, what raises it, and that saying less a moment later takes it nowhere."""

from datetime import timedelta

import pytest

from alongside.kernel import clock
from tests import lives
from tests.integration.web.visiting import browser, civil, cost

WARNED = "Do not stop suddenly"
DAY = timedelta(days=1)


@pytest.fixture
def at(life):
    return f"/people/{life.registration}/"


@pytest.fixture
def enter(therapist, at):
    """One questionnaire by its questions, answered on a day."""

    def send(key, day=lives.NOW, **answers):
        fields = {f"{key}_{name}": str(value) for name, value in answers.items()}
        return therapist.send(f"{at}measures/enter/{key}/", **civil("date", day), **fields)

    return send


@pytest.fixture
def totals(therapist, at):
    """Totals or days of use, as they were on a day."""

    def send(day=lives.NOW, **fields):
        return therapist.send(f"{at}measures/record/", **civil("date", day), **fields)

    return send


@pytest.fixture
def seizure(therapist, at):
    when = {"start-day": "1", "start-month": "6", "start-year": "2014", "source": "person", "certainty": "certain"}
    assert therapist.send(f"{at}events/record/", kind="withdrawal_seizure", **when).status_code == 302


def month(weeks, amount):
    named = {f"alcohol_week{number}": days for number, days in enumerate(weeks, 1)}
    return named | ({} if amount is None else {"alcohol_amount": amount})


def drank(days, units):
    return {"alcohol_days": days, "alcohol_amount": units, "alcohol_unit": "units" if units else ""}


class TestOutcomeProfiles:
    """The keyworker's questionnaire asks for the same days as a record of use."""

    @pytest.mark.parametrize("key", ["top", "aor"])
    @pytest.mark.parametrize(
        ("weeks", "amount", "said"),
        [
            ([7, 7, 7, 7], "30", True),
            ([7, 7, 7, 7], "15", False),  # not more than 15
            ([7, 7, 7, 7], "15.01", True),
            ([4, 4, 4, 3], "20", True),  # 15 days, more than half
            ([4, 4, 3, 3], "20", False),
            ([7, 7, 7], "30", True),  # and one week left open
            ([7, 7], "20", False),
            ([7, 7, 7, 7], None, False),
        ],
    )
    def test_raise_it_where_a_record_of_use_would(self, therapist, at, enter, key, weeks, amount, said):
        assert enter(key, **month(weeks, amount)).status_code == 302
        for page in (at, f"{at}measures/"):
            assert (WARNED in therapist.text(page)) is said

    def test_the_day_that_it_rests_on_is_said(self, therapist, at, enter):
        enter("top", **month([7, 7, 7, 7], "30"))
        said = "drinks more than 15 units a day, over all days of the last 28, by what they said on 6 March 2026;"
        assert said in therapist.text(at)

    def test_one_that_says_less_later_is_said_with_it(self, therapist, at, totals, enter):
        totals(lives.NOW - DAY, **drank("28", "30"))
        enter("top", **month([2, 2, 2, 2], "3"))
        assert "since then, on 6 March 2026, they said 8 of 28 days, about 3 units on each." in therapist.text(at)


class TestSayingLess:
    """Somebody who has just cut down is the one in danger."""

    def test_a_smaller_record_a_moment_later_takes_nothing_away(self, therapist, at, totals):
        totals(**drank("28", "30"))
        with clock.at(lives.NOW + timedelta(minutes=1)):
            totals(**drank("28", "5"))
            said = therapist.text(at)
        assert WARNED in said
        assert "since then, on 6 March 2026, they said 28 of 28 days, about 5 units on each." in said

    def test_nor_does_a_smaller_score(self, therapist, at, totals):
        totals(lives.NOW - DAY, audit="20")
        totals(audit="19")
        said = therapist.text(at)
        assert "AUDIT of 20 or more: possible dependence, taken on 5 March 2026;" in said
        assert "since then, on 6 March 2026, AUDIT came to 19." in said

    def test_nor_does_one_after_a_calendar(self, therapist, at, totals):
        full = {f"day{number}": "30" for number in range(1, 29)}
        therapist.send(f"{at}measures/calendar/alcohol/", **full, unit="units")
        with clock.at(lives.NOW + timedelta(minutes=1)):
            totals(**drank("2", "3"))
            assert "they said 2 of 28 days, about 3 units on each." in therapist.text(at)

    @pytest.mark.parametrize(("before", "said"), [(28, True), (29, False)])
    def test_it_is_kept_for_28_days_after_the_sign(self, therapist, at, totals, before, said):
        totals(lives.NOW - before * DAY, **drank("28", "30"), audit="22")
        totals(**drank("28", "5"), audit="3")
        assert (WARNED in therapist.text(at)) is said

    def test_without_an_end_while_nothing_less_was_said(self, therapist, at, totals):
        totals(lives.NOW - 30 * DAY, **drank("28", "30"))
        assert WARNED in therapist.text(at)

    def test_days_without_an_amount_settle_nothing_but_none_at_all_does(self, therapist, at, totals):
        totals(lives.NOW - 30 * DAY, **drank("28", "30"))
        totals(lives.NOW - DAY, **drank("20", ""))
        assert "since then, on 5 March 2026, they said 20 of 28 days." in therapist.text(at)
        totals(alcohol_days="0")
        assert WARNED not in therapist.text(at)


class TestWhereItIsSaid:
    PAGES = {
        "now": "",
        "measures": "measures/",
        "calendar": "measures/calendar/alcohol/",
        "as it was kept": "measures/calendar/alcohol/kept/",
        "contact": "contacts/record/",
        "audit": "measures/enter/audit/",
        "sadq": "measures/enter/sadq/",
        "top": "measures/enter/top/",
        "totals": "measures/record/",
        "plan": "plan/",
    }
    WITH_REASONS = ("now", "measures")  # others are begun at once, or read by the person too

    @pytest.mark.parametrize("page", PAGES)
    def test_on_every_page_about_drinking_where_the_record_has_a_sign(self, therapist, at, page, request):
        address = at + self.PAGES[page]
        assert WARNED not in therapist.text(address)
        request.getfixturevalue("seizure")
        said = therapist.text(address)
        assert said.count(WARNED) == 1
        assert "ring 999 or go to A&E" in said
        assert ("has had a seizure when stopping before" in said) is (page in self.WITH_REASONS)

    @pytest.mark.parametrize("page", ["measures/enter/phq9/", "measures/calendar/cannabis/"])
    def test_not_where_drinking_is_not_asked_about(self, therapist, at, seizure, page):
        assert WARNED not in therapist.text(at + page)

    def test_beside_what_a_calendar_comes_to(self, therapist, at):
        full = {f"day{number}": "30" for number in range(1, 29)}
        answer = therapist.send(f"{at}measures/calendar/alcohol/", **full, unit="units", follow=True)
        said = answer.content.decode()
        assert "840 units in all" in said
        assert WARNED in said

    @pytest.mark.parametrize(
        ("page", "bar"), [("contact", 12), ("plan", 12), ("audit", 12), ("calendar", 12), ("now", 16)]
    )
    def test_a_page_stays_within_its_statements(self, therapist, at, seizure, page, bar):
        assert cost(therapist, at + self.PAGES[page]) <= bar

    def test_the_other_service_sees_none_of_it(self, world, at, seizure):
        assert browser(world.riverside, "keyworker").get(f"{at}plan/").status_code == 404
