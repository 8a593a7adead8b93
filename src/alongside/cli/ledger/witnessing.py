"""Where a witness works: another service's officer, with a key and a folder of their own, and no database."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

import click

from alongside.audit.checkpoints import Note
from alongside.audit.keys import PrivateKey, PublicKey
from alongside.audit.rules import Tree
from alongside.audit.witness import Kept, Offer
from alongside.cli.ledger.files import put, text_of
from alongside.kernel import clock
from alongside.kernel.errors import AlongsideError, Duplicate, Invalid
from alongside.kernel.language import gettext as _

KEPT, LEAVES = "kept.json", "leaves.bin"
HASH = 32  # bytes
FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("key")
@click.argument("file", type=FILE)
@click.option("--name", required=True, help=_("Who countersigns, as one word such as riverside.officer."))
def key(file: Path, name: str) -> None:
    """Make a witness's key in FILE, for nobody else to read, and print its public key for ALONGSIDE_WITNESSES."""
    if file.exists():
        raise Duplicate(_("There is a key in this file already."), str(file))
    made = PrivateKey.new_witness(name)
    put(file, f"{made}\n", 0o600)
    click.echo(str(made.public()))


@click.command("countersign")
@click.argument("offer", type=FILE)
@click.option("--key", "key_file", required=True, type=READABLE, help=_("Your key: “alongside ledger key” made it."))
@click.option("--kept", required=True, type=FOLDER, help=_("Your folder, where the ledger's people cannot write."))
@click.option("--ledger", "ledger", help=_("The ledger's public key; only the first time."))
@click.option("--out", required=True, type=FILE, help=_("Where the countersigned checkpoint goes."))
@click.option("--every", type=click.IntRange(1, 3600), help=_("Go on, and look for a new offer every so many seconds."))
def countersign(offer: Path, key_file: Path, kept: Path, ledger: str | None, out: Path, every: int | None) -> None:
    """Countersign the checkpoint in OFFER if the ledger still holds everything that you have kept, and keep it too.

    Refuses with exit code 1 where history was rewritten, cut off or signed with another key: tell the privacy leads.
    """
    signing = PrivateKey.read(text_of(key_file))
    if every is None:
        click.echo(_countersign(offer, signing, kept, ledger, out))
        return
    seen = ""
    while True:
        seen = _again(offer, signing, kept, ledger, out, seen)
        time.sleep(every)


def _again(offer: Path, signing: PrivateKey, kept: Path, ledger: str | None, out: Path, seen: str) -> str:
    """Countersign where the offer is another one than last time; returns what it is now."""
    text = text_of(offer) if offer.exists() else ""
    if text not in ("", seen):
        try:
            click.echo(_countersign(offer, signing, kept, ledger, out))
        except AlongsideError as problem:
            click.echo(str(problem), err=True)
    return text


def _countersign(file: Path, signing: PrivateKey, folder: Path, ledger: str | None, out: Path) -> str:
    offer = Offer.read(text_of(file))
    known = _kept(folder, ledger)
    if known.note and known.note.head == offer.note.head:
        put(out, known.note.text())
        return _("You have countersigned this one before.")
    found = known.countersigned(offer, signing, clock.now())
    _keep(folder, found, known.tree.size, offer.after(known.tree.size))
    assert found.note is not None  # noqa: S101 - it was countersigned in the line above
    put(out, found.note.text())
    return _("Countersigned: the ledger has {size} entries.").format(size=found.tree.size)


def _kept(folder: Path, ledger: str | None) -> Kept:
    file = folder / KEPT
    if not file.exists():
        if not ledger:
            raise Invalid("--ledger", _("You keep nothing of this ledger yet. Give its public key this first time."))
        return Kept(PublicKey.read(ledger), Tree())
    kept = Kept.read(text_of(file))
    if ledger and PublicKey.read(ledger) != kept.ledger:
        raise Invalid("--ledger", _("You keep another ledger, or an earlier key of it, in this folder."))
    return kept


def _keep(folder: Path, kept: Kept, before: int, leaves: Sequence[bytes]) -> None:
    """The leaves first: what a crash leaves behind the checkpoint is cut off by the next time."""
    folder.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(folder / LEAVES, os.O_RDWR | os.O_CREAT, 0o644), "r+b") as out:
        if out.seek(0, os.SEEK_END) < before * HASH:
            raise Invalid(str(folder / LEAVES), _("Leaf hashes that you kept are gone. Take them from your backup."))
        out.truncate(before * HASH)
        out.seek(before * HASH)
        out.write(b"".join(leaves))
        out.flush()
        os.fsync(out.fileno())
    put(folder / KEPT, kept.text())


@click.command("kept")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def show(folder: Path) -> None:
    """Print the checkpoint that you countersigned last, from the FOLDER that you keep."""
    note: Note | None = Kept.read(text_of(folder / KEPT)).note
    click.echo(note.text() if note else "", nl=False)


COMMANDS = (key, countersign, show)
