"""The list of what was erased, kept in a file outside the database: so that an old backup does not bring it back.

A line says the number of the key and a keyed hash of a registration's id. Whoever has the list alone learns how many
were erased; whoever has the key and an old backup can tell which, and that is what it is for. Lines are only added.
"""

import fcntl
import hashlib
import hmac
import os
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alongside.kernel.errors import NotAllowed
from alongside.kernel.language import later

FIRST = "alongside/erased v1"
_PURPOSE = b"alongside erased registrations, version 1"


class Unreadable(NotAllowed):
    """The list cannot be read or added to, or a line of it cannot be compared with anything."""

    exit_code = 3


def line(registration: str, secret: str) -> str:
    """What the list says of a registration under a key that is derived from a setting's secret."""
    key = _key(secret)
    return f"{_number(key)} {hmac.new(key, registration.encode(), hashlib.sha256).hexdigest()}"


@lru_cache(maxsize=8)
def _key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())


def _number(key: bytes) -> str:
    return hashlib.sha256(b"number" + key).hexdigest()[:8]


def among(registrations: Iterable[str], lines: Collection[str], secrets: Sequence[str]) -> list[str]:
    """Those of some registrations that a list names. Raises `Unreadable` for a line that none of our keys wrote."""
    known = {_number(_key(secret)) for secret in secrets}
    for one in lines:
        if one.partition(" ")[0] not in known:
            raise Unreadable(
                later(
                    "The list of erased records has lines under a key that is no longer in ALONGSIDE_LEDGER_KEYS. "
                    "Put that key back behind the others."
                )
            )
    here = set(lines)
    used = [secret for secret in secrets if _number(_key(secret)) in {one.partition(" ")[0] for one in here}]
    return [one for one in registrations if any(line(one, secret) in here for secret in used)]


def read(file: Path) -> list[str]:
    """The lines of the list; none where there is no file yet. Raises `Unreadable`."""
    try:
        text = file.read_text("utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as fault:
        raise _cannot(file, fault) from fault
    if not text:
        return []  # made, and not written yet
    first, *lines = text.splitlines()
    if first != FIRST or any(len(one) != len(f"{'0' * 8} {'0' * 64}") for one in lines) or not text.endswith("\n"):
        raise Unreadable(later("{file} is not a whole list of erased records. Take it from its backup."), file=file)
    return lines


def add(file: Path, lines: Iterable[str]) -> None:
    """Add lines that are not there yet; on the disk before this returns. Raises `Unreadable` and leaves it as it was.

    One writer at a time, whatever process it is in.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+", encoding="utf-8") as out:
            fcntl.flock(out, fcntl.LOCK_EX)
            there = read(file) if out.read(1) else None
            fresh = [one for one in dict.fromkeys(lines) if one not in (there or ())]
            out.write("".join(f"{one}\n" for one in ([FIRST] if there is None else []) + fresh))
            out.flush()
            os.fsync(out.fileno())
    except OSError as fault:
        raise _cannot(file, fault) from fault


def _cannot(file: Path, fault: Exception) -> Unreadable:
    words = later("The list of erased records, {file}, cannot be read or written: {fault}. See ALONGSIDE_ERASED.")
    return Unreadable(words, file=file, fault=fault)
