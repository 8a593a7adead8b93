"""The alternative that the access predicate is measured against: read every row, then decide about each in Python.

It answers the same (`decide` is the predicate's specification), and is what a system does that keeps consent beside the
record. Only for comparison: it reads what the reader may not see.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from typing import Any
from unittest.mock import patch

from django.db.models import QuerySet

from alongside.access import queries
from alongside.access.actions.compiled import facts_of
from alongside.access.context import Access
from alongside.access.models import Source
from alongside.access.rules import Facts, Handle, Question, decide
from alongside.access.rules import Source as Origin
from alongside.access.statements import Statement
from alongside.kernel import clock

_find = Statement.rows


@contextmanager
def deciding_in_python() -> Iterator[None]:
    """Inside, `visible` and written-out statements filter rows after they were read."""
    with patch.object(queries, "visible", _visible), patch.object(Statement, "rows", _rows):
        yield


def _visible(access: Access, rows: QuerySet) -> QuerySet:
    every = list(rows.filter(superseded_by=""))
    return rows.filter(pk__in=[row.pk for row in _kept(access, every)])


def _rows(statement: Statement, access: Access, values: dict[str, Iterable[Any]]) -> list[Any]:
    reading = copy(statement)
    reading.words = statement.asked.format(visible=_Everything())
    return _kept(access, _find(reading, access, values))


class _Everything:
    """What `{visible:t}` becomes here: every row that stands."""

    def __format__(self, alias: str) -> str:
        return f"{alias}.superseded_by = ''"


def _kept(access: Access, every: list[Any]) -> list[Any]:
    """Those rows that `decide` permits; what is no record's (it needs nothing) is kept."""
    records = [row for row in every if row.needs]
    sources = list(Source.objects.filter(record__in=[row.id for row in records]))
    facts = facts_of({row.registration_id for row in [*records, *sources]})
    copies: dict[str, list[Origin]] = {}
    for one in sources:
        copies.setdefault(one.record, []).append(Origin(facts[one.registration_id], one.needs, one.occurred_at))
    closed = {row.id for row in records if not _open(access, row, facts[row.registration_id], copies.get(row.id, ()))}
    return [row for row in every if not row.needs or row.id not in closed]


def _open(access: Access, row: Any, facts: Facts, sources: Iterable[Origin]) -> bool:
    asked = question(access, row, tuple(sources), clock.now())
    return decide(facts, asked).permitted


def question(access: Access, row: Any, sources: tuple[Origin, ...], now: datetime) -> Question:
    """What `decide` is asked about this row when this reader opens it."""
    return Question(
        service=access.service,
        human=access.human,
        speaks_for=frozenset(access.speaks_for),
        every_hat=frozenset(access.every_hat),
        role=access.role_mask,
        purpose=access.purpose_mask,
        own_ceiling=access.own,
        other_ceiling=access.other,
        now=now,
        needs=row.needs,
        occurred_at=getattr(row, "occurred_at", now),
        author=Handle.practitioner(author) if (author := getattr(row, "author", "")) else "",
        sources=sources,
    )
