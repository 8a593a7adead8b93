"""Appending to the ledger, giving its entries their positions, and signing how long it is."""

from alongside.audit.actions.appending import Shown, append
from alongside.audit.actions.numbering import number
from alongside.audit.actions.signing import countersign, sign

__all__ = ["Shown", "append", "countersign", "number", "sign"]
