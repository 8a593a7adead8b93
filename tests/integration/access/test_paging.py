"""A page that looks ahead shows what it would show if every row were asked about."""

from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.db import connection

from alongside.access import paging, reading, wall
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.audit.models import Entry
from alongside.kernel import clock
from alongside.people import queries as people
from alongside.people.models import Registration
from alongside.tasks.models import Task
from tests import factories
from tests.law import database
from tests.law.comparing import SEED
from tests.law.worlds import world

pytestmark = pytest.mark.django_db
WORLDS = 8
TASKS = Task.objects.order_by("-occurred_at", "pk")


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch):
    monkeypatch.setattr(paging, "MANY", 1)


@contextmanager
def stored(seed, **size):
    drawn = world(SEED + seed, **size)
    database.store(drawn)
    with clock.at(drawn.moments[-1]):
        yield drawn, [facts.registration for facts in drawn.facts]


def paged(access, about, start, most):
    return [row.pk for row in allowed.show_page(access, TASKS, about, start=start, most=most)]


def whole(access, about):
    return [row.pk for row in allowed.visible(access, allowed.among(TASKS, about))]


def differing(drawn, everybody, most=2):
    """How many pages differ from the same place in the whole list, of each reader and behind the wall too."""
    found = 0
    for access in map(database.access, drawn.readers):
        expected = whole(access, everybody)
        for start in (0, most, 3 * most):
            about = allowed.reached(access, everybody)
            with wall.around(access):
                found += paged(access, about, start, most) != expected[start : start + most]
    return found


@pytest.mark.parametrize("pages", [1, 2, 4])
@pytest.mark.parametrize("seed", range(WORLDS))
def test_a_page_is_the_same_part_of_the_whole(seed, pages, monkeypatch):
    monkeypatch.setattr(paging, "PAGES", pages)
    with stored(seed) as (drawn, everybody):
        assert differing(drawn, everybody) == 0


@pytest.mark.parametrize("few", [0, 1, 2_000])
def test_whom_no_grant_names_is_left_out_and_nobody_else(few, monkeypatch):
    monkeypatch.setattr(allowed, "FEW", few)
    with stored(3) as (drawn, everybody):
        for access in map(database.access, drawn.readers):
            about = allowed.reached(access, everybody)
            assert set(about) <= set(everybody)
            assert whole(access, about) == whole(access, everybody)


def test_several_at_one_screen_see_what_all_see():
    with stored(1, readers=6) as (drawn, everybody):
        one, other, *_ = map(database.access, drawn.readers)
        both = Access.together(one, other)
        about = allowed.reached(both, everybody)
        assert paged(both, about, 0, 100) == [row for row in whole(one, everybody) if row in whole(other, everybody)]


def caught(fault):
    with fault:
        for seed in range(WORLDS):
            with stored(seed) as (drawn, everybody):
                if differing(drawn, everybody):
                    return True
    return False


def test_who_never_looks_further_is_caught():
    """The planted fault: what was looked at ahead is taken for everything."""
    honest = paging._first
    assert caught(patch.object(paging, "_first", lambda rows, ahead: honest(rows, ahead - 1)))


def test_a_page_out_of_order_is_caught():
    honest = paging._first
    assert caught(patch.object(paging, "_first", lambda rows, ahead: honest(rows.reverse(), ahead)))


def test_a_page_of_whoever_comes_first_is_caught():
    """The planted leak: nobody is asked about what was looked at ahead. Behind the wall it would show nothing more."""

    def forgetful(access, rows, start, most):
        return list(rows.filter(superseded_by="")[start : start + most])

    assert caught(patch.object(paging, "_asked", forgetful)) is (connection.vendor == "sqlite")


def test_the_find_box_finds_the_same(monkeypatch):
    made = factories.partnership()
    for place in range(32):
        factories.registered(made.riverside, given_name=f"Ola{chr(97 + place % 26)}", family_name="Abbott")
    factories.registered(made.northside, given_name="Ola", family_name="Abbott")
    access = made.riverside.sign_in("duty_worker")
    found = {}
    for many in (1, 1_000):
        monkeypatch.setattr(paging, "MANY", many)
        for page in (1, 2, 3):
            found[many, page] = reading.read(access, "find", lambda: people.find("abbott", access=access, page=page))  # noqa: B023 - read at once
    assert [len(found[1, page]) for page in (1, 2, 3)] == [25, 7, 0]
    assert [found[1, page] for page in (1, 2, 3)] == [found[1_000, page] for page in (1, 2, 3)]


class TestAPage:
    @pytest.fixture
    def two(self):
        made = factories.partnership()
        own, others = factories.registered(made.riverside), factories.registered(made.northside)
        return own, others, made.riverside.sign_in("duty_worker")

    def test_shows_and_names_only_what_is_open(self, two):
        own, others, access = two
        rows = Registration.objects.order_by("pk")
        found = reading.read(access, "a page", lambda: allowed.show_page(access, rows, [own, others], most=1))
        assert [row.pk for row in found] == [own]
        [entry] = Entry.objects.filter(act="shown", subject="a page")
        assert len(entry.about) == 1

    def test_looks_ahead_past_the_wall_at_ids_and_nothing_else(self, two):
        own, others, access = two
        steps, asked = [], []
        honest = wall.past

        @contextmanager
        def past(what):
            with honest(what):
                steps.append(what)
                with connection.execute_wrapper(lambda run, sql, *rest: asked.append(sql) or run(sql, *rest)):
                    yield

        rows = Registration.objects.order_by("pk")
        with patch.object(wall, "past", past), wall.around(access):
            allowed.show_page(access, rows, [own, others], most=1)
        assert steps == ["access.page"]
        [words] = asked
        assert words.startswith('SELECT "alongside_people_registration"."id" AS "pk" FROM')

    def test_about_nobody_is_empty(self, two):
        assert allowed.show_page(two[2], Registration.objects.order_by("pk"), [], most=5) == []
