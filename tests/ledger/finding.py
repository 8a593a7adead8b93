"""Alters ledgers at random, has the verifier look at each, and says what it missed."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from tests.ledger.alterations import ALTERATIONS, Alteration, Altered
from tests.ledger.made import LEDGER, OFFICER, Ledger, ledger
from tests.unit.audit.naive import tree_hash

EACH = 20  # alterations of one ledger
ENTRIES = range(20, 400)


@dataclass
class Found:
    """How often each kind was tried, and what was not found, or found elsewhere than it is."""

    tried: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


class Unfit(Exception):
    """The verifier does not even count a sound ledger rightly."""


def alter(times: int, seed: int, folder: Path, program: ModuleType) -> Found:
    """So many alterations, of each kind in turn."""
    found, chance = Found(), random.Random(seed)
    keys = (
        [program.Key.read(str(LEDGER.public()), program.LEDGER)],
        program.Key.read(str(OFFICER.public()), program.WITNESS),
    )
    for number, (whole, alteration) in zip(range(times), _cases(chance, folder, program, keys), strict=False):
        altered = alteration(whole, chance)
        found.tried[alteration.__name__] += 1
        if said := _fault(whole, altered, folder, program, keys):
            found.missed.append(f"{number} {alteration.__name__}: {said}")
    return found


def _cases(
    chance: random.Random, folder: Path, program: ModuleType, keys: tuple
) -> Iterator[tuple[Ledger, Alteration]]:
    """Ledgers, each of them sound and kept by the witness, with what is to be done to them."""
    place = 0
    while True:
        whole = ledger(chance.choice(ENTRIES), chance)
        kept = program.Kept.read(whole.write_kept(folder / "kept"))
        sound = program.verify(whole.write(folder / "export"), kept, *keys)
        if (sound.entries, sound.witnessed) != (len(whole.lines), whole.witnessed):
            raise Unfit(f"The verifier counts {sound}")
        for _ in range(EACH):
            yield whole, ALTERATIONS[place % len(ALTERATIONS)]
            place += 1


def _fault(whole: Ledger, altered: Altered, folder: Path, program: ModuleType, keys: tuple) -> str:
    """What the verifier says otherwise than it is; empty where it is right."""
    if not _is_altered(whole, altered):
        return "this alteration altered nothing"
    try:
        program.verify(altered.ledger.write(folder / "export"), program.Kept.read(folder / "kept"), *keys)
    except program.Unsound as said:
        return "" if said.position == altered.position else f"bad from {altered.position}, and it says {said}"
    return f"bad from {altered.position}, and it says that all is sound"


def _is_altered(whole: Ledger, altered: Altered) -> bool:
    """By the recursive tree of RFC 6962, which shares nothing with either program; and by the text of the notes."""
    size = whole.witnessed
    lines = altered.ledger.lines[:size]
    same_entries = len(lines) == size and tree_hash(list(lines)) == whole.notes[whole.kept].head.root
    if not same_entries and altered.ledger.notes == whole.notes:  # then the position is where the lines part
        parted = next((at for at, pair in enumerate(zip(lines, whole.lines, strict=False)) if pair[0] != pair[1]), None)
        if (len(lines) if parted is None else parted) != altered.position:
            raise AssertionError("The alteration does not know where it began.")
    return not same_entries or altered.ledger.notes != whole.notes
