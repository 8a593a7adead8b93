"""A planted fault that no test sees needs a reason, and a reason needs its fault."""

import runpy

import pytest

from tests.building.house import REPOSITORY

script = runpy.run_path(str(REPOSITORY / "scripts/mutants.py"))
Mutant, Reason = script["Mutant"], script["Reason"]

LIVES = Mutant("measures.rules.goals.goal_attainment", "return 1", "return 2")
WHY = Reason("measures.rules.goals.goal_attainment", "return 1", "2", "because")


def test_a_survivor_without_a_reason_is_found():
    assert script["judged"]([LIVES], []) == ([LIVES], [])
    assert script["judged"]([LIVES], [WHY]) == ([], [])


@pytest.mark.parametrize(
    "other",
    [
        Reason("measures.rules.goals.other", "return 1", "2", "because"),
        Reason(WHY.where, "return 3", "2", "because"),
        Reason(WHY.where, "return 1", "4", "because"),
    ],
)
def test_a_reason_for_another_fault_is_none_and_is_stale(other):
    assert script["judged"]([LIVES], [other]) == ([LIVES], [other])


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("alongside.measures.rules.goals.x_goal_attainment__mutmut_12", "measures.rules.goals.goal_attainment"),
        ("alongside.outcomes.rules.reliability.xǁNormsǁcutoff__mutmut_1", "outcomes.rules.reliability.Norms.cutoff"),
        ("alongside.measures.rules.parts.x__decided__mutmut_4", "measures.rules.parts._decided"),
    ],
)
def test_functions_are_called_as_they_are_in_the_code(name, function):
    assert script["function_of"](name) == function


def test_the_changed_lines_are_read():
    diff = "--- a.py\n+++ a.py\n@@ -1,2 +1,2 @@\n def f():\n-    return 1\n+    return 2"
    assert script["changed"](diff) == ("return 1", "return 2")
