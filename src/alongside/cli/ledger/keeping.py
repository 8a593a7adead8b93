"""Where the ledger is kept: its positions and checkpoints, and the files for a witness and for a verifier."""

import json
import time
from collections.abc import Iterable
from pathlib import Path

import click

from alongside.cli.database import NotReady, refuse_unready
from alongside.cli.django_ready import ready
from alongside.cli.ledger.files import OFFER, RETURNED, put, text_of
from alongside.kernel.errors import AlongsideError, NotThere
from alongside.kernel.language import gettext as _

EVERY = 1  # second: how long an entry may be without its position
SIGNS = 15  # seconds between checkpoints: with a witness's own 15, no entry waits a minute for both
FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


def sign_all() -> tuple[int, int | None]:
    """Give every entry that waits its position and sign a checkpoint: how many there were, and the new size."""
    from alongside.audit import actions
    from alongside.cli.kept import sign_and_keep

    numbered = 0
    while count := actions.number():
        numbered += count
    return numbered, sign_and_keep()


@click.command("run")
@click.option("--exchange", type=FOLDER, help=_("Folder that a witness reads and writes, too."))
@click.option("--turns", type=click.IntRange(1), help=_("Stop after so many seconds; without it, never."))
def run(exchange: Path | None, turns: int | None) -> None:
    """Every second, give new entries their positions; every 15 seconds, sign a checkpoint. For a service manager.

    With --exchange it lays an offer into that folder and takes in what a witness countersigned.
    """
    _ready()
    done = 0
    while turns is None or done < turns:
        begun = time.monotonic()
        _turn(exchange, sign=done % SIGNS == 0)
        done += 1
        time.sleep(max(0.0, EVERY - (time.monotonic() - begun)) if done != turns else 0)


def _turn(exchange: Path | None, *, sign: bool) -> None:
    """One second's work. A database that is away for a moment is said, and tried again."""
    from django.db import OperationalError, connection

    from alongside.audit import actions

    try:
        if sign and sign_all()[1] and exchange:
            _offer(exchange / OFFER, None)
        actions.number()
        if exchange:
            _take_in(exchange)
    except OperationalError as fault:
        click.echo(_("The ledger waits for its database: {fault}").format(fault=str(fault).strip()), err=True)
        connection.close()


def _take_in(exchange: Path) -> None:
    returned = exchange / RETURNED
    if not returned.exists():
        return
    try:
        fresh = _import(returned)
    except AlongsideError as problem:
        click.echo(_("{file}: {problem}").format(file=returned, problem=problem), err=True)
        returned.replace(returned.with_suffix(".refused"))
    else:
        returned.unlink()
        if fresh:
            _offer(exchange / OFFER, None)  # from where the witness is now


@click.command("offer")
@click.argument("file", type=FILE)
@click.option("--from", "begins", type=click.IntRange(0), help=_("The first position that the witness has not kept."))
def offer(file: Path, begins: int | None) -> None:
    """Write the newest checkpoint to FILE for a witness, with every leaf hash since what they countersigned last."""
    _ready()
    _offer(file, begins)


def _offer(file: Path, begins: int | None) -> None:
    from alongside.audit import queries

    try:
        put(file, queries.offer(begins=begins).text())
    except NotThere:
        raise NotReady(_("There is no checkpoint yet. Run “alongside tick” first.")) from None


@click.command("import")
@click.argument("file", type=READABLE)
def take_in(file: Path) -> None:
    """Keep the countersignatures in FILE, which a witness of ALONGSIDE_WITNESSES gave back."""
    _ready()
    names = _import(file)
    click.echo(_("Countersigned by {names}.").format(names=", ".join(names)) if names else _("It was here already."))


def _import(file: Path) -> list[str]:
    from alongside.audit import actions
    from alongside.audit.checkpoints import Note

    return actions.countersign(note=Note.read(text_of(file)))


@click.command("export")
@click.argument("folder", type=FOLDER)
def export(folder: Path) -> None:
    """Write every entry and checkpoint into FOLDER, for verifier/alongside_verify.py.

    Guard it: it names nobody who is cared for, and says which practitioner did what, and when.
    """
    _ready()
    from alongside.audit import queries

    folder.mkdir(parents=True, exist_ok=True)
    entries = _lines(folder / "entries.ndjson", queries.lines())
    notes = _lines(folder / "checkpoints.ndjson", (json.dumps({"note": one.text()}) for one in queries.notes()))
    click.echo(_("{entries} entries and {notes} checkpoints.").format(entries=entries, notes=notes))


def _lines(file: Path, lines: Iterable[str]) -> int:
    with file.open("w", encoding="utf-8", newline="\n") as out:
        return sum(out.write(f"{line}\n") > 0 for line in lines)


@click.command("public-key")
def public_key() -> None:
    """Print the key by which a witness and a verifier know this ledger's checkpoints; earlier ones below it."""
    ready()
    from alongside.audit import queries

    for key in queries.public_keys():
        click.echo(str(key))


@click.command("show")
def show() -> None:
    """Print the newest checkpoint with its signatures, to be kept where nobody can change it."""
    _ready()
    from alongside.audit import queries

    note = queries.newest_checkpoint()
    if note is None:
        raise NotReady(_("There is no checkpoint yet. Run “alongside tick” first."))
    click.echo(note.text(), nl=False)


def _ready() -> None:
    ready()
    refuse_unready()


COMMANDS = (run, show, offer, take_in, export, public_key)
