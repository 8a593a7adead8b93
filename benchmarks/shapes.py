"""The two shapes of a list, a page of 25 each: about given people, and across all of the reader's.

Each is asked with the access predicate and, beside it, without: the difference is what access adds. What the statement
found is compared with what is open to the reader, because a predicate that opens everything costs nothing.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial
from random import Random
from statistics import median
from typing import Any

from django.db.models import QuerySet

from alongside.access import queries as allowed
from alongside.access import reading
from alongside.access.context import Access
from alongside.access.statements import Statement
from alongside.contacts.models import Contact
from alongside.people.models import Registration
from benchmarks.measuring import percentile, spent
from benchmarks.readers import Reader

PAGE = 25
START = 2_000  # registrations that a list begins with, at most
WARM, TURNS = 5, 60
LOOKED_AT = 3  # turns of which is looked at what they showed
EVERYTHING = 10_000_000
_COLUMNS = {"id": str, "registration_id": str, "needs": int}

PEOPLE = Statement(
    """
    SELECT x.id, x.registration_id, x.needs FROM alongside_people_registration x
    WHERE x.registration_id IN (%(registrations)s) AND {visible:x} ORDER BY x.search_name, x.id LIMIT 25
    """,
    **_COLUMNS,
)
CONTACTS = Statement(
    """
    SELECT x.id, x.registration_id, x.needs FROM alongside_contacts_contact x
    WHERE x.registration_id IN (%(registrations)s) AND {visible:x} ORDER BY x.occurred_at DESC, x.id LIMIT 25
    """,
    **_COLUMNS,
)
FROM_GRANTS = Statement(
    """
    SELECT x.id, x.registration_id, x.needs
    FROM (SELECT DISTINCT o.registration_id FROM access_grant o WHERE o.handle IN (%(speaks_for)s)) m
    JOIN alongside_people_registration x ON x.registration_id = m.registration_id
    WHERE {visible:x} ORDER BY x.search_name, x.id LIMIT 25
    """,
    **_COLUMNS,
)
FROM_SERVICE = Statement(
    """
    SELECT x.id, x.registration_id, x.needs FROM alongside_people_registration x
    WHERE x.service = %(service)s AND {visible:x} ORDER BY x.search_name, x.id LIMIT 25
    """,
    **_COLUMNS,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a list asks, about how many `given` people (0: it finds them itself), and whether it examines all of its
    rows before it has a page (`whole`) or stops when the page is full. `rows` are those of its page, as rooms read it
    about many people; where there are none, the page reads the statement."""

    name: str
    statement: Statement
    given: int = 0
    whole: bool = True
    rows: QuerySet[Any] | None = None

    def page(self, access: Access, given: Mapping[str, Sequence[str]]) -> list[Any]:
        """The page's rows, as a room reads them."""
        if self.rows is None:
            return allowed.listed(access, self.statement, **given)
        about = allowed.reached(access, given["registrations"]) if self.given else allowed.few(access)
        return allowed.show_page(access, self.rows, about, most=PAGE)


BY_NAME, NEWEST = Registration.objects.order_by("search_name", "pk"), Contact.objects.order_by("-occurred_at", "pk")
ABOUT = (
    Shape("about 25 people, their contacts", CONTACTS, 25, rows=NEWEST),
    Shape("about 2,000 people", PEOPLE, START, rows=BY_NAME),
    Shape("about 2,000 people, their contacts", CONTACTS, START, rows=NEWEST),
)


def shapes(reader: Reader) -> Sequence[Shape]:
    """What is asked for a reader. A list over all of their people begins with their grants, or where those are many,
    with the service's people in the order in which the page shows them."""
    if reader.opened is not None and len(reader.opened) <= START:
        return (*ABOUT, Shape("across my people, from my grants", FROM_GRANTS, rows=BY_NAME))
    return (*ABOUT, Shape("across my people, by name", FROM_SERVICE, whole=False))


