"""The one place where the order of random ids shows: grants are compiled from facts in the order of the facts' ids.

Which fact or pair of facts gives which grant is found by compiling each alone; for another person the same grants are
numbered in the order of that person's ids.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model

from alongside.access import rules
from alongside.access.actions import compiled
from alongside.access.models import Anchor, Bar, Grant, Line, Need
from alongside.access.rules import Facts
from benchmarks.values import Cell, Id, Serial, Values

Row = tuple[Any, ...]
Pair = tuple[str | None, str]  # the ids of a line and a need
Made = Callable[[Sequence[Any]], tuple[Any, ...]]


@dataclass
class _Registration:
    """The facts of one registration, by the place of their ids, and the cells each gives."""

    first: Serial
    cells: dict[tuple[Id | None, Id], list[Cell]]  # of (line, need); a need of the service's own has no line
    needs: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    made: dict[tuple[int | None, int], Made] = field(default_factory=dict)


class Grants:
    """The grants of a caught life, ready to be numbered again."""

    tables = (Grant,)

    def __init__(
        self,
        models: list[type[Model]],
        caught: list[list[Row]],
        cells: Callable[[int, Row], list[Cell]],
        drawn: dict[str, int],
    ) -> None:
        if caught[models.index(Bar)]:
            raise NotImplementedError("Nobody in a benchmark refuses anybody by name yet: bars are not repeated.")
        self.table = models.index(Grant)
        self._cells, self._drawn = cells, drawn
        self._rows = {model: [_named(model, row) for row in caught[models.index(model)]] for model in (Need, Line)}
        self._caught = caught[self.table]
        anchors = [_named(Anchor, row) for row in caught[models.index(Anchor)]]
        self.registrations = [self._registration(anchor["id"], anchor["service"]) for anchor in anchors]
        self.lines = [(self.table, row) for one in self.registrations for row in one.cells.values()]

    def _registration(self, key: str, service: str) -> _Registration:
        granted = [row for row in self._caught if _named(Grant, row)["registration_id"] == key]
        facts = [[row for row in self._rows[model] if row["registration_id"] == key] for model in (Need, Line)]
        moments = {row[name] for rows in facts for row in rows for name in ("from_at", "until_at")}
        for moment in sorted(moments, reverse=True):
            found = _compiled(key, service, *facts, moment)
            if [columns for _, columns in found] == [_named(Grant, row, without="id") for row in granted]:
                return self._placed(found, granted)
        raise AssertionError("The grants that were written are not what any moment's facts compile to.")

    def _placed(self, found: list[tuple[Pair, Any]], granted: list[Row]) -> _Registration:
        """The pairs of facts behind each grant, each by its id."""
        rows = [self._cells(self.table, row) for row in granted]
        cells = {
            (Id(self._drawn[line]) if line else None, Id(self._drawn[need])): row
            for ((line, need), _), row in zip(found, rows, strict=True)
        }
        first = rows[0][0]
        assert isinstance(first, Serial)
        return _Registration(first, cells)

    def arrange(self, values: Values) -> None:
        """Find each fact's id and each grant's columns in the list of values."""
        place = values.place
        for one in self.registrations:
            one.made = {
                (place[line] if line else None, place[need]): values.row(row[1:])
                for (line, need), row in one.cells.items()
            }
            one.needs = list(dict.fromkeys(need for _, need in one.made))
            one.lines = list(dict.fromkeys(line for line, _ in one.made if line is not None))

    def rows(self, values: Sequence[Any], last: Sequence[int]) -> Iterator[Row]:
        """One person's grants, numbered as `access.actions.recompile` would number them."""
        for one in self.registrations:
            number = last[self.table] + one.first.after
            needs = sorted(one.needs, key=values.__getitem__)
            lines = sorted(one.lines, key=values.__getitem__)
            for line in (None, *lines):
                for need in needs:
                    made = one.made.get((line, need))
                    if made:
                        yield (number, *made(values))
                        number += 1


def _named(model: type[Model], row: Row, without: str = "") -> dict[str, Any]:
    names = [one.attname for one in model._meta.concrete_fields]
    return {name: value for name, value in zip(names, row, strict=True) if name != without}


def _compiled(
    key: str, service: str, needs: list[dict[str, Any]], lines: list[dict[str, Any]], moment: datetime
) -> list[tuple[Pair, dict[str, Any]]]:
    """The grants of the facts that were live at `moment`, each with the ids of the line and the need it comes from."""
    live_needs = _live(needs, Need, moment)
    live_lines = _live(lines, Line, moment)
    found = []
    for need_id, need in live_needs:
        own = rules.compile_facts(Facts(key, service, (), (need,)))[0]
        found += [((None, need_id), _columns(key, grant)) for grant in own]
    for line_id, line in live_lines:
        for need_id, need in live_needs:
            without = len(rules.compile_facts(Facts(key, service, (), (need,)))[0])
            both = rules.compile_facts(Facts(key, service, (line,), (need,)))[0][without:]
            found += [((line_id, need_id), _columns(key, grant)) for grant in both]
    return found


def _live(rows: list[dict[str, Any]], model: type[Model], moment: datetime) -> list[tuple[str, Any]]:
    return [
        (row["id"], _fact(model(**row))) for row in sorted(rows, key=lambda row: row["id"]) if row["until_at"] > moment
    ]


def _fact(row: Need | Line) -> rules.Need | rules.Line:
    return compiled._need(row, {}) if isinstance(row, Need) else compiled._line(row)


def _columns(key: str, grant: rules.Grant) -> dict[str, Any]:
    row = compiled._grant_row(key, grant)
    return {one.attname: getattr(row, one.attname) for one in Grant._meta.concrete_fields if one.attname != "id"}
