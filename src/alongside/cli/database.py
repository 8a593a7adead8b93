"""Is the database there, and of this version: asked before anything is done with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alongside.kernel.errors import AlongsideError
from alongside.kernel.language import gettext as _
from alongside.kernel.language import ngettext

_NAMED = 3  # faults that fit a sentence; `alongside check` is where somebody looks further


class NotReady(AlongsideError):
    """Something must be done before the database can be used; says what."""

    exit_code = 3


@contextmanager
def reached() -> Iterator[None]:
    """Turns a database that does not answer into a sentence."""
    from django.db import OperationalError

    try:
        yield
    except OperationalError as fault:
        words = _(
            "The database cannot be reached: {fault}. Look at ALONGSIDE_DATABASE and ALONGSIDE_HOME; "
            "if there is none yet, “alongside migrate” makes it."
        )
        raise NotReady(words.format(fault=str(fault).strip().rstrip("."))) from fault


def steps_behind() -> list[Any]:
    """The migrations that this version has and the database has not."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with reached():
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [migration for migration, _backwards in plan]


def wall_faults() -> list[str]:
    """Where the second wall does not stand as this version's predicate says it: tables, and roles of the database."""
    from alongside.access import raising

    with reached():
        return raising.faults()


def outdated() -> int:
    """How many records are open by an older policy than this version's."""
    from alongside.access import queries
    from alongside.access.context import Access

    with reached():
        return queries.outdated(access=Access.system("check"))


def wall_words(faults: list[str]) -> str:
    words = _(
        "Row-level security does not stand as this version needs it ({faults}). Run “alongside migrate”; "
        "if that does not mend it, see docs/how-to/run-in-production.md, section 4."
    )
    named = faults if len(faults) <= _NAMED else [*faults[:_NAMED], "…"]
    return words.format(faults=", ".join(named))


def refuse_unready() -> None:
    """Refuse a database of an older version, and one in which somebody is who was erased. Raises `NotReady`."""
    from django.db import connection

    refuse_behind()
    try:
        refuse_brought_back()
    finally:
        connection.close()


def refuse_brought_back() -> None:
    """A restored backup may hold records that were erased since: nobody may open it until they are erased again."""
    from alongside.access import queries as access
    from alongside.access.context import Access
    from alongside.audit import queries as audit

    with reached():
        found = len(audit.erased_among(access.every_anchor(access=Access.system("check"))))
    if found:
        words = ngettext(
            "{count} record is here again that was erased: an older backup was restored. Run “alongside erase-again”.",
            "{count} records are here again that were erased: an older backup was restored. "
            "Run “alongside erase-again”.",
            found,
        )
        raise NotReady(words.format(count=found))


def refuse_behind() -> None:
    """Over an older database things would fail one by one; better not to begin. Raises `NotReady`."""
    from django.db import connection

    try:
        pending = steps_behind()
        faults = [] if pending else wall_faults()
    finally:
        connection.close()
    if faults:
        raise NotReady(wall_words(faults))
    if pending:
        words = _(
            "The database is {count} steps behind this version. Make a backup, run “alongside migrate”, then try again."
        )
        raise NotReady(words.format(count=len(pending)))
