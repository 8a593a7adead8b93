"""`alongside demo`: an invented partnership, made once a day and served at this machine."""

import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import click

from alongside.cli.demonstration.home import Home, Seeded, remove
from alongside.cli.demonstration.serving import Serving
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import Invalid
from alongside.kernel.language import gettext as _

DEFAULT_PEOPLE = 300
PORTS = 50  # how many to try before giving up
QUARTER = 15

_EXAMPLES = """\b
Examples:
  alongside demo
  alongside demo --people 1000 --seed 7
  alongside demo --port 9000 --fresh

\b
Who is in it and what it assumes: docs/reference/demonstration.md"""


@click.command("demo", epilog=_EXAMPLES)
@click.option(
    "--people",
    default=DEFAULT_PEOPLE,
    show_default=True,
    type=click.IntRange(26, 100_000),
    help=_("How many people to invent."),
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help=_("Another seed, other people."))
@click.option(
    "--home",
    default=Path("var/demo"),
    show_default=True,
    type=click.Path(path_type=Path),
    help=_("Where to keep it; may be deleted at any time."),
)
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help=_("Where to serve it; the next free port if this one is busy."),
)
@click.option("--no-serve", is_flag=True, help=_("Make it and stop."))
@click.option("--fresh", is_flag=True, help=_("Make it again, though it was made today."))
def command(people: int, seed: int, home: Path, port: int, no_serve: bool, fresh: bool) -> None:
    """Invent a partnership of two services and a GP practice, and serve it at this machine.

    Everybody in it is invented. Dates are counted from the day it runs. The first start of a day makes the people and
    shows how far it is; a start on the same day takes seconds. On a later day the partnership that is there is served
    at once, while one for today is made beside it and then takes its place.
    """
    place, now = Home(home), moment()
    wanted = Seeded(now.astimezone(LONDON).date(), people, seed)
    there = None if fresh else place.found(wanted)
    if no_serve:
        if there != wanted:
            make(place, wanted, now)
        click.echo(_("The demonstration is ready in {home}.").format(home=place.directory))
        return
    if there is None:
        make(place, wanted, now)
        there = wanted
    port = free_port(port)
    with Serving(place, port) as serving:
        serving.start(there)
        if there != wanted:
            _replace(place, there, wanted, now, serving)
        serving.wait()


def moment() -> datetime:
    """The present quarter of an hour: two runs within it make the same partnership to the byte."""
    now = datetime.now(UTC)
    return now.replace(minute=now.minute - now.minute % QUARTER, second=0, microsecond=0)


def make(home: Home, wanted: Seeded, now: datetime) -> None:
    """Invent the partnership in a file of its own, which takes its name when it is whole."""
    unfinished = home.unfinished(wanted)
    os.environ.update(home.settings(unfinished))
    import django

    django.setup()
    from alongside.cli.demonstration.making import make as invent

    try:
        invent(people=wanted.people, seed=wanted.seed, now=now)
        remove(home.file(wanted))
        unfinished.rename(home.file(wanted))
    finally:
        remove(unfinished)
    home.keep_only(wanted)


def _replace(home: Home, there: Seeded, wanted: Seeded, now: datetime, serving: Serving) -> None:
    told = _(
        "This is the partnership of {day}. One for today is being made; it will take over when it is ready, and "
        "you will be asked to choose again who to be."
    )
    click.echo(told.format(day=f"{there.day.day} {there.day:%B}"))
    make(home, wanted, now)
    serving.start(wanted)


def free_port(wanted: int) -> int:
    """The port itself, or the next one that is free; says so where it is another."""
    for port in range(wanted, min(wanted + PORTS, 65536)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port != wanted:
            click.echo(_("Port {wanted} is busy, so this is at {port}.").format(wanted=wanted, port=port))
        return port
    raise Invalid("--port", _("No port from {wanted} on is free. Choose another.").format(wanted=wanted))
