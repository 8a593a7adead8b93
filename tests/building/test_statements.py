"""A written-out statement about records asks, for every table of records in it, which rows the reader may see."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps

from alongside.access.models import Record
from tests.building import house

FROM = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)\s+(\w+)")
RECORDS = {model._meta.db_table for model in apps.get_models() if issubclass(model, Record)}


def statements() -> Iterator[tuple[str, str]]:
    """(module, words) of every written-out statement of the house."""
    for module in sorted(house.ROOT.rglob("*.py")):
        for words in re.findall(r'Statement\(\s*"""(.*?)"""', module.read_text("utf-8"), re.DOTALL):
            yield str(module.relative_to(house.ROOT)), words


def unasked(words: str) -> list[str]:
    """Tables of records in these words whose rows nobody asked to be visible."""
    return [table for table, alias in FROM.findall(words) if table in RECORDS and f"{{visible:{alias}}}" not in words]


def test_every_table_of_records_is_asked_for():
    found = list(statements())
    assert len(found) >= 5
    assert {module: unasked(words) for module, words in found if unasked(words)} == {}


@pytest.mark.parametrize(
    "words",
    [
        "SELECT t.id FROM alongside_tasks_task t WHERE t.service = %(service)s",
        "SELECT t.id FROM alongside_tasks_task t WHERE {visible:o}",
        "SELECT t.id FROM alongside_tasks_task t WHERE {visible:t} UNION ALL SELECT o.id FROM alongside_tasks_task o",
    ],
)
def test_a_table_that_nobody_asked_for_is_found(words):
    assert unasked(words) == ["alongside_tasks_task"]
