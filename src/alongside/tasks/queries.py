"""What I owe, and what is owed about one person."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.access.statements import Listing, Statement
from alongside.kernel import clock
from alongside.organisations import queries as organisations
from alongside.tasks import rules
from alongside.tasks.models import Task
from alongside.tasks.rules import When

MOST = 2_000  # things owed that are counted


@dataclass(frozen=True, slots=True)
class Owed:
    """One open task as a list shows it."""

    id: str
    room: str
    about: str
    kind: str
    registration: str
    service: str
    holder: str
    due_at: datetime
    opened_at: datetime
    when: When


def owed(*, access: Access, start: int = 0, most: int | None = 50) -> list[Owed]:
    """What the reader owes: in person, for somebody they cover, or with their team; the most overdue first.

    At most `most` of them after the first `start`; `count_owed` says how many there are.
    """
    rows = Task.objects.filter(_held_by(access))
    return [_owed(row) for row in allowed.show(access, rows.order_by("due_at", "pk"), start=start, most=most)]


def count_owed(*, access: Access) -> dict[When, int]:
    """How many things the reader owes, by when they are due, however many a page shows: of the `MOST` that are due
    first. Where they are so many there may be more, which nobody waits for."""
    now = clock.now()
    tomorrow, after_this_week = rules.borders(now)
    edges = {When.OVERDUE: now, When.TODAY: tomorrow, When.THIS_WEEK: after_this_week}
    rows = allowed.visible(access, Task.objects.filter(_held_by(access))).order_by("due_at", "pk")[:MOST]
    before = {name.value: Count("pk", filter=Q(due_at__lt=edge)) for name, edge in edges.items()}
    counted = rows.aggregate(**before, **{When.LATER.value: Count("pk")})
    so_far, found = 0, {}
    for name in When:
        found[name], so_far = counted[name.value] - so_far, counted[name.value]
    return found


def _held_by(access: Access) -> Q:
    covered = Handle.holders(access.speaks_for)
    mine = {access.actor, *covered} if access.may("care") and not access.may("lead") else {access.actor}
    # Open in each half, and not once for both: only so does SQLite find each half in its own index of what is open.
    return Q(holder_practitioner__in=mine, closed_at=None) | Q(holder_team__in=access.teams, closed_at=None)


_ABOUT = Statement(
    """
    SELECT t.id, t.registration_id, t.needs, t.room, t.about, t.kind, t.holder_team, t.holder_practitioner, t.due_at,
           t.occurred_at, t.service
    FROM alongside_tasks_task t
    WHERE t.registration_id IN (%(registrations)s) AND t.closed_at IS NULL AND t.kind NOT IN (%(aside)s)
        AND {visible:t}
    """,
    id=str,
    registration_id=str,
    needs=int,
    room=str,
    about=str,
    kind=str,
    holder_team=str,
    holder_practitioner=str,
    due_at=datetime,
    occurred_at=datetime,
    service=str,
)


def listing(registrations: list[str], *, access: Access) -> Listing[list[Owed]]:
    """What is owed about these registrations, by anybody, as far as the reader may see, what is due first at the top;
    to be read beside other rooms' lists."""
    return allowed.listing(access, _ABOUT, _in_order, registrations=registrations, aside=rules.ASIDE)


def about(registrations: list[str], *, access: Access) -> list[Owed]:
    """As `listing`, read."""
    return _in_order(allowed.listed(access, _ABOUT, registrations=registrations, aside=rules.ASIDE))


def _in_order(rows: Iterable[Any]) -> list[Owed]:
    return sorted(map(_owed, rows), key=lambda one: (one.due_at, one.id))


