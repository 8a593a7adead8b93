"""A written-out statement about records asks, for every table of records in it, which rows the reader may see."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.apps import apps

from alongside.access.models import Record
from tests.building import house

FROM = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)\s+(\w+)")
INSIDE = re.compile(r"\([^()]*\)")
RECORDS = {model._meta.db_table for model in apps.get_models() if issubclass(model, Record)}


def statements(source: str) -> Iterator[str | None]:
    """The words of every written-out statement of a module; None for one whose words do not stand there."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Statement":
            first = node.args[0] if node.args else None
            yield first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def unasked(words: str) -> list[str]:
    """Tables of records in these words whose rows nobody asked to be visible."""
    return [table for part in re.split(r"\bUNION(?: ALL)?\b", words) for table in _unasked(part)]


def _unasked(part: str) -> Iterator[str]:
    called = [(table, alias) for table, alias in FROM.findall(part) if table in RECORDS]
    for table in RECORDS:
        times = len(re.findall(rf"\b{table}\b", part))
        asked = {alias for name, alias in called if name == table and _is_asked(part, alias)}
        yield from [table] * (times - len(asked))


def _is_asked(part: str, alias: str) -> bool:
    asked = re.search(rf"\b(?:WHERE|AND)\s+\{{visible:{alias}\}}", part)
    return asked is not None and not re.search(r"\bOR\b", _outermost(part))


def _outermost(part: str) -> str:
    """Without what stands in brackets; of a part that is in brackets itself, what stands in them."""
    inside = part[part.rfind("SELECT", 0, part.find("{visible:")) :]
    while (less := INSIDE.sub(" ", inside)) != inside:
        inside = less
    return inside


def test_every_table_of_records_is_asked_for():
    found = {
        f"{module.relative_to(house.ROOT)} {number}": words
        for module in sorted(house.ROOT.rglob("*.py"))
        for number, words in enumerate(statements(module.read_text("utf-8")))
    }
    assert len(found) >= 6
    assert [name for name, words in found.items() if words is None or unasked(words)] == []


ONE = "SELECT t.id FROM alongside_tasks_task t"


@pytest.mark.parametrize(
    "words",
    [
        f"{ONE} WHERE t.service = %(service)s",
        f"{ONE} WHERE {{visible:o}}",
        f"{ONE} WHERE {{visible:t}} UNION ALL {ONE.replace('t.', 'o.')[:-1]}o",
        f"{ONE} WHERE {{visible:t}} UNION ALL {ONE}",
        f"{ONE} WHERE 1 = 1 OR {{visible:t}}",
        f"{ONE} WHERE {{visible:t}} OR t.room = 'plan'",
        "(" + ONE + " WHERE {visible:t} OR (1 = 1))",
        "SELECT e.id FROM alongside_journey_episode e, alongside_tasks_task t WHERE {visible:e}",
        "SELECT e.id FROM alongside_journey_episode e JOIN alongside_tasks_task t ON 1 = 1 WHERE {visible:e}",
    ],
)
def test_a_table_that_nobody_asked_for_is_found(words):
    assert unasked(words) == ["alongside_tasks_task"]


@pytest.mark.parametrize("words", [f"{ONE} WHERE (t.room = 'a' OR t.room = 'b') AND {{visible:t}}"])
def test_a_table_that_is_asked_for_passes(words):
    assert unasked(words) == []


def test_words_that_do_not_stand_in_the_statement_are_found():
    assert list(statements("A = Statement(WORDS, id=str)\nB = statements.Statement('SELECT 1', id=str)")) == [
        None,
        "SELECT 1",
    ]
