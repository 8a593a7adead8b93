"""What others published of consents and labels is decided as they say, and so is what it compiles to."""

from unittest.mock import patch

import pytest

from alongside.access.rules import decide, deciding
from tests.unit.access.cases import compiled
from tests.unit.access.published import CASES, NOT_EXPRESSED


@pytest.mark.parametrize("case", CASES, ids=lambda one: f"{one.source}: {one.name}")
def test_it_is_decided_as_published(case):
    assert decide(case.facts, case.asked).permitted == case.permitted
    assert compiled(case.facts, case.asked) == case.permitted


def test_names_are_told_apart_and_both_answers_are_there():
    assert len({one.name for one in CASES}) == len(CASES)
    assert {one.permitted for one in CASES} == {True, False}
    assert not set(NOT_EXPRESSED) & {one.name for one in CASES}


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("_holds", lambda denial, permit: False),
        ("_holds", lambda denial, permit: True),
        ("_alone", lambda line, question, asked: True),
        ("_emergencies", lambda facts, question, asked: iter(())),
    ],
)
def test_a_planted_fault_is_caught(name, wrong):
    with patch.object(deciding, name, wrong):
        assert any(decide(one.facts, one.asked).permitted != one.permitted for one in CASES)