_FIRST = Statement(
    """
    SELECT f.id, f.registration_id, f.needs, f.room, f.about, f.kind, f.holder_team, f.holder_practitioner, f.due_at,
           f.occurred_at, f.service
    FROM (
        SELECT t.*, ROW_NUMBER() OVER (PARTITION BY t.registration_id ORDER BY t.due_at, t.id) AS place
        FROM alongside_tasks_task t
        WHERE t.registration_id IN (%(registrations)s) AND t.closed_at IS NULL AND t.kind NOT IN (%(aside)s)
        AND {visible:t}
    ) f WHERE f.place = 1
    """,
    id=str,
    registration_id=str,
    needs=int,
    room=str,
    about=str,
    kind=str,
    holder_team=str,
    holder_practitioner=str,
    due_at=datetime,
    occurred_at=datetime,
    service=str,
)


def first_about(registrations: list[str], *, access: Access) -> Listing[dict[str, Owed]]:
    """What is due first about each of these registrations, by anybody, as far as the reader may see: for lists of
    people, to be read beside other rooms'."""
    return allowed.listing(access, _FIRST, _by_registration, registrations=registrations, aside=rules.ASIDE)


def _by_registration(rows: Iterable[Any]) -> dict[str, Owed]:
    return {row.registration_id: _owed(row) for row in rows}


def _owed(row: Any) -> Owed:
    return Owed(
        id=row.id,
        room=row.room,
        about=row.about,
        kind=row.kind,
        registration=row.registration_id,
        service=row.service,
        holder=row.holder_practitioner or row.holder_team,
        due_at=row.due_at,
        opened_at=row.occurred_at,
        when=rules.when(row.due_at, clock.now()),
    )


def owed_by(practitioner: str, service: str, *, but_for: Collection[str] = (), access: Access) -> list[str]:
    """The registrations about which somebody owes something in a service, once for each thing, some kinds apart. Ids
    only."""
    rows = Task.objects.filter(holder_practitioner=practitioner, service=service, closed_at=None)
    rows = rows.exclude(kind__in=list(but_for)) if but_for else rows
    return list(rows.order_by("registration", "pk").values_list("registration_id", flat=True))


def owes(practitioner: str, service: str, *, kind: str, access: Access) -> bool:
    """Whether somebody owes anything of a kind in a service."""
    rows = Task.objects.filter(holder_practitioner=practitioner, service=service, kind=kind, closed_at=None)
    return rows.exists()


@dataclass(frozen=True, slots=True)
class Aside:
    """Something of one kind that is owed, and who began it. Nothing of what it says."""

    room: str
    about: str
    kind: str
    author: str


def aside(practitioner: str, registration: str, *, kinds: Collection[str], access: Access) -> list[Aside]:
    """What somebody owes of some kinds about one registration, for the act that hands it on."""
    rows = Task.objects.filter(holder_practitioner=practitioner, registration=registration, closed_at=None)
    return [
        Aside(row.room, row.about, row.kind, row.author) for row in rows.filter(kind__in=list(kinds)).order_by("pk")
    ]


def held_by(practitioner: str, *, access: Access) -> Counter[str]:
    """How many things somebody owes in person, by service."""
    rows = Task.objects.filter(holder_practitioner=practitioner, closed_at=None)
    return Counter(rows.values_list("service", flat=True))


def left_behind(*, access: Access) -> list[tuple[str, str]]:
    """(room, thing) of every open task whose holder works in its service no longer; should be empty."""
    rows = Task.objects.filter(closed_at=None).exclude(holder_practitioner="").order_by("pk")
    held = rows.values_list("room", "about", "holder_practitioner", "service")
    live = {pair: organisations.works_in(*pair, access=access) for pair in {row[2:] for row in held}}
    return [row[:2] for row in held if not live[row[2:]]]


def open_things(room: str, *, access: Access) -> Counter[str]:
    """How many open tasks each thing of a room has: the continuity check wants exactly one each."""
    rows = Task.objects.filter(room=room, closed_at=None).values("about").annotate(tasks=Count("pk"))
    return Counter({row["about"]: row["tasks"] for row in rows.order_by()})


def is_owed(registrations: Collection[str], *, but_for: str, access: Access) -> bool:
    """Whether anybody owes anything about these registrations, except for one kind of task: for the act that would
    erase them."""
    return Task.objects.filter(registration__in=registrations, closed_at=None).exclude(kind=but_for).exists()
