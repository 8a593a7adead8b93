"""The second wall: on PostgreSQL a query that forgot the predicate sees no more than one that asked it."""

from contextlib import nullcontext
from unittest.mock import patch

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from alongside.access import predicate, raising, reading, wall
from alongside.access.models import Record
from alongside.people import queries as people
from alongside.people.models import Registration
from alongside.tasks.models import Task
from tests import factories
from tests.law import planted
from tests.law.comparing import SEED
from tests.law.database import forgetful, store, told
from tests.law.worlds import world

pytestmark = pytest.mark.django_db
WORLDS = 12
here = connection.vendor == "postgresql"
on_postgresql = pytest.mark.skipif(not here, reason="SQLite has no row-level security.")
RECORDS = {model._meta.db_table for model in apps.get_models() if issubclass(model, Record)}
TASKS = "alongside_tasks_task"


def run(*words, values=None):
    """What the last of these statements finds."""
    with connection.cursor() as cursor:
        for one in words:
            cursor.execute(one, values)
        return cursor.fetchall() if cursor.description else []


def refused(words):
    """Whether the database refuses to do this."""
    try:
        with transaction.atomic():
            run(words)
    except DatabaseError:
        return True
    return False


@pytest.fixture
def two():
    """One person of each service, and a keyworker of Riverside's."""
    made = factories.partnership()
    keyworker = made.riverside.sign_in("keyworker")
    return factories.registered(made.riverside), factories.registered(made.northside), keyworker


class TestWhoForgets:
    """A query inside a page's read that asks for everybody."""

    def test_sees_what_is_open_and_nothing_else(self, two):
        own, others, keyworker = two
        found = reading.read(keyworker, "people.person", lambda: set(Registration.objects.values_list("pk", flat=True)))
        assert found == ({own} if here else {own, others})

    def test_sees_all_of_it_once_the_wall_is_gone(self, two):
        own, others, keyworker = two
        with patch.object(wall, "around", lambda access, first: nullcontext()):
            found = reading.read(keyworker, "a page", lambda: set(Registration.objects.values_list("pk", flat=True)))
        assert found == {own, others}

    @on_postgresql
    def test_sees_all_of_it_where_a_table_has_none(self, two):
        own, others, keyworker = two
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("ALTER TABLE alongside_people_registration DISABLE ROW LEVEL SECURITY")
        found = reading.read(keyworker, "a page", lambda: set(Registration.objects.values_list("pk", flat=True)))
        assert found == {own, others}


@on_postgresql
class TestTheLaw:
    """What the wall alone lets through is what `decide` permits."""

    @pytest.mark.parametrize("seed", range(WORLDS))
    def test_the_wall_lets_through_what_is_decided(self, seed):
        drawn = world(SEED + seed)
        store(drawn)
        assert [differing for *_, differing in forgetful(drawn)] == []
        assert any(told(drawn, reader, moment) for moment in drawn.moments for reader in drawn.readers)

    @pytest.mark.parametrize("name", planted.PREDICATE)
    def test_a_planted_fault_is_caught(self, name):
        with planted.in_the_predicate(name):
            raising.put_up()
        for seed in range(40):
            drawn = world(SEED + seed)
            store(drawn)
            if any(forgetful(drawn)):
                return
        pytest.fail("No world noticed.")


