"""`alongside migrate`: brings the database to this version's tables."""

import click

from alongside.cli.database import reached, steps_behind
from alongside.cli.django_ready import ready
from alongside.kernel.language import gettext as _
from alongside.kernel.language import ngettext

_EXAMPLES = """\b
Examples:
  alongside migrate --plan      say what would be done
  alongside migrate             do it; make a backup first"""


@click.command("migrate", epilog=_EXAMPLES)
@click.option("--plan", is_flag=True, help=_("Only say what would be done."))
def command(plan: bool) -> None:
    """Bring the database to this version's tables."""
    ready()
    from django.conf import settings
    from django.core.management import call_command

    settings.HOME.mkdir(parents=True, exist_ok=True)  # where SQLite's file goes, and what is built
    steps = steps_behind()
    if not steps:
        click.echo(_("The database is up to date."))
        return
    for migration in steps:
        click.echo(f"  {migration.app_label} {migration.name}")
    if not plan:
        with reached():
            call_command("migrate", verbosity=0, interactive=False)
        words = ngettext("{count} step done.", "{count} steps done.", len(steps))
        click.echo(words.format(count=len(steps)))
