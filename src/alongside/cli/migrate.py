"""`alongside migrate`: brings the database to this version's tables."""

import click

from alongside.cli.database import NotReady, reached, steps_behind, wall_faults, wall_words
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

    settings.HOME.mkdir(parents=True, exist_ok=True)  # where SQLite's file goes, and what is built
    steps = steps_behind()
    faults = [] if steps else wall_faults()
    if not steps and not faults:
        click.echo(_("The database is up to date."))
        return
    for migration in steps:
        click.echo(f"  {migration.app_label} {migration.name}")
    if faults:
        words = ngettext("row-level security: {count} place", "row-level security: {count} places", len(faults))
        click.echo(f"  {words.format(count=len(faults))}")
    if not plan:
        _migrate(len(steps))


def _migrate(steps: int) -> None:
    from django.core.management import call_command

    with reached():
        call_command("migrate", verbosity=0, interactive=False)
    if wrong := wall_faults():  # a role that may do more than it should, which only its maker can mend
        raise NotReady(wall_words(wrong))
    if steps:
        click.echo(ngettext("{count} step done.", "{count} steps done.", steps).format(count=steps))
    else:
        click.echo(_("Row-level security stands."))
