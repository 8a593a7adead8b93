"""The files between a ledger and a witness, each written whole or not at all: the other side reads at any moment."""

import os
from pathlib import Path

from alongside.kernel.errors import Invalid
from alongside.kernel.language import gettext as _

OFFER, RETURNED = "offer.json", "countersigned.txt"


def text_of(file: Path) -> str:
    """What stands in a file. Raises `Invalid` where it is no text."""
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        raise Invalid(str(file), _("This is not a text file in UTF-8.")) from None


def put(file: Path, text: str, mode: int = 0o644) -> None:
    """Write `text` in the place of what stood there, on the disk before this returns."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