class TestItsPolicies:
    """Every table of records has one, in the words that the predicate has now."""

    def test_no_kind_of_record_is_forgotten(self):
        assert wall.policies().keys() > RECORDS
        assert len(RECORDS) >= 36

    def test_each_says_the_predicate_and_asks_for_nothing_else(self):
        for words in map(wall.policies().get, RECORDS):
            assert words.count("access_grant g") == 2
            assert words.count("current_setting('alongside.now'") > 10
            assert "%(" not in words

    def test_what_no_setting_holds_is_refused(self):
        honest = predicate.sql
        with (
            patch.object(predicate, "sql", lambda *names: honest(*names) + " AND %(mood)s"),
            pytest.raises(ValueError, match="no setting"),
        ):
            wall.policies()

    def test_they_stand(self):
        assert raising.faults() == []

    @on_postgresql
    def test_a_part_is_seen_with_its_record(self):
        assert set(wall.policies()) - RECORDS >= {"alongside_safety_riskanswer", "alongside_measures_draft"}

    @on_postgresql
    @pytest.mark.parametrize(
        "fault",
        [
            f"ALTER TABLE {TASKS} DISABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {TASKS} NO FORCE ROW LEVEL SECURITY",
            f"DROP POLICY visible ON {TASKS}",
            f"DROP POLICY acts ON {TASKS}",
            f"ALTER POLICY visible ON {TASKS} USING (true)",
            f"ALTER POLICY visible ON {TASKS} TO PUBLIC",
            f"CREATE POLICY more ON {TASKS} USING (true)",
            f"GRANT DELETE ON {TASKS} TO {wall.READER}",
            f"GRANT DELETE ON {TASKS} TO {wall.READERS}",
            f"DROP POLICY together ON {TASKS}",
            f"ALTER POLICY together ON {TASKS} USING (true)",
        ],
    )
    def test_a_change_is_found_and_mended(self, fault):
        run(fault)
        assert raising.faults() == [TASKS]
        call_command("migrate", verbosity=0)
        assert raising.faults() == []

    @on_postgresql
    @pytest.mark.parametrize("role", [wall.READER, wall.READERS])
    @pytest.mark.parametrize("fault", ["ALTER ROLE {role} BYPASSRLS", "GRANT {acts} TO {role}"])
    def test_a_role_that_may_do_more_is_found(self, fault, role):
        with transaction.atomic():
            run(fault.format(role=role, acts=wall.ACTS))
            assert role in raising.faults()
            transaction.set_rollback(True)

    @on_postgresql
    @pytest.mark.parametrize("role", [wall.READER, wall.READERS, wall.ACTS])
    def test_a_role_that_is_missing_is_found_and_made(self, role):
        """As on a server that an earlier version was put up on."""
        with transaction.atomic():
            run(f"ALTER ROLE {role} RENAME TO alongside_renamed_in_a_test")
            assert role in raising.faults()
            raising.make_roles()
            raising.put_up()
            assert raising.faults() == []
            transaction.set_rollback(True)

    @on_postgresql
    def test_a_predicate_that_changed_is_found_on_every_table(self):
        with planted.in_the_predicate("every purpose will do"):
            assert set(raising.faults()) == RECORDS
            raising.put_up()
            assert raising.faults() == []
        assert set(raising.faults()) == RECORDS

    @on_postgresql
    def test_a_column_that_it_names_changes_once_it_is_down(self, two):
        run("SET CONSTRAINTS ALL IMMEDIATE")
        change = "ALTER TABLE alongside_people_registration ALTER COLUMN service TYPE text"
        assert refused(change)
        raising.take_down()
        assert not refused(change)
        with wall.around(two[2]):
            assert Registration.objects.count() == 0
        run(f"SET LOCAL ROLE {wall.ACTS}")
        assert Registration.objects.count() == 2
        run("SET LOCAL ROLE NONE")
        call_command("migrate", verbosity=0)
        assert raising.faults() == []

    @on_postgresql
    def test_what_stands_is_left_alone(self):
        before = run("SELECT oid FROM pg_policy ORDER BY oid")
        raising.put_up()
        assert run("SELECT oid FROM pg_policy ORDER BY oid") == before


