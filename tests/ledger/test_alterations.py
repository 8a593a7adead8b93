"""Random alterations of a ledger that a witness keeps: all found, each at its first bad position."""

import random
from dataclasses import replace

import pytest

from tests.ledger import finding
from tests.ledger.alterations import ALTERATIONS
from tests.ledger.made import LEDGER, OFFICER, ledger, verifier
from tests.ledger.proof import SEED

TIMES = 390
FEW = 130


def test_every_alteration_is_found_at_its_first_bad_position(tmp_path):
    found = finding.alter(TIMES, SEED, tmp_path, verifier())
    assert found.missed == []
    assert set(found.tried) == {one.__name__ for one in ALTERATIONS}
    assert min(found.tried.values()) == TIMES // len(ALTERATIONS)


def without_leaves(program):
    """The witness's leaf hashes are not looked at."""
    read = program.Kept.read.__func__
    program.Kept.read = classmethod(lambda cls, place: program.Kept(read(cls, place).checkpoint, b""))


def without_roots(program):
    """The tree has whatever root somebody says."""
    program._due = lambda checkpoints, kept: iter(())


def without_signatures(program):
    program.Key.fits = lambda self, signature, words: True


def without_order(program):
    """A checkpoint need not follow the one before."""
    program.Checkpoint.digest = lambda self: "none"


WEAKENED = (without_leaves, without_roots, without_signatures, without_order)


@pytest.mark.parametrize("weaken", WEAKENED)
def test_a_verifier_that_looks_less_closely_is_caught(tmp_path, weaken):
    program = verifier()
    weaken(program)
    try:
        found = finding.alter(FEW, SEED, tmp_path, program)
    except (finding.Unfit, program.Unsound, program.Unreadable):
        return  # it does not even take a sound ledger for sound
    assert found.missed


@pytest.fixture
def whole():
    return ledger(200, random.Random(SEED))


@pytest.fixture
def look(tmp_path):
    """Has the verifier look at a ledger against what the witness kept of another one."""
    program = verifier()

    def looked(export, kept):
        keys = (
            [program.Key.read(str(LEDGER.public()), program.LEDGER)],
            program.Key.read(str(OFFICER.public()), program.WITNESS),
        )
        place = kept.write_kept(tmp_path / "kept")
        return program.verify(export.write(tmp_path / "export"), program.Kept.read(place), *keys)

    return looked


def test_beyond_the_witness_the_ledgers_own_checkpoints_still_find_it(whole, look):
    kept = replace(whole, kept=4)
    last = whole.notes[-1].head.size
    for place in range(kept.witnessed, last):
        altered = replace(whole, lines=[*whole.lines[:place], b"{}", *whole.lines[place + 1 :]])
        with pytest.raises(Exception, match="some entry from here to position") as said:
            look(altered, kept)
        sizes = [one.head.size for one in whole.notes]
        assert said.value.position == max(size for size in sizes if size <= place)
