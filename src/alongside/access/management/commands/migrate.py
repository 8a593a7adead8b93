"""Django's own `migrate`, after which the second wall stands and every grant is of the policy in force: in a real
database, a demonstration's and a test's."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alongside.access import raising
from alongside.access.actions import compile_outdated
from alongside.access.context import Access


class Command(migrate.Command):
    """Puts the policies up once the tables are there, whoever asked for them."""

    def handle(self, *args: Any, **options: Any) -> None:
        tells = options["plan"] or options["check_unapplied"]
        if not tells:
            raising.make_roles()
            if _steps():
                raising.take_down()
        super().handle(*args, **options)
        if not (tells or _steps()):  # where one room alone was asked for, other tables may not be there yet
            raising.put_up()
            compile_outdated(by=Access.system("migrate"))


def _steps() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