@dataclass(frozen=True, slots=True)
class Cost:
    """What one shape cost one reader, in milliseconds: the statement with access and without (processor time, medians),
    and the page (wall time). `wrong` counts turns that did not show what is open to the reader."""

    share: str
    shape: str
    examined: int
    with_access: float
    without: float
    page_p50: float
    page_p95: float
    wrong: int

    @property
    def each_thousand(self) -> float:
        return 1000 * (self.with_access - self.without) / max(self.examined, 1)


def cost(share: str, shape: Shape, reader: Reader, ids: Sequence[str], turns: int = TURNS) -> Cost:
    """Ask with, without, and as a whole page, in turns, each time about other people."""
    draw = Random(20_260_306)
    bare = without_access(shape.statement)
    took: dict[str, list[float]] = {"with": [], "without": [], "page": []}
    examined, wrong = [], 0
    for turn in range(WARM + turns):
        # Other people each time: whoever is asked second about the same ones finds what the first left in memory.
        others = [_drawn(shape, ids, draw) for _ in took]
        took["without"].append(_took(spent, partial(bare.rows, reader.access, others[0])))
        took["with"].append(_took(spent, partial(shape.statement.rows, reader.access, others[1])))
        took["page"].append(_took(_now, partial(_page, shape, reader, others[2])))
        given = others[1]
        if turn < LOOKED_AT:
            expected, rows = _expected(shape, reader, given)
            examined.append(rows)
            wrong += [row.id for row in shape.statement.rows(reader.access, given)] != expected
            wrong += [row.id for row in _page(shape, reader, given)] != expected
    late = {name: found[WARM:] for name, found in took.items()}
    asked, bare_asked, page = late["with"], late["without"], late["page"]
    rows = sum(examined) // len(examined)
    cpu = median(asked), median(bare_asked)
    return Cost(share, shape.name, rows, *cpu, percentile(page, 50), percentile(page, 95), wrong)


def _drawn(shape: Shape, ids: Sequence[str], draw: Random) -> dict[str, Sequence[str]]:
    return {"registrations": draw.sample(ids, min(shape.given, len(ids)))} if shape.given else {}


def _now() -> float:
    return 1000 * time.perf_counter()


def _took(clock: Callable[[], float], work: Callable[[], object]) -> float:
    begun = clock()
    work()
    return clock() - begun


def _page(shape: Shape, reader: Reader, given: Mapping[str, Sequence[str]]) -> list[Any]:
    """As a page reads: behind the second wall, with the ledger's entry before it leaves."""
    return reading.read(reader.access, "benchmark", lambda: shape.page(reader.access, given))


def _expected(shape: Shape, reader: Reader, given: Mapping[str, Sequence[str]]) -> tuple[list[str], int]:
    """The ids of the page, found by asking nobody and leaving out in Python what is not open; and the rows that are
    examined for them."""
    most = EVERYTHING if shape.whole else PAGE
    while True:
        rows = without_access(shape.statement, most).rows(reader.access, given)
        opened = reader.of([row.registration_id for row in rows])
        found = [(row.id, place) for place, row in enumerate(rows, 1) if row.registration_id in opened][:PAGE]
        if len(found) == PAGE or len(rows) < most:
            examined = len(rows) if shape.whole or len(found) < PAGE else found[-1][1]
            return [one for one, _ in found], examined
        most *= 10


class _Anything:
    """What `{visible:x}` becomes without access: every row that stands."""

    def __format__(self, alias: str) -> str:
        return f"{alias}.superseded_by = ''"


def without_access(statement: Statement, most: int = PAGE) -> Statement:
    """The same statement, and nobody asks who reads; with `most` rows on its page."""
    bare = copy(statement)
    bare.words = statement.asked.format(visible=_Anything()).replace(f"LIMIT {PAGE}", f"LIMIT {most}")
    return bare
