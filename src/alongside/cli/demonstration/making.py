"""Making the database of a demonstration, with progress: tables, partnership, people, ledger."""

import sys
from datetime import datetime

import click
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from alongside.cli.demonstration import looking, own, seeding


def make(*, people: int, seed: int, now: datetime) -> None:
    """Fill the database that the settings name. It must be empty, and a file that may be thrown away."""
    _say(_("Making the tables"))
    call_command("migrate", verbosity=0)
    _in_haste()
    _say(_("Setting up the partnership"))
    world = seeding.seed_partnership(now, seed)
    lives = seeding.seed_people(world, people=people, seed=seed, now=now)
    with click.progressbar(lives, length=people, label=_("Inventing people"), file=sys.stderr) as bar:
        for _life in bar:
            pass
    looking.look_around(world, now)
    own.sign_in(world, now, seed)
    _say(_("Signing the ledger"))
    seeding.sign(now)
    connection.close()


def _say(stage: str) -> None:
    click.echo(f"{stage} …", err=True)


def _in_haste() -> None:
    """The file is thrown away if this is interrupted, so nothing waits for the disk. One file, to be moved."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=MEMORY")
        cursor.execute("PRAGMA synchronous=OFF")
