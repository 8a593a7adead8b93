"""What the ledger adds to a page that is really read in a bench world: its own time, inside the page's transaction."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from unittest.mock import patch

from alongside.access import queries as allowed
from alongside.access import reading
from alongside.audit import actions as audit
from alongside.audit.models import Entry
from benchmarks.measuring import percentile
from benchmarks.readers import Reader
from benchmarks.shapes import CONTACTS, PAGE, PEOPLE

WARM, PAGES = 10, 200


@dataclass(frozen=True, slots=True)
class Written:
    """Milliseconds of the entry of one page, of how many pages, and how many of those are not in the ledger."""

    median: float
    pages: int
    missing: int


def written(reader: Reader, ids: Sequence[str], pages: int = PAGES) -> Written:
    """Read pages about 25 people each: who they are, and their newest contacts."""
    before = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with _timed() as took:
        for turn in range(WARM + pages):
            people = [ids[(turn * PAGE + place) % len(ids)] for place in range(PAGE)]
            _read(reader, people)
    entered = Entry.objects.filter(pk__gt=before, act="shown").count()
    return Written(percentile(took[WARM:], 50) if len(took) > WARM else 0.0, pages, WARM + pages - entered)


def _read(reader: Reader, people: Sequence[str]) -> None:
    def show() -> None:
        for statement in (PEOPLE, CONTACTS):
            allowed.listed(reader.access, statement, registrations=people)

    reading.read(reader.access, "benchmark", show)


@contextmanager
def _timed() -> Iterator[list[float]]:
    """How long each entry takes that is made inside."""
    took: list[float] = []
    append = audit.append

    @wraps(append)
    def timed(**given: object) -> None:
        begun = time.perf_counter()
        append(**given)
        took.append(1000 * (time.perf_counter() - begun))

    with patch.object(audit, "append", timed):
        yield took
