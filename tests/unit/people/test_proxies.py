"""On what somebody may look on a person's behalf, and the first instant at which they may no longer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.definitions import policy
from alongside.definitions.proxies import every, proxies
from alongside.kernel.errors import Invalid
from alongside.people import rules
from alongside.people.rules import Proposed

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
YOUNG, GROWN = date(2012, 6, 1), date(1980, 6, 1)
KINDS = policy.categories_mask("appointments", "team")
PARENT = Proposed(
    "P. Reed", "p@example.org", date(1980, 1, 1), "parent", KINDS, NOW + timedelta(days=90), decides=False
)
CHOSEN = replace(PARENT, basis="chosen", decides=True, agreed="By voice, today; K. Worker heard it")
ATTORNEY = replace(PARENT, basis="attorney", paper="Registered, seen on 1 March")


@pytest.mark.parametrize(
    ("born", "years", "instant"),
    [
        (
            date(2010, 6, 15),
            16,
            datetime(2026, 6, 14, 10, tzinfo=UTC),
        ),  # where the day begins before it does anywhere else
        (date(2012, 2, 29), 16, datetime(2028, 2, 28, 10, tzinfo=UTC)),  # a year that has a 29th
        (date(2012, 2, 29), 18, datetime(2030, 2, 27, 10, tzinfo=UTC)),  # and one that has none
        (date(2010, 1, 1), 16, datetime(2025, 12, 31, 10, tzinfo=UTC)),
    ],
)
def test_an_age_is_reached_where_the_day_begins_first(born, years, instant):
    assert rules.earliest(born, years) == instant


@pytest.mark.parametrize("born", [date(2008, 1, 1) + timedelta(days=day) for day in range(0, 1500, 7)])
def test_nobody_is_that_old_anywhere_before(born):
    before = rules.earliest(born, 16) - timedelta(microseconds=1)
    assert rules.age(born, before.astimezone(rules.proxies.FIRST_ZONE).date()) < 16


@pytest.mark.parametrize(("one", "born"), [(PARENT, YOUNG), (CHOSEN, GROWN), (CHOSEN, YOUNG), (ATTORNEY, GROWN)])
def test_what_is_complete_is_let_be(one, born):
    rules.check_proxy(one, "uk", born, NOW)


@pytest.mark.parametrize(
    ("field", "one", "born"),
    [
        ("basis", replace(PARENT, basis="neighbour"), YOUNG),
        ("basis", PARENT, GROWN),
        ("basis", PARENT, date(2010, 3, 3)),  # sixteen already, where the day has begun
        ("agreed", replace(PARENT, decides=True), YOUNG),
        ("agreed", replace(ATTORNEY, decides=True), GROWN),
        ("agreed", replace(CHOSEN, agreed="  "), GROWN),
        ("decides", replace(CHOSEN, decides=False), GROWN),
        ("paper", replace(ATTORNEY, paper=""), GROWN),
        ("name", replace(CHOSEN, name=" "), GROWN),
        ("kinds", replace(CHOSEN, kinds=policy.categories_mask("identity")), GROWN),
        ("kinds", replace(CHOSEN, kinds=KINDS | policy.categories_mask("choices")), GROWN),
        ("kinds", replace(CHOSEN, kinds=KINDS | policy.categories_mask("withheld")), GROWN),
        ("until", replace(CHOSEN, until=NOW), GROWN),
        ("until", replace(CHOSEN, until=NOW + timedelta(days=366)), GROWN),
        ("until", replace(PARENT, until=rules.earliest(date(2010, 4, 1), 16) + timedelta(seconds=1)), date(2010, 4, 1)),
    ],
)
def test_what_is_missing_or_wrong_is_named(field, one, born):
    with pytest.raises(Invalid) as refused:
        rules.check_proxy(one, "uk", born, NOW)
    assert refused.value.field == field


def test_a_pack_allows_what_it_lists_and_nothing_else():
    with pytest.raises(Invalid):
        rules.check_proxy(CHOSEN, "us_part2", GROWN, NOW)
    assert set(proxies("us_part2")) == {"deputy"}
    assert {one.pack for one in every()} == set(policy.packs())


def test_it_ends_with_the_age_whatever_was_said():
    assert rules.still("parent", "uk", YOUNG, rules.earliest(YOUNG, 16) - timedelta(seconds=1))
    assert not rules.still("parent", "uk", YOUNG, rules.earliest(YOUNG, 16))
    assert rules.still("chosen", "uk", YOUNG, rules.earliest(YOUNG, 16))
    assert not rules.still("neighbour", "uk", YOUNG, NOW)


def test_nobody_is_let_see_what_the_person_does_not():
    assert not rules.most() & ~policy.open_to_self()
    assert not rules.most() & policy.categories_mask("choices")