@on_postgresql
class TestWhoReads:
    """The role of a page's read, and what the transaction says of the reader."""

    def test_nothing_set_means_nothing_seen(self, two):
        run(f"SET LOCAL ROLE {wall.READER}")
        assert run("SELECT count(*) FROM alongside_people_registration") == [(0,)]

    @pytest.mark.parametrize("name", wall.KINDS)
    def test_something_missing_means_nothing_seen(self, two, name):
        own, _, keyworker = two
        with wall.around(keyworker):
            assert run("SELECT id FROM alongside_people_registration") == [(own,)]
            run(f"SET LOCAL alongside.{name} = ''")
            assert run("SELECT id FROM alongside_people_registration") == []

    @pytest.mark.parametrize(
        "words",
        [
            "UPDATE alongside_tasks_task SET kind = 'other'",
            "DELETE FROM alongside_tasks_task",
            "INSERT INTO alongside_tasks_task SELECT * FROM alongside_tasks_task LIMIT 1",
            "UPDATE access_grant SET opens = -1",
            "INSERT INTO alongside_access_place (id, kind, pack) VALUES ('a', 'b', 'c')",
            "SELECT password FROM alongside_organisations_user",
            "SELECT session_data FROM django_session",
            f"SET ROLE {wall.ACTS}; ALTER TABLE {TASKS} DISABLE ROW LEVEL SECURITY",
        ],
    )
    def test_a_page_writes_nothing_and_reads_no_password(self, two, words):
        with wall.around(two[2]):
            assert refused(words)

    def test_a_page_writes_no_record_even_with_the_privilege(self, two):
        own, others, keyworker = two
        run(f"GRANT ALL ON alongside_people_registration TO {wall.READER}")
        with wall.around(keyworker):
            assert refused("INSERT INTO alongside_people_registration SELECT * FROM alongside_people_registration")
            run("UPDATE alongside_people_registration SET given_name = 'Other'")
            run("DELETE FROM alongside_people_registration")
        assert set(Registration.objects.exclude(given_name="Other").values_list("pk", flat=True)) == {own, others}

    def test_what_fails_inside_leaves_nothing_behind(self, two):
        def page():
            assert run("SELECT current_user") == [(wall.READER,)]
            raise OSError("the page broke")

        with pytest.raises(OSError, match="broke"):
            reading.read(two[2], "a page", page)
        assert _carried_over() == (run("SELECT session_user")[0][0], "")

    def test_what_is_named_goes_past_and_comes_back(self, two):
        with wall.around(two[2]):
            with wall.past("referral.offered"), wall.past("access.log"):
                assert Registration.objects.count() == 2
            assert Registration.objects.count() == 1
            assert run("SELECT current_user") == [(wall.READER,)]

    def test_a_reading_inside_a_reading_would_take_it_down(self, two):
        with wall.around(two[2]), pytest.raises(RuntimeError, match="read once"), wall.around(two[2]):
            pass

    def test_what_nobody_named_does_not_go_past(self, two):
        with wall.around(two[2]), pytest.raises(ValueError, match=r"'plan\.all'"), wall.past("plan.all"):
            pass

    def test_the_owner_alone_sees_nothing(self, two):
        """Forced: whoever owns the tables holds `alongside_acts`, or finds them empty."""
        run("CREATE ROLE alongside_owner_in_a_test NOLOGIN")
        run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO alongside_owner_in_a_test")
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("ALTER TABLE alongside_people_registration OWNER TO alongside_owner_in_a_test")
        run("SET LOCAL ROLE alongside_owner_in_a_test")
        assert Registration.objects.count() == 0
        run("SET LOCAL ROLE NONE")
        run(f"GRANT {wall.ACTS} TO alongside_owner_in_a_test")
        run("SET LOCAL ROLE alongside_owner_in_a_test")
        assert Registration.objects.count() == 2

    def test_an_act_needs_no_more_than_its_role(self, two):
        """Whoever signs in for the application owns nothing: acts, jobs and commands run as `alongside_acts`."""
        run(f"SET LOCAL ROLE {wall.ACTS}")
        task = Task.objects.first()
        assert Registration.objects.count() == 2
        factories.registered(factories.partnership().northside)
        assert Registration.objects.count() == 3
        assert task is None or Task.objects.exists()


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_connection_carries_nothing_over(two):
    own, _, keyworker = two
    reading.read(keyworker, "people.person", lambda: people.header(own, access=keyworker))
    assert _carried_over() == (run("SELECT session_user")[0][0], "")
    with transaction.atomic():
        run(f"SET LOCAL ROLE {wall.READER}")
        assert run("SELECT count(*) FROM alongside_people_registration") == [(0,)]


def _carried_over():
    settings = ", ".join(f"current_setting('alongside.{name}', true)" for name in wall.KINDS)
    [found] = run(f"SELECT current_user, concat({settings})")
    return found
