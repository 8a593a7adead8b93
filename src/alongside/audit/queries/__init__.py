"""Reading the ledger, giving it to a witness or a verifier, and verifying it."""

from alongside.audit.queries.accounting import Line, accounting
from alongside.audit.queries.giving import lines, newest_checkpoint, notes, offer, public_keys
from alongside.audit.queries.journalled import Shared, checkpoint, leaf_hashes, shared, touched
from alongside.audit.queries.looking import Act, Looked, Seen, about, is_cut, newest, newest_each, seen_since, shown_to
from alongside.audit.queries.omitting import Without
from alongside.audit.queries.remembering import ERASE, erased_among, erased_problems
from alongside.audit.queries.verifying import has_checkpoint, problems, unwitnessed_since, waiting_since

__all__ = [
    "ERASE",
    "Act",
    "Line",
    "Looked",
    "Seen",
    "Shared",
    "Without",
    "about",
    "accounting",
    "checkpoint",
    "erased_among",
    "erased_problems",
    "has_checkpoint",
    "is_cut",
    "leaf_hashes",
    "lines",
    "newest",
    "newest_checkpoint",
    "newest_each",
    "notes",
    "offer",
    "problems",
    "public_keys",
    "seen_since",
    "shared",
    "shown_to",
    "touched",
    "unwitnessed_since",
    "waiting_since",
]
