"""The endpoint matrix, one cell in many: `python -m tests.twins.proof` asks all of them."""

from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.urls import path

from alongside.kernel.periods import FOR_EVER
from alongside.organisations import rules
from alongside.organisations.models import RoleAssignment, User
from alongside.web import refusals
from tests.twins import lived, matrix, routes, swapping

pytestmark = pytest.mark.django_db
EVERY = 61  # one cell in so many; a prime, so that no method, role or relationship is left out


@pytest.fixture
def table():
    return matrix.Table(lived.world())


def test_cells_answer_what_the_table_says(table):
    for number, cell in enumerate(matrix.cells()):
        if number % EVERY == 0:
            table.check(cell)
    assert table.wrong == []
    assert table.asked > 1_000


def test_whoever_treats_opens_what_the_table_says(table):
    """Each route in each role: one cell in many would pass over a single route whose row is out of date."""
    for cell in matrix.cells():
        if cell.relationship.name == "own, treating" and cell.method in ("GET", "POST"):
            table.check(cell)
    assert table.wrong == []


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        ("proxy", ["home", "own-behalf"]),
        (
            "person",
            [
                *("home", "own", "own-choose", "own-close", "own-end", "own-glance", "own-grid", "own-less"),
                *("own-looked", "own-proxies", "own-sharing", "own-stop"),
            ],
        ),
    ],
)
def test_a_sign_in_that_is_no_work_opens_its_own_pages(table, role, opens):
    """Every address, asked by the person and on their behalf: the others read as they do where there is nothing."""
    asked = [one for one in matrix.cells() if one.role == role and one.method in ("GET", "POST")]
    for cell in asked:
        table.check(cell)
    assert table.wrong == []
    shown = [one.route.name for one in asked if one.method == "GET" and matrix.expected(one) == matrix.OPEN]
    assert sorted(shown) == opens


def test_every_route_stands_in_every_relationship():
    asked = {(one.route.name, one.relationship.name, one.method) for one in matrix.cells()}
    assert len(asked) == len(routes.routes()) * len(matrix.RELATIONSHIPS) * len(matrix.METHODS)


def test_a_route_without_a_row_is_found():
    with pytest.raises(KeyError, match="nobody-thought-of-it"):
        routes.routes([path("new/<str:registration>/", lambda request: None, name="nobody-thought-of-it")])


def _of(name, relationship, method="GET"):
    return [
        one
        for one in matrix.cells()
        if one.route.name == name and one.relationship.name == relationship and one.method == method
    ]


@contextmanager
def telling_refusals(table):
    """Refusals that say, in a header, that there is something."""
    known = {one for subject in table.world.subjects.values() for one in subject.ids.values() if one}
    honest = refusals.refuse

    def telling(request, error):
        answer = honest(request, error)
        if any(one in request.path for one in known):
            answer["X-Found"] = "yes"
        return answer

    with patch.object(refusals, "refuse", telling):
        yield


@contextmanager
def everybody_covers_for(holder):
    honest = rules.speaks_for
    with patch.object(rules, "speaks_for", lambda *of: (*honest(*of), holder.caseload)):
        yield


class TestAPlantedFault:
    def test_another_word_for_what_is_there_is_found(self, table):
        with telling_refusals(table):
            for cell in _of("person", "stranger"):
                table.check(cell)
        assert any("otherwise than an id that nothing has" in one for one in table.wrong)

    def test_a_page_that_opens_to_somebody_else_is_found(self, table):
        with everybody_covers_for(table.world.subjects["joined"].holder):
            for cell in _of("contact", "other service of the partnership"):
                table.check(cell)
        assert any("the table says shut" in one for one in table.wrong)
        assert any("speaks of Quince" in one for one in table.wrong)

    def test_a_leaver_who_still_gets_in_is_found(self, table):
        RoleAssignment.objects.update(until_at=FOR_EVER)
        User.objects.update(is_active=True)
        for cell in _of("caseload", "leaver"):
            table.check(cell)
        assert any("the table says sign in" in one for one in table.wrong)


class TestSwappedIds:
    """In the address, after it, in a form and in a header: somebody else's id reads as one that nothing has."""

    def test_in_every_place(self, table):
        found = swapping.Swapped(table)
        for number, swap in enumerate(swapping.swaps(table)):
            if number % 101 == 0:
                found.check(swap)
        assert found.wrong == []
        assert found.asked > 50

    def test_a_refusal_that_tells_is_found(self, table):
        found = swapping.Swapped(table)
        with telling_refusals(table):
            for swap in swapping.swaps(table):
                if swap.where == "path" and swap.route.name == "contact-correct":
                    found.check(swap)
        assert {one.partition(":")[0] for one in found.wrong} == {
            "contact-correct as treating",
            "contact-correct as linked",
        }
