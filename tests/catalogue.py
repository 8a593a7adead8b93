"""The catalogue that translators get, made as they get it."""

import subprocess
import tempfile
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po


@cache
def collected() -> Catalog:
    """What `scripts/words.sh` collects from the source as it stands."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "alongside.pot"
        subprocess.run(["/bin/sh", "scripts/words.sh", made], check=True, capture_output=True)  # noqa: S603
        with made.open("rb") as lines:
            return read_po(lines)
