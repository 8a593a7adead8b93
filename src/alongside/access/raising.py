"""Putting up the second wall after the tables were made: roles, privileges and policies; and whether it stands."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction

from alongside.access import wall
from alongside.kernel.errors import AlongsideError
from alongside.kernel.language import later

_INSUFFICIENT_PRIVILEGE = "42501"
_NAMING = ("visible", "together")  # the policies that name columns

# What stands on a table now, as the database says it.
_STANDING = """
SELECT c.relrowsecurity AND c.relforcerowsecurity,
       md5(string_agg(concat_ws(
           '|', p.polname, p.polpermissive, p.polcmd, ARRAY(SELECT unnest(p.polroles)::regrole::text),
           pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)), '/' ORDER BY p.polname)),
       max(obj_description(p.oid, 'pg_policy')),
       EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolname = ANY(%s)
               AND has_table_privilege(r.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))
FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid WHERE c.oid = to_regclass(%s) GROUP BY c.oid
"""
# A role that does more than it is for: nobody signs in as it, and whoever reads a page cannot become whoever acts.
_ROLES = """
SELECT r.rolname, r.rolsuper OR r.rolbypassrls OR r.rolcanlogin
       OR EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = r.oid)
FROM pg_roles r WHERE r.rolname = ANY(%s)
"""

# Roles belong to the server: another database of it, or a test beside this one, may make the same at this moment.
_MADE = (wall.READER, wall.READERS, wall.ACTS)
_MAKE_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{name}') THEN CREATE ROLE {name} NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
"""


class NoRoles(AlongsideError):
    """The roles of the second wall are not there, or not ours to use; or the tables are not ours to change."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            later(
                "The database needs the roles {reader}, {readers} and {acts}. Whoever migrates holds them and owns the "
                "tables. How to make them: docs/how-to/run-in-production.md, section 4."
            ),
            reader=wall.READER,
            readers=wall.READERS,
            acts=wall.ACTS,
        )


def put_up() -> None:
    """Every policy as the predicate says it now, and nothing else on those tables. Raises `NoRoles`.

    What stands as it should is left alone. On SQLite there is nothing to do.
    """
    if connection.vendor != "postgresql":
        return
    with _ours() as cursor:
        _privileges(cursor)
        for table, words in wall.policies().items():
            if not _stands(cursor, table, words):
                _policy(cursor, table, words)


def take_down() -> None:
    """Before tables change: a column that a policy names cannot. Meanwhile pages see no record, and acts see all."""
    if connection.vendor != "postgresql":
        return
    with _ours() as cursor:
        for table in wall.policies():
            cursor.execute("SELECT polname FROM pg_policy WHERE polrelid = to_regclass(%s)", [table])
            for (name,) in cursor.fetchall():
                if name in _NAMING:
                    cursor.execute(f"DROP POLICY {name} ON {table}")


def make_roles() -> None:
    """The roles, where they are not there yet and we may make them. Raises `NoRoles`, before tables are changed."""
    if connection.vendor != "postgresql":
        return
    with _ours() as cursor:
        for name in _MADE:
            cursor.execute(_MAKE_ROLE.format(name=name))
            cursor.execute("SELECT pg_has_role(%s, 'USAGE')", [name])
            if cursor.fetchone() == (False,):
                cursor.execute(f"GRANT {name} TO CURRENT_USER")


def faults() -> list[str]:
    """The tables on which the wall does not stand as the predicate says it now; a role's name where it can do more
    than it should."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ROLES, [list(_MADE)])
        roles = dict(cursor.fetchall())
        wrong = [name for name in _MADE if roles.get(name, True)]
        return wrong + [table for table, words in wall.policies().items() if not _stands(cursor, table, words)]


@contextmanager
def _ours() -> Iterator[Any]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            yield cursor
    except DatabaseError as fault:
        if getattr(fault.__cause__, "sqlstate", "") == _INSUFFICIENT_PRIVILEGE:
            raise NoRoles from fault
        raise


def _privileges(cursor: Any) -> None:
    read = [one for one in connection.introspection.table_names(cursor) if one in _for_pages()]
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {wall.ACTS}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {wall.ACTS}")
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {wall.READER}, {wall.READERS}")
    cursor.execute(f"GRANT SELECT ON {', '.join(read)} TO {wall.READER}, {wall.READERS}")


def _for_pages() -> set[str]:
    """The rooms' tables, but for what somebody signs in with."""
    rooms = (model for model in apps.get_models() if model.__module__.startswith("alongside."))
    return {model._meta.db_table for model in rooms} - {get_user_model()._meta.db_table}


def _policy(cursor: Any, table: str, words: str) -> None:
    cursor.execute("SELECT polname FROM pg_policy WHERE polrelid = to_regclass(%s)", [table])
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP POLICY {connection.ops.quote_name(name)} ON {table}")
    cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    cursor.execute(f"CREATE POLICY visible ON {table} FOR SELECT TO {wall.READER} USING ({words})")
    several = wall.of_several(words)
    cursor.execute(f"CREATE POLICY together ON {table} FOR SELECT TO {wall.READERS} USING ({several})")
    cursor.execute(f"CREATE POLICY acts ON {table} TO {wall.ACTS} USING (true) WITH CHECK (true)")
    cursor.execute(_STANDING, [[wall.READER, wall.READERS], table])
    cursor.execute(f"COMMENT ON POLICY visible ON {table} IS '{_digest(words)} {cursor.fetchone()[1]}'")


def _stands(cursor: Any, table: str, words: str) -> bool:
    cursor.execute(_STANDING, [[wall.READER, wall.READERS], table])
    forced, standing, noted, writes = cursor.fetchone() or (False, None, None, None)
    return bool(forced) and noted == f"{_digest(words)} {standing}" and not writes


def _digest(words: str) -> str:
    return hashlib.sha256(f"{words} / {wall.of_several(words)}".encode()).hexdigest()
