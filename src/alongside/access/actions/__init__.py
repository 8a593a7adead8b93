"""Facts in, grants out: each change locks the registration, reads its facts afresh, replaces what they compile to."""

from alongside.access.actions.compiled import recompile
from alongside.access.actions.copies import Copied, copied_from, copied_on
from alongside.access.actions.entering import log, refuse_repeat, refused
from alongside.access.actions.erasing import erase, erase_rows
from alongside.access.actions.facts import add_need, break_glass, end_glass, end_needs, replace_lines, restrict
from alongside.access.actions.locking import anchor, lock, lock_pair
from alongside.access.actions.places import compile_outdated, know_place
from alongside.access.actions.replaying import replay
from alongside.access.actions.rotating import Rotated, rotate_note_keys
from alongside.access.actions.together import together
from alongside.access.actions.twins import confirm, pair, part

__all__ = [
    "Copied",
    "Rotated",
    "add_need",
    "anchor",
    "break_glass",
    "compile_outdated",
    "confirm",
    "copied_from",
    "copied_on",
    "end_glass",
    "end_needs",
    "erase",
    "erase_rows",
    "know_place",
    "lock",
    "lock_pair",
    "log",
    "pair",
    "part",
    "recompile",
    "refuse_repeat",
    "refused",
    "replace_lines",
    "replay",
    "restrict",
    "rotate_note_keys",
    "together",
]
