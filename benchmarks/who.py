"""Who person `k` is: names, a date of birth, an NHS number of the test range; and the ids they are given."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import connection

from alongside.access.context import Access
from alongside.people import rules
from alongside.people.rules import Identity
from benchmarks.staff import World

GIVEN = (
    "Amina",
    "Bryn",
    "Chidi",
    "Dilys",
    "Ewan",
    "Farah",
    "Gwen",
    "Hamid",
    "Iona",
    "Jamal",
    "Kirsty",
    "Leroy",
    "Mina",
)
FAMILY = ("Abbott", "Baker", "Cole", "Dhillon", "Evans", "Frost", "Grant", "Hughes", "Iqbal", "Jones", "Khan", "Lowe")
ELDEST = date(1946, 1, 1)
SEED = 7_000_000_000
# Somebody whose details are found nowhere else, so that each of them is recognised wherever it was written.
NOBODY = Identity(
    "Zzgivenzz Zznumberzz", "Zzfamilyzz", date(1911, 11, 11), nhs_number="9990000018", nhs_number_status="02"
)


def identity(person: int) -> Identity:
    """Who somebody is. Only what is told apart in `slots` may differ from person to person."""
    return replace(
        NOBODY,
        given_name=f"{GIVEN[person % len(GIVEN)]} {person}",
        family_name=FAMILY[person // len(GIVEN) % len(FAMILY)],
        birth_date=ELDEST + timedelta(days=person * 7919 % 22_000),
        nhs_number=nhs_number(person),
    )


def nhs_number(person: int) -> str:
    """A valid number of the test range, 999 and up; two people may have the same, as two records of one may."""
    first = 999_000_000 + person % 999_000
    while True:
        digits = str(first)
        check = -sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"
        first += 1


def slots(who: Identity, therapist: Access, keyworker: Access, *, stored: bool = True) -> Sequence[Any]:
    """What differs from person to person besides their ids; `stored` as the database takes it."""
    born: Any = who.birth_date
    return [
        who.given_name,
        who.family_name,
        (found_by := rules.search_name(who.given_name, who.family_name)),
        *rules.name_words(found_by),
        connection.ops.adapt_datefield_value(born) if stored else born,
        who.nhs_number,
        *(value for one in (therapist, keyworker) for value in (one.actor, one.teams[0], one.name)),
    ]


def of(person: int, world: World) -> Sequence[Any]:
    return slots(identity(person), world.northside.of(person), world.riverside.of(person))
