"""The secret in a link that is sent to somebody: 128 bits of chance, kept as a digest only, so that whoever copies the
database holds no link.
"""

import hashlib
import secrets

TOKEN_BYTES = 16  # 128 bits


def new_token() -> str:
    """A link's secret, fit for an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is kept of a token. It is all chance, so nothing slower is needed against guessing."""
    return hashlib.sha256(token.encode()).hexdigest()
