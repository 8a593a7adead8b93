"""Leaks that were planted are caught: `python -m tests.planted.proof` plants all of them; here each still applies."""

import pytest

from alongside.kernel import clock
from tests.building.house import ROOT
from tests.planted import planting

LEAKS = planting.leaks()
# Caught without a database, so that one of them can be tried each day.
QUICK = [one for one in LEAKS if all(test.startswith(("tests/building", "tests/law")) for test in one.tests)]


def test_there_are_enough_of_them():
    assert len(LEAKS) >= 40
    assert len({one.name for one in LEAKS}) == len(LEAKS)


@pytest.mark.parametrize("leak", LEAKS, ids=lambda one: one.name)
def test_it_still_applies(leak):
    """Where it does not, somebody rewrote that place: write the leak anew for what stands there now."""
    text = (ROOT / leak.file).read_text("utf-8")
    assert leak.into(text) != text
    if leak.file.endswith(".py"):
        compile(leak.into(text), leak.file, "exec")


@pytest.mark.parametrize("leak", LEAKS, ids=lambda one: one.name)
def test_the_tests_it_names_are_there(leak):
    for test in leak.tests:
        path, _, name = test.partition("::")
        place = planting.ROOT / path
        assert place.exists(), test
        assert not name or f"def {name}(" in place.read_text("utf-8")


def test_words_that_stand_there_no_longer_are_found():
    with pytest.raises(planting.DoesNotApply, match="0 times"):
        planting.Leak("x", "x.py", "old", "new", ()).into("other words")


def test_the_leak_of_the_day_is_caught(tmp_path):
    """Another one each day; the proof has all."""
    leak = QUICK[clock.today().toordinal() % len(QUICK)]
    tree = planting.copy(tmp_path)
    with planting.planted(leak, tree):
        code, said = planting.outcome_of(leak.tests, tree)
    assert code == planting.FAILED, said
