"""Django's own `migrate`, after which the second wall stands: in a real database, a demonstration's and a test's."""

from typing import Any

from django.core.management.commands import migrate

from alongside.access import raising


class Command(migrate.Command):
    """Puts the policies up once the tables are there, whoever asked for them."""

    def handle(self, *args: Any, **options: Any) -> None:
        tells = options["plan"] or options["check_unapplied"]
        if not tells:
            raising.make_roles()
        super().handle(*args, **options)
        if not (tells or options["app_label"]):  # of one room's tables alone, others may not be there yet
            raising.put_up()
