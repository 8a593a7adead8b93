"""What somebody could do to a ledger that a witness keeps, each at random, with the first position that is then bad."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from alongside.audit import checkpoints
from tests.ledger.made import ANOTHER, LEDGER, Ledger, line, signed


@dataclass(frozen=True)
class Altered:
    """The ledger afterwards, and where the first bad position is."""

    ledger: Ledger
    position: int


Alteration = Callable[[Ledger, random.Random], Altered]


def flip(of: Ledger, chance: random.Random) -> Altered:
    """One bit of one entry."""
    place = chance.randrange(of.witnessed)
    return _with(of, place, _flipped(of.lines[place], chance))


def _flipped(words: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(words))
    return words[:at] + bytes([words[at] ^ 1 << chance.randrange(8)]) + words[at + 1 :]


def _with(of: Ledger, place: int, words: bytes) -> Altered:
    return Altered(replace(of, lines=[*of.lines[:place], words, *of.lines[place + 1 :]]), place)


def delete(of: Ledger, chance: random.Random) -> Altered:
    """One entry is gone, and what follows moves up."""
    place = chance.randrange(of.witnessed)
    return Altered(replace(of, lines=[*of.lines[:place], *of.lines[place + 1 :]]), place)


def insert(of: Ledger, chance: random.Random) -> Altered:
    """One entry more, as well-formed as any."""
    place = chance.randrange(of.witnessed)
    fresh = line(1_000_000 + chance.randrange(1_000_000), chance)
    return Altered(replace(of, lines=[*of.lines[:place], fresh, *of.lines[place:]]), place)


def repeat(of: Ledger, chance: random.Random) -> Altered:
    """An entry stands there twice."""
    place = chance.randrange(of.witnessed - 1)
    return Altered(replace(of, lines=[*of.lines[: place + 1], *of.lines[place:]]), place + 1)


def swap(of: Ledger, chance: random.Random) -> Altered:
    """Two entries changed places; at least one of them is witnessed."""
    one = chance.randrange(of.witnessed)
    other = chance.choice([place for place in range(len(of.lines)) if place != one])
    lines = list(of.lines)
    lines[one], lines[other] = lines[other], lines[one]
    return Altered(replace(of, lines=lines), min(one, other))


def truncate(of: Ledger, chance: random.Random) -> Altered:
    """The end is gone, and the checkpoints stayed."""
    size = chance.randrange(of.witnessed)
    return Altered(replace(of, lines=of.lines[:size]), size)


def roll_back(of: Ledger, chance: random.Random) -> Altered:
    """An old copy, sound in itself: everything as it was when an earlier checkpoint was the newest."""
    last = chance.randrange(of.kept) if of.kept else -1
    size = of.notes[last].head.size if last >= 0 else 0
    more = chance.randrange(of.notes[last + 1].head.size - size)  # entries since that had no checkpoint yet
    return Altered(replace(of, lines=of.lines[: size + more], notes=of.notes[: last + 1], kept=0), size + more)


def sign_one_again(of: Ledger, chance: random.Random) -> Altered:
    """A checkpoint says the same and is signed with another key."""
    place = chance.randrange(len(of.notes))
    note = checkpoints.signed(of.notes[place].head, ANOTHER)
    return _with_notes(of, [*of.notes[:place], note, *of.notes[place + 1 :]], place)


def _with_notes(of: Ledger, notes: list[checkpoints.Note], place: int) -> Altered:
    """The first bad position is the first that no sound checkpoint before this place covers."""
    return Altered(replace(of, notes=notes), of.notes[place - 1].head.size if place else 0)


def sign_all_again(of: Ledger, chance: random.Random) -> Altered:
    """An entry was changed, and everything signed anew with another key."""
    lines = flip(of, chance).ledger.lines
    notes = signed(lines, [one.head.size for one in of.notes], ANOTHER)
    return Altered(replace(of, lines=lines, notes=notes), 0)


def rewrite(of: Ledger, chance: random.Random) -> Altered:
    """An entry was changed, left out or slipped in, and everything signed anew with the ledger's own stolen key."""
    altered = chance.choice([flip, delete, insert, swap])(of, chance)
    sizes = [one.head.size for one in of.notes if one.head.size <= len(altered.ledger.lines)]
    return Altered(replace(altered.ledger, notes=signed(altered.ledger.lines, sizes)), altered.position)


def change_checkpoint(of: Ledger, chance: random.Random) -> Altered:
    """A checkpoint has another root or size under its old signature."""
    place = chance.randrange(len(of.notes))
    note = of.notes[place]
    other = replace(note.head, root=chance.randbytes(32)) if chance.random() < 0.5 else replace(note.head, size=1_000)
    return _with_notes(of, [*of.notes[:place], replace(note, head=other), *of.notes[place + 1 :]], place)


def remove_checkpoint(of: Ledger, chance: random.Random) -> Altered:
    """One of the checkpoints before another one is gone."""
    place = chance.randrange(len(of.notes) - 1)
    return _with_notes(of, [*of.notes[:place], *of.notes[place + 1 :]], place)


def slip_in_checkpoint(of: Ledger, chance: random.Random) -> Altered:
    """One more, signed with the stolen key, that leads nowhere: the next one does not follow it."""
    place = chance.randrange(len(of.notes))
    head = replace(of.notes[place].head, root=chance.randbytes(32), size=of.notes[place].head.size)
    notes = [*of.notes[:place], checkpoints.signed(head, LEDGER), *of.notes[place:]]
    return Altered(replace(of, notes=notes), of.notes[place - 1].head.size if place else 0)


ALTERATIONS: tuple[Alteration, ...] = (
    flip,
    delete,
    insert,
    repeat,
    swap,
    truncate,
    roll_back,
    sign_one_again,
    sign_all_again,
    rewrite,
    change_checkpoint,
    remove_checkpoint,
    slip_in_checkpoint,
)
