"""The laws of access, of cases that Hypothesis draws; `python -m tests.unit.access.proof` is the whole."""

import pytest
from hypothesis import Phase, given, settings

from tests.unit.access import planted
from tests.unit.access.cases import compiled, decided, drawn, seeded
from tests.unit.access.laws import LAWS

MANY = 3_000  # cases of each law, besides those that Hypothesis draws
FOR_A_FAULT = 6_000  # cases in which a fault has to show
NAMES = list(LAWS)


@pytest.mark.parametrize("see", [decided, compiled], ids=["decided", "compiled"])
@pytest.mark.parametrize("name", NAMES)
def test_it_holds(name, see):
    @settings(max_examples=40, database=None, phases=[Phase.generate, Phase.shrink])
    @given(drawn())
    def law(case):
        assert LAWS[name](case, see).held

    law()


@pytest.mark.parametrize("name", NAMES)
def test_it_says_something_and_holds(name):
    """Of enough cases that could have broken it: a law about nothing holds of everything."""
    said = [LAWS[name](seeded(number), decided) for number in range(MANY)]
    assert [number for number, one in enumerate(said) if not one.held] == []
    assert sum(one.told for one in said) >= MANY / 200


@pytest.mark.parametrize(("name", "fault"), [(law, one) for law, faults in planted.FAULTS.items() for one in faults])
def test_a_planted_fault_breaks_it(name, fault):
    with planted.FAULTS[name][fault]():
        assert broken(name, decided)


@pytest.mark.parametrize("name", planted.COMPILED)
def test_a_planted_fault_of_the_compiler_breaks_it(name):
    with planted.COMPILED[name]():
        assert broken(name, compiled)


def test_every_law_has_its_fault():
    assert set(planted.FAULTS) == set(LAWS)


def broken(name, see):
    return any(not LAWS[name](seeded(number), see).held for number in range(FOR_A_FAULT))
