"""Appending to the ledger, giving its entries positions, signing how long it is, and forgetting whom it names."""

from alongside.audit.actions.appending import Shown, append
from alongside.audit.actions.forgetting import forget
from alongside.audit.actions.numbering import number
from alongside.audit.actions.signing import countersign, sign

__all__ = ["Shown", "append", "countersign", "forget", "number", "sign"]
