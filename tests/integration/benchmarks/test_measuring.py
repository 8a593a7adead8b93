"""What counts as a statement, and that the compared way of deciding answers the same."""

import pytest
from django.db import connection, transaction

from alongside.caseload import queries as caseload
from alongside.kernel import clock
from benchmarks import measuring, staff
from benchmarks.acts import Desk
from benchmarks.afterwards import deciding_in_python
from benchmarks.seeder import Seeder


@pytest.mark.django_db
def test_beginnings_and_ends_of_transactions_are_not_statements():
    def act(_):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    assert measuring.measure("one", lambda turn: turn, act, 8).statements == 1


@pytest.mark.django_db
def test_an_act_is_as_dear_as_its_dearest_turn():
    def act(turn):
        with connection.cursor() as cursor:
            for _ in range(5 if turn == 9 else 1):
                cursor.execute("SELECT 1")

    assert measuring.measure("one", lambda turn: turn, act, 8).statements == 5


@pytest.mark.django_db
def test_every_act_that_is_measured_can_still_be_done():
    """A form that asks for more than it did stops the whole bench; each act says what was refused."""
    world = staff.set_up(60)
    Seeder(world).write((0, 1, 2))
    with clock.at(staff.NOW):
        for act in Desk().acts():
            act.run(act.prepare(0))


@pytest.mark.django_db
def test_deciding_in_python_shows_the_same_caseload():
    world = staff.set_up(60)
    Seeder(world).write((0, 1, 2))
    with clock.at(staff.NOW):
        access = world.northside.of(0)
        shown = caseload.caseload(access=access, review_weeks=12)
        with deciding_in_python():
            again = caseload.caseload(access=access, review_weeks=12)

    assert len(shown) == 2
    assert again == shown
