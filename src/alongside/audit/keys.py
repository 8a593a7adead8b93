"""The keys that sign checkpoints: the ledger's, which is a setting, and a witness's, which is a file of their own.

Spelt as transparency logs spell theirs (C2SP: signed-note, tlog-cosignature).
"""

import hashlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alongside.kernel.errors import Invalid

ORIGIN = "alongside/ledger"
LEDGER, WITNESS = 0x01, 0x04  # how C2SP numbers Ed25519, and Ed25519 of a witness with the time
_PURPOSE = b"alongside ledger key, version 1"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Whose signature, and how it is verified; as text `name+number+base64`."""

    name: str
    kind: int
    raw: bytes

    @classmethod
    def read(cls, text: str) -> "PublicKey":
        """Raises `Invalid` where the text is no public key, or its number is not that of the key."""
        try:
            name, _number, encoded = text.strip().split("+", 2)
            kind, *raw = b64decode(encoded, validate=True)
        except (ValueError, NotBase64):
            raise Invalid("", "{key!r} is not the public key of a ledger or a witness.", key=text.strip()) from None
        found = cls(name, kind, bytes(raw))
        if str(found) != text.strip() or kind not in (LEDGER, WITNESS) or len(raw) != 32:
            raise Invalid("", "{key!r} is not the public key of a ledger or a witness.", key=text.strip())
        return found

    def __str__(self) -> str:
        return f"{self.name}+{self.number().hex()}+{b64encode(bytes([self.kind]) + self.raw).decode()}"

    def number(self) -> bytes:
        """The four bytes that say in a signature line which key it is for."""
        return hashlib.sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.raw).digest()[:4]

    def fits(self, signature: bytes, words: str) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, words.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """What signs; as text `PRIVATE+KEY+name+base64`, to be kept where nobody else can read it."""

    name: str
    kind: int
    seed: bytes

    @classmethod
    def of_ledger(cls, secret: str) -> "PrivateKey":
        """The ledger's key out of the setting."""
        seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
        return cls(ORIGIN, LEDGER, seed)

    @classmethod
    def new_witness(cls, name: str) -> "PrivateKey":
        """A fresh key; `name` must be one word. Raises `Invalid`."""
        if not name or "+" in name or any(sign.isspace() for sign in name):
            raise Invalid("name", "A witness has a name of one word without a plus, such as riverside.officer.")
        return cls(name, WITNESS, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def read(cls, text: str) -> "PrivateKey":
        """Raises `Invalid` where the text is no private key of a witness."""
        try:
            private, key, name, encoded = text.strip().split("+", 3)
            kind, *seed = b64decode(encoded, validate=True)
        except (ValueError, NotBase64):
            raise Invalid("", "This file holds no key of a witness. “alongside ledger key” makes one.") from None
        if (private, key, kind, len(seed)) != ("PRIVATE", "KEY", WITNESS, 32):
            raise Invalid("", "This file holds no key of a witness. “alongside ledger key” makes one.")
        return cls(name, kind, bytes(seed))

    def __str__(self) -> str:
        return f"PRIVATE+KEY+{self.name}+{b64encode(bytes([self.kind]) + self.seed).decode()}"

    def public(self) -> PublicKey:
        return PublicKey(self.name, self.kind, self._key().public_key().public_bytes_raw())

    def sign(self, words: str) -> bytes:
        return self._key().sign(words.encode())

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)
