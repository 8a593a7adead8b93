"""A wall that does not stand, as somebody at a terminal meets it."""

import pytest
from click.testing import CliRunner
from django.db import connection

from alongside.access import raising, wall
from alongside.cli.main import main

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row-level security."),
]
UNWALLED = "ALTER TABLE alongside_tasks_task NO FORCE ROW LEVEL SECURITY"


def run(*words):
    done = CliRunner().invoke(main, words)
    return done.exit_code, done.output


@pytest.fixture
def _unwalled():
    with connection.cursor() as cursor:
        cursor.execute(UNWALLED)


def test_it_is_up_to_date_where_the_wall_stands():
    assert run("migrate") == (0, "The database is up to date.\n")
    assert run("check", "--only", "database")[0] == 0


@pytest.mark.usefixtures("_unwalled")
class TestWhereItDoesNot:
    def test_nothing_begins(self):
        code, said = run("tick")
        assert (code, "(alongside_tasks_task)" in said, "alongside migrate" in said) == (3, True, True), said

    def test_checking_names_the_table(self):
        code, said = run("check", "--only", "database")
        assert (code, "(alongside_tasks_task)" in said) == (1, True), said

    def test_a_plan_says_so_and_does_nothing(self):
        assert run("migrate", "--plan") == (0, "  row-level security: 1 place\n")
        assert raising.faults()

    def test_migrating_mends_it(self):
        assert run("migrate") == (0, "  row-level security: 1 place\nRow-level security stands.\n")
        assert raising.faults() == []


def test_without_the_roles_and_no_right_to_make_them_it_says_what_to_do():
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE alongside_nobody_in_a_test NOLOGIN")
        cursor.execute("SET LOCAL ROLE alongside_nobody_in_a_test")
        with pytest.raises(raising.NoRoles, match=f"{wall.READER}, {wall.READERS} and {wall.ACTS}"):
            raising.make_roles()
        with pytest.raises(raising.NoRoles, match="owns the tables"):
            raising.put_up()
        cursor.execute("SET LOCAL ROLE NONE")
