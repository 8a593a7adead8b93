"""Every list page, as everybody who opens it: with how many registrations each of its statements begins.

On PostgreSQL each statement is explained as it runs, and the rows that its plan read from each table are counted.
SQLite does not say how many rows it read; it counts the steps of its own machine, and they are divided by what it takes
there to read the contacts of one registration on a joint journey, and to ask about each.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.db import connection
from django.test import Client

from alongside.journey.models import JourneySide
from alongside.organisations import actions as organisations
from alongside.organisations.models import Service, Team, User
from benchmarks.readers import Reader
from benchmarks.shapes import CONTACTS
from benchmarks.staff import SETTING_UP

LISTS = (
    "/",
    "/owed/",
    "/since-yesterday/",
    "/caseload/",
    "/caseload/caseload.csv",
    "/referrals/",
    "/referrals/sent/",
    "/consultations/",
    "/measures/due/",
)
FIND = "/people/"
SEARCHES = ("abbott", "amina", "abbott amina", "nobody is called so", "9990000018", "11/11/1971")
# Who opens them: those who are in every bench world, and those who see more than a caseload.
SEEDED = {"therapist": "therapist-0000", "keyworker": "keyworker-0000", "duty worker": "duty-talking_therapies"}
ADDED = {"team lead": "team_lead", "administrator": "administrator", "privacy lead": "privacy_lead"}
CLOSED = (403, 404)  # what this role may not open
UNIT = 500  # registrations that one is measured by
STEPS = 100  # the progress handler is asked once in so many
_OWN = "access_"  # tables that access itself looks in, for each row that it is asked about
_PLANNED = ("SELECT", "(SELECT", "WITH")


@dataclass(frozen=True, slots=True)
class Begun:
    """The statement of a list that read most: from how many registrations' worth of rows, and its words."""

    page: str
    role: str
    read: float
    words: str


def signed_in() -> dict[str, Client]:
    """A browser for each role, signed in. Must run in a transaction that is undone: some of them join for this."""
    service = Service.objects.get(name__startswith="Northside").pk
    team = Team.objects.get(service=service, name="Team 000").pk
    for role in ADDED.values():
        one = organisations.join(name=role, email=_email(role), by=SETTING_UP)
        organisations.assign_role(practitioner=one, service=service, team=team, role=role, by=SETTING_UP)
    return {role: _client(name) for role, name in {**SEEDED, **ADDED}.items()}


def _email(name: str) -> str:
    return f"{name}@benchmark.example"


def _client(name: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(email=_email(name)))
    return client


def begun(clients: dict[str, Client], unit: float) -> list[Begun]:
    """For each list of each role that may open it, the statement that read most."""
    return [found for role, client in clients.items() for found in _begun(client, role, unit) if found]


def _begun(client: Client, role: str, unit: float) -> Iterator[Begun | None]:
    for page in LISTS:
        yield _most(client, role, page, unit)
    for text in SEARCHES:
        client.post(FIND, {"q": text})
        yield _most(client, role, FIND, unit, text)


def _most(client: Client, role: str, page: str, unit: float, text: str = "") -> Begun | None:
    with reading() as read:
        answer = client.get(page)
    if answer.status_code in CLOSED:
        return None
    if answer.status_code != 200:
        raise AssertionError(f"{page} answered {answer.status_code} to the {role}")
    rows, words = max(read, default=(0, ""))
    return Begun(f"{page} {text}".strip(), role, rows / unit, words)


def unit(reader: Reader) -> float:
    """What one registration counts as: rows on PostgreSQL, steps on SQLite."""
    joint = JourneySide.objects.order_by("registration").values_list("registration", flat=True)[:UNIT]
    with reading() as read:
        found = CONTACTS.rows(reader.access, {"registrations": list(joint)})
    if not found:
        raise AssertionError("Nobody is on a joint journey in this world, so no list can be measured by them.")
    return read[-1][0] / len(joint)


@contextmanager
def reading() -> Iterator[list[tuple[int, str]]]:
    """What each SELECT inside reads: rows of its dearest table on PostgreSQL, steps on SQLite; and its words."""
    read: list[tuple[int, str]] = []
    how = {"sqlite": _stepped, "postgresql": _explained}[connection.vendor]
    with how(read):
        yield read


def _reads(sql: str) -> bool:
    return sql.lstrip().startswith(_PLANNED)


@contextmanager
def _stepped(read: list[tuple[int, str]]) -> Iterator[None]:
    ticks = count()

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        before = next(ticks)
        try:
            return execute(sql, params, many, context)
        finally:
            steps = STEPS * (next(ticks) - before - 1)
            if _reads(sql):
                read.append((steps, sql))

    connection.ensure_connection()
    connection.connection.set_progress_handler(lambda: next(ticks) < 0, STEPS)
    try:
        with connection.execute_wrapper(watch):
            yield
    finally:
        connection.connection.set_progress_handler(None, 0)


@contextmanager
def _explained(read: list[tuple[int, str]]) -> Iterator[None]:
    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if _reads(sql):
            # On the driver's own cursor: Django's would come here again. It reads as the page does, behind the wall.
            with connection.connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + sql, params)
                found = cursor.fetchone()[0]
            plan = found if isinstance(found, list) else json.loads(found)
            read.append((max(_rows(plan[0]["Plan"]), default=0), sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


def _rows(node: dict[str, Any]) -> Iterator[int]:
    """How many rows each part of a plan read from a table, but for access's own."""
    if not node.get("Relation Name", _OWN).startswith(_OWN):
        left_out = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
        each = node["Actual Rows"] + sum(node.get(name, 0) for name in left_out)
        yield round(each * node["Actual Loops"])
    for below in node.get("Plans", ()):
        yield from _rows(below)
