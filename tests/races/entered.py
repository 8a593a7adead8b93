"""What the ledger says of a race: which entries committed after the withdrawal's own, and name what was lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from alongside.audit.models import Entry, Pseudonym
from tests.races.doors import DOORS
from tests.races.made import KEPT, SHARED, Somebody

WITHDRAWALS = ("consent.withdraw", "consent.give", "people.correct_identity")
# SQLite's transactions come one after the other, each numbering its entries; PostgreSQL notes when each committed.
_ORDER = {"sqlite": "id", "postgresql": "pg_xact_commit_timestamp(xmin)"}


@dataclass(frozen=True, slots=True)
class Entered:
    act: str
    actor: str
    about: list[list[Any]]
    detail: dict[str, Any]


Names = Callable[[Entered], bool]


def begun_at() -> int:
    """The last entry's number."""
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def entered_since(number: int) -> list[Entered]:
    """The entries of one race that committed after that of its withdrawal."""
    rows = Entry.objects.filter(pk__gt=number).extra(select={"turn": _ORDER[connection.vendor]})  # noqa: S610 - our own words
    told = [(row.turn, row) for row in rows]
    acknowledged = [turn for turn, row in told if row.act in WITHDRAWALS]
    return [
        Entered(row.act, row.actor, row.about, row.detail)
        for turn, row in told
        if acknowledged and turn > max(acknowledged)
    ]


def without(door: str, one: Somebody, looking: Any) -> Names:
    """Whether an entry names what was lost at this door."""
    act = DOORS[door].entered
    if act == "evaluation.release":
        rest = _released(door, one, looking)
        return lambda entry: entry.act == act and entry.detail["digest"] != rest
    known = Pseudonym.objects.get(registration=one.here).pseudonym
    lost = SHARED & ~KEPT if act == "shown" else -1

    def names(entry: Entered) -> bool:
        mine = (named for named in entry.about if named[0] == known)
        kinds = [-1 if act != "shown" else named[1] for named in mine if entry.act == act]
        return (act != "shown" or entry.actor == one.keyworker) and any(kind & lost for kind in kinds)

    return names


def _released(door: str, one: Somebody, looking: Any) -> str:
    """The digest of what is released now that nobody races."""
    looking.done(door, one)
    return Entry.objects.filter(act="evaluation.release").order_by("-pk").first().detail["digest"]
