"""`alongside migrate`: brings the database to this version's tables."""

import click

from alongside.cli.database import (
    NotReady,
    outdated,
    reached,
    refuse_brought_back,
    steps_behind,
    wall_faults,
    wall_words,
)
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
    """Bring the database to this version's tables, and who may see what to this version's policy."""
    ready()
    from django.conf import settings

    settings.HOME.mkdir(parents=True, exist_ok=True)  # where SQLite's file goes, and what is built
    steps = steps_behind()
    faults = [] if steps else wall_faults()
    old = 0 if steps else outdated()
    if not steps and not faults and not old:
        click.echo(_("The database is up to date."))
        refuse_brought_back()
        return
    for migration in steps:
        click.echo(f"  {migration.app_label} {migration.name}")
    if faults:
        words = ngettext("row-level security: {count} place", "row-level security: {count} places", len(faults))
        click.echo(f"  {words.format(count=len(faults))}")
    if old:
        click.echo(f"  {_records(old)}")
    if not plan:
        _migrate(len(steps), faults)
        _compile_anew()
        refuse_brought_back()


def _records(count: int) -> str:
    words = ngettext(
        "who may see {count} record, by an older policy", "who may see {count} records, by an older policy", count
    )
    return words.format(count=count)


def _compile_anew() -> None:
    """Until it has run, what an older policy opened stays open."""
    from alongside.access import actions as access
    from alongside.access.context import Access

    if done := access.compile_outdated(by=Access.system("migrate")):
        words = ngettext(
            "{count} record is open by this version's policy.",
            "{count} records are open by this version's policy.",
            done,
        )
        click.echo(words.format(count=done))


def _migrate(steps: int, faults: list[str]) -> None:
    if not steps and not faults:
        return
    from django.core.management import call_command

    with reached():
        call_command("migrate", verbosity=0, interactive=False)
    if wrong := wall_faults():  # a role that may do more than it should, which only its maker can mend
        raise NotReady(wall_words(wrong))
    if steps:
        click.echo(ngettext("{count} step done.", "{count} steps done.", steps).format(count=steps))
    else:
        click.echo(_("Row-level security stands."))
