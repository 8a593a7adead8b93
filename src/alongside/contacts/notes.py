"""Encrypting notes before they reach the database. Which keys, and how they change: `docs/adr/0004-note-keys.md`."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"alongside session notes, version 1"


class Unreadable(RuntimeError):
    """No key of this installation opens the note, or it is not the note that it was written as."""


def _fernet(secret: str) -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(urlsafe_b64encode(key))


@cache
def _keys(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([_fernet(secret) for secret in secrets])


def keys(secrets: Sequence[str] = ()) -> MultiFernet:
    """The keys of this installation: the first writes, all of them read."""
    return _keys(tuple(secrets or settings.NOTE_KEYS))


def seal(text: str, note: str) -> str:
    """`text` as a token for the note with this id. The id is sealed in, so a token cannot pass for another note's."""
    return keys().encrypt(f"{note}\n{text}".encode()).decode()


def unseal(token: str, note: str) -> str:
    """The text of a token; `Unreadable` where no key opens it or it was sealed for another note."""
    try:
        plain = keys().decrypt(token).decode()
    except InvalidToken:
        raise Unreadable(f"No key opens the note {note}. Was a note key taken away too early?") from None
    owner, _, text = plain.partition("\n")
    if owner != note:
        raise Unreadable(f"The note {note} holds the text of another one.")
    return text
