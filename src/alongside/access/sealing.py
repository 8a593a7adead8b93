"""Encrypting free text about people before it reaches the database. Which keys, and how they change:
`docs/adr/0004-note-keys.md`."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"alongside session notes, version 1"


class Unreadable(RuntimeError):
    """No key of this installation opens the text, or it is not that of the record that it was written in."""


def _fernet(secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(urlsafe_b64encode(key))


@cache
def _keys(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([_fernet(secret) for secret in secrets])


def keys(secrets: Sequence[str] = ()) -> MultiFernet:
    """The keys of this installation: the first writes, all of them read."""
    return _keys(tuple(secrets or settings.NOTE_KEYS))


def seal(text: str, record: str) -> str:
    """`text` as a token for the record with this id. The id is sealed in: a token cannot pass for another record's."""
    return keys().encrypt(f"{record}\n{text}".encode()).decode()


def rotated(token: str) -> str:
    """The same text under the first key."""
    return keys().rotate(token).decode()


def unseal(token: str, record: str) -> str:
    """The text of a token; `Unreadable` where no key opens it or it was sealed for another record."""
    try:
        plain = keys().decrypt(token).decode()
    except InvalidToken:
        raise Unreadable(f"No key opens {record}. Was a note key taken away too early?") from None
    owner, _, text = plain.partition("\n")
    if owner != record:
        raise Unreadable(f"{record} holds the text of another record.")
    return text
