"""How notes are kept from whoever has only the database: as all free text about people is (`access.sealing`)."""

from alongside.access.sealing import Unreadable, keys, rotated, seal, unseal

__all__ = ["Unreadable", "keys", "rotated", "seal", "unseal"]
