"""What access costs, beside its bars: `python -m benchmarks.access`, at 100,000 registrations unless told otherwise.

`--postgres` measures on a PostgreSQL server that is thrown away afterwards, with the second wall up. All that is
written is undone. Each figure that could be good for a wrong reason has a fault planted beside it that must be caught.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator

import django
from django.apps import apps

from benchmarks.environment import ROOT, environment

SERVER = "ALONGSIDE_DATABASE"
if not apps.ready:  # in a test it is, with settings of its own
    os.environ.update(environment() | ({SERVER: os.environ[SERVER]} if "--on-server" in sys.argv else {}))
    django.setup()

from django.db import connection, transaction  # noqa: E402

from alongside.config.gunicorn import settle  # noqa: E402
from alongside.kernel import clock  # noqa: E402
from benchmarks import consents, entries, faults, lists, machine, measuring, place, readers, shapes, table  # noqa: E402
from benchmarks.data import SOME, holds, people_for  # noqa: E402
from benchmarks.shapes import Cost  # noqa: E402
from benchmarks.staff import NOW  # noqa: E402
from benchmarks.table import Verdict  # noqa: E402

PAGE_MS, GRANTS, RECOMPUTE_MS, DECISIONS, ENTRY_MS = 25, 4, 5, 50_000, 3
ENOUGH = 1_000  # rows that a statement must examine before what access adds is told for each thousand
Found = Iterator[Verdict]


def main() -> int:
    asked = _arguments()
    if asked.postgres:
        again = [sys.executable, "-m", "benchmarks.access", "--on-server", "--registrations", str(asked.registrations)]
        server = [sys.executable, str(ROOT / "scripts" / "with_postgres.py")]
        return subprocess.call([*server, *again], cwd=ROOT)  # noqa: S603
    place.as_it_stands(people_for(asked.registrations))
    with clock.at(NOW), transaction.atomic():
        kept = _measured()
        transaction.set_rollback(True)
    return 0 if kept else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.access", description=__doc__)
    parser.add_argument("--registrations", type=int, default=SOME)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--on-server", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measured() -> bool:
    print(f"Alongside {machine.commit()}, {connection.vendor}, {machine.python()}\n{machine.hardware()}\n{holds()}\n")
    settle()
    before = measuring.yardstick()
    ids = readers.everybody()
    grants = consents.grants_each()  # before a reader's are added
    known = readers.readers(ids)
    found = [_told(Verdict("access", "grants of a registration, median", grants, GRANTS))]
    for part in (_shapes(known, ids), _lists(known, ids), _consents(known, ids), _entries(known, ids)):
        found += map(_told, part)
    caught = [_said(name, fault) for name, fault in faults.planted(known, ids)]
    print(f"\n{table.yardsticks([before, measuring.yardstick()])}")
    return all(one.kept for one in found) and all(caught)


def _told(one: Verdict) -> Verdict:
    print(table.judged([one])[0], flush=True)
    return one


def _said(name: str, caught: bool) -> bool:
    print(f"{'caught' if caught else 'MISSED'}  planted: {name}", flush=True)
    return caught


def _shapes(known: dict[str, readers.Reader], ids: list[str]) -> Found:
    costs = [
        shapes.cost(share, shape, reader, ids) for share, reader in known.items() for shape in shapes.shapes(reader)
    ]
    print("\n".join(_costs(costs)), end="\n\n", flush=True)
    for one in costs:
        what = f"{one.share} visible, {one.shape}"
        yield Verdict(what, "pages that show anything else", one.wrong, 0)
        yield Verdict(what, "page p95 ms", one.page_p95, PAGE_MS)
        if one.examined >= ENOUGH:
            yield Verdict(what, "CPU ms for 1,000 rows", one.each_thousand, faults.THOUSAND_MS)


def _costs(costs: Iterable[Cost]) -> Iterator[str]:
    head = f"{'visible, and what is asked':<52}{'rows':>7}{'with':>8}{'without':>9}{'page p50':>10}{'p95 ms':>8}"
    yield head + "   (with, without: CPU ms of the statement, the server's too)"
    for one in costs:
        said = f"{one.share}, {one.shape}"
        yield (
            f"{said:<52}{one.examined:>7,}{one.with_access:>8.2f}{one.without:>9.2f}"
            f"{one.page_p50:>10.1f}{one.page_p95:>8.1f}"
        )


def _lists(known: dict[str, readers.Reader], ids: list[str]) -> Found:
    unit = lists.unit(known["100 %"])
    for one in lists.begun(lists.signed_in(), unit):
        yield Verdict(f"{one.page}, {one.role}", "registrations' worth", one.read, shapes.START)


def _consents(known: dict[str, readers.Reader], ids: list[str]) -> Found:
    again = consents.recomputed()
    yield Verdict("recompute after a change of consent", "CPU ms, median", again.median, RECOMPUTE_MS)
    yield Verdict("recompute after a change of consent", f"wrong grants, of {again.times}", again.wrong, 0)
    one = consents.decided(known["100 %"], ids)
    yield Verdict("decide", "a second", one.a_second, DECISIONS, least=True)
    yield Verdict("decide", f"differ from what is shown, of {one.decisions:,}", one.differing, 0)


def _entries(known: dict[str, readers.Reader], ids: list[str]) -> Found:
    one = entries.written(known["100 %"], ids)
    yield Verdict("the ledger's entry of a page of 25 people", "ms, median", one.median, ENTRY_MS)
    yield Verdict("the ledger's entry of a page of 25 people", f"missing, of {one.pages}", one.missing, 0)


if __name__ == "__main__":
    sys.exit(main())
