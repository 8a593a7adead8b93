"""What a change of consent costs, how many rows it compiles to, and how fast `decide` is, on the people of a world."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from django.db.models import Count, Model

from alongside.access import queries as allowed
from alongside.access.actions import compiled
from alongside.access.models import Anchor, Grant, Line
from alongside.access.rules import Effect, Facts, Question, decide
from alongside.contacts.models import Contact, Note
from alongside.kernel import clock
from alongside.people.models import Registration
from benchmarks.afterwards import question
from benchmarks.measuring import percentile
from benchmarks.readers import Reader
from benchmarks.staff import SETTING_UP

CHANGED = 200  # registrations whose consent is changed
DECIDED = 400  # registrations about which is decided
TURNS = 5
_KINDS: tuple[type[Model], ...] = (Registration, Contact, Note)


def grants_each() -> float:
    """The median of how many grants a registration has."""
    counted = Grant.objects.order_by().values("registration").annotate(rows=Count("pk")).values_list("rows", flat=True)
    none = Anchor.objects.count() - len(counted)
    return percentile([*counted, *[0] * none], 50)


@dataclass(frozen=True, slots=True)
class Recomputed:
    """CPU milliseconds of one recompute after a change, and after how many of them the grants were not as they should
    be: fewer when a consent was taken back, the same as before when it stood again."""

    median: float
    p95: float
    times: int
    wrong: int


def recomputed(many: int = CHANGED) -> Recomputed:
    """Take back the consents of some registrations and let them stand again, and recompute after each."""
    took, wrong = [], 0
    agreed = (
        Line.objects.filter(effect=Effect.PERMIT)
        .order_by("registration")
        .values_list("registration", flat=True)
        .distinct()
    )
    for registration in list(agreed[:many]):
        before = _grants(registration)
        lines = list(Line.objects.filter(registration=registration))
        Line.objects.filter(registration=registration).update(until_at=clock.now())
        took.append(_recompile(registration))
        wrong += not len(_grants(registration)) < len(before)
        for line in lines:
            line.save()
        took.append(_recompile(registration))
        wrong += _grants(registration) != before
    return Recomputed(percentile(took, 50), percentile(took, 95), len(took), wrong)


def _recompile(registration: str) -> float:
    begun = time.process_time()
    compiled.recompile(registration=registration, by=SETTING_UP)
    return 1000 * (time.process_time() - begun)


def _grants(registration: str) -> list[tuple[object, ...]]:
    """What opens a registration at present, without the numbers that the database gives."""
    live = Grant.objects.filter(registration=registration, until_at__gt=clock.now()).exclude(
        handle__startswith="team:tea_one"
    )
    return sorted(live.values_list("handle", "opens", "purposes", "roles", "because", "from_at"))


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions a second in plain Python, one after the other, of how many, and how many differ from what the database
    shows the same reader."""

    a_second: float
    decisions: int
    permits: int
    differing: int


def decided(reader: Reader, ids: Sequence[str], many: int = DECIDED) -> Decided:
    """Decide about records of some registrations; the best of some turns, as the least disturbed."""
    chosen = Random(7).sample(ids, min(many, len(ids)))
    asked = dict(_asked(reader, chosen))
    best = min(_seconds(list(asked.values())) for _ in range(TURNS))
    permitted = {row for row, (facts, one) in asked.items() if decide(facts, one).permitted}
    shown = {
        row.pk
        for kind in _KINDS
        for row in allowed.visible(reader.access, kind._base_manager.filter(registration__in=chosen))
    }
    return Decided(len(asked) / best, len(asked), len(permitted), len(permitted ^ shown))


def _asked(reader: Reader, chosen: Sequence[str]) -> Iterator[tuple[str, tuple[Facts, Question]]]:
    """Every row of some kinds about these registrations, with its facts and what is asked."""
    facts = compiled.facts_of(chosen)
    now = clock.now()
    for kind in _KINDS:
        for row in kind._base_manager.filter(registration__in=chosen, superseded_by=""):
            yield row.pk, (facts[row.registration_id], question(reader.access, row, (), now))


def _seconds(asked: Sequence[tuple[Facts, Question]]) -> float:
    begun = time.process_time()
    for facts, one in asked:
        decide(facts, one)
    return time.process_time() - begun
