"""`make bench-data`: the one world on which access, lists and search are measured, built once and kept in `var/bench`.

`python -m benchmarks.data --registrations 100000` builds a smaller one of the same make.
"""

import argparse
import os
import sys
import time
from dataclasses import dataclass

import django
from django.apps import apps

from benchmarks.environment import environment

if not apps.ready:  # in a test it is, with settings of its own
    os.environ.update(environment())
    django.setup()

from django.db import connection

from alongside.access.models import Anchor, Record
from alongside.journey.models import Journey
from alongside.tasks.models import Task
from benchmarks import machine, place

REGISTRATIONS = 1_000_000
SOME = 100_000  # registrations that `make bench` measures when nothing else is asked


@dataclass(frozen=True, slots=True)
class Holds:
    """What a world holds."""

    registrations: int
    records: int
    journeys: int
    open_tasks: int

    def __str__(self) -> str:
        return (
            f"{self.registrations:,} registrations, {self.records:,} records, {self.journeys:,} open journeys,"
            f" {self.open_tasks:,} open tasks"
        )


def people_for(registrations: int) -> int:
    """How many people have so many registrations: one in nineteen has two (`lives.template_of`)."""
    return registrations * 19 // 20


def holds() -> Holds:
    """What the database that Django points at holds, counted."""
    records = [model for model in apps.get_models() if issubclass(model, Record)]
    return Holds(
        registrations=Anchor.objects.count(),
        records=sum(model._base_manager.count() for model in records),
        journeys=Journey._base_manager.count(),
        open_tasks=Task._base_manager.filter(closed_at=None).count(),
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.data", description=__doc__)
    parser.add_argument("--registrations", type=int, default=REGISTRATIONS)
    parser.add_argument("--fresh", action="store_true", help="anew, also where one is kept")
    asked = parser.parse_args()
    people = people_for(asked.registrations)
    begun = time.perf_counter()
    file = place.kept(people, fresh=asked.fresh)
    seconds = time.perf_counter() - begun
    place.as_it_stands(people)
    each = 100_000 * seconds / asked.registrations
    print(f"Alongside {machine.commit()}, {connection.vendor}\n{machine.hardware()}")
    print(f"{holds()}\n{file.stat().st_size / 1e9:.1f} GB in {seconds:.0f} s: {each:.0f} s for 100,000 registrations")


if __name__ == "__main__":
    sys.exit(main())
