"""`alongside migrate`: brings the database to this version's tables."""

from gettext import gettext as _
from gettext import ngettext

import click

from alongside.cli.django_ready import ready

_EXAMPLES = """\b
Examples:
  alongside migrate --plan      say what would be done
  alongside migrate             do it; make a backup first"""


@click.command("migrate", epilog=_EXAMPLES)
@click.option("--plan", is_flag=True, help=_("Only say what would be done."))
def command(plan: bool) -> None:
    """Bring the database to this version's tables."""
    ready()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not steps:
        click.echo(_("The database is up to date."))
        return
    for migration, _backwards in steps:
        click.echo(f"  {migration.app_label} {migration.name}")
    if not plan:
        call_command("migrate", verbosity=0, interactive=False)
        words = ngettext("{count} step done.", "{count} steps done.", len(steps))
        click.echo(words.format(count=len(steps)))
