"""Readers to whom one registration in ten thousand, one in a hundred or everybody is open, in a bench world.

What opens them is written here, inside a transaction that is undone: the rows that access compiles where a team has a
need, and for one registration in twenty a denial of notes by name, so that bars are looked up and found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.access.rules import Handle
from alongside.definitions import policy

SHARES = {"0.01 %": 10_000, "1 %": 100, "100 %": 1}
NAMED = 20  # one registration in so many denies the reader its notes
ACTOR = "pra_benchmark"
ROLE = "therapist"
_CHUNK = 5_000
_GRANTED = "opens, purposes, roles, from_at, until_at, data_from, data_until, pierces, onward, because, policy"
_GRANT = """
    INSERT INTO access_grant (registration_id, handle, {granted})
    SELECT registration_id, %s, {granted} FROM access_grant
    WHERE registration_id IN ({marks}) AND handle IN ({services})
"""
_BAR = """
    INSERT INTO access_bar (registration_id, handle, closes, hard, purposes, from_at, until_at, data_from, data_until,
        because, policy)
    SELECT registration_id, %s, {notes}, FALSE, purposes, from_at, until_at, data_from, data_until, 'cns_benchmark',
        policy
    FROM access_grant WHERE registration_id IN ({marks}) AND handle IN ({services})
"""
_LINE = """
    INSERT INTO alongside_access_line (id, registration_id, because, effect, recipient, categories, purposes, from_at,
        until_at, data_from, data_until, hard, exception, onward)
    SELECT 'lin' || SUBSTR(registration_id, 4), registration_id, 'cns_benchmark', 'deny', %s, {notes}, purposes,
        from_at, until_at, data_from, data_until, FALSE, FALSE, FALSE
    FROM access_grant WHERE registration_id IN ({marks}) AND handle IN ({services})
"""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads, and the registrations that are open to them: None where it is everybody's."""

    access: Access
    opened: frozenset[str] | None

    def of(self, registrations: Sequence[str]) -> frozenset[str]:
        """Which of these are open to them."""
        return frozenset(registrations) if self.opened is None else self.opened.intersection(registrations)


def everybody() -> list[str]:
    """Every registration, in the order of its random id: every so-manieth is a fair sample."""
    return list(Anchor.objects.order_by("pk").values_list("pk", flat=True))


def readers(ids: Sequence[str]) -> dict[str, Reader]:
    """One reader for each share, and what opens them. Must run in a transaction that is undone."""
    services = list(Anchor.objects.order_by().values_list("service", flat=True).distinct())
    whole = [Handle.service(one) for one in services]
    for words in (_LINE, _BAR):
        _write(words, Handle.practitioner(ACTOR), ids[::NAMED], whole)
    found = {}
    for said, every in SHARES.items():
        if every == 1:
            found[said] = Reader(_access(services[0], whole), None)
            continue
        handle, chosen = Handle.team(f"tea_one_in_{every}"), ids[every // 2 :: every]
        _write(_GRANT, handle, chosen, whole)
        found[said] = Reader(_access(services[0], [handle]), frozenset(chosen))
    return found


def _access(service: str, handles: Sequence[str]) -> Access:
    every = policy.all_categories()
    hats = (*handles, Handle.practitioner(ACTOR))
    return Access(
        actor=ACTOR,
        role=ROLE,
        service=service,
        purpose="direct_care",
        speaks_for=tuple(handles),
        every_hat=hats,
        own=every,
        other=every,
    )


def _write(words: str, handle: str, chosen: Sequence[str], services: Sequence[str]) -> None:
    for some in _some(chosen):
        said = words.format(
            granted=_GRANTED,
            notes=policy.categories_mask("session_notes"),
            marks=", ".join(["%s"] * len(some)),
            services=", ".join(["%s"] * len(services)),
        )
        with connection.cursor() as cursor:
            cursor.execute(said, [handle, *some, *services])


def _some(chosen: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(chosen), _CHUNK):
        yield chosen[begin : begin + _CHUNK]
