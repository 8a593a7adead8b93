"""What a page's read does past the second wall stands in one list, with its reason, and nothing else does."""

import ast
from collections.abc import Iterator

import pytest

from alongside.access import wall
from tests.building import gates


def steps_past(source: str) -> Iterator[str | None]:
    """What each step past the wall calls itself; None for one that does not say so in a word of its own."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and gates.used(node.func, {}) & {"wall.past"}:
            first = node.args[0] if node.args else None
            yield first.value if isinstance(first, ast.Constant) else None


def test_every_step_is_in_the_list_and_is_taken():
    found = [step for source in gates.our_sources().values() for step in steps_past(source)]
    assert sorted(found, key=str) == sorted(wall.PAST)


def test_each_has_its_reason():
    source = gates.our_sources()["access.wall"].splitlines()
    for step in wall.PAST:
        assert any(f'"{step}",  # ' in line for line in source)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("with wall.past('plan.all'):\n    pass", ["plan.all"]),
        ("with wall.past(why):\n    pass", [None]),
        ("with wall.around(access):\n    pass", []),
    ],
)
def test_a_step_that_nobody_named_is_found(source, found):
    assert list(steps_past(source)) == found


ROLES = ("SET LOCAL ROLE", "SET ROLE", "alongside_acts")


def test_nobody_else_speaks_of_roles():
    """The wall is put up, stood behind and stepped past in these modules alone."""
    speaking = {module for module, source in gates.our_sources().items() if any(one in source for one in ROLES)}
    assert speaking == {"access.wall"}
