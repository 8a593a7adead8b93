"""The evaluation a reader may open, and what was released before."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from alongside.access import actions as ledger
from alongside.access.context import Access
from alongside.evaluation.engine import Evaluation, evaluate
from alongside.evaluation.models import Release
from alongside.evaluation.record import Cohort, tables
from alongside.evaluation.rules.wanted import ALL, Wanted


def internal(cohort: Cohort, *, access: Access, wanted: Wanted = ALL) -> Evaluation:
    """The exact evaluation of what this reader may count, with its entry in the ledger in the same transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("An evaluation is read inside the transaction that enters it in the ledger.")
    found = evaluate(tables(access, cohort), wanted=wanted)
    detail = {"persons": found.persons, "arm": cohort.arm}
    ledger.log(by=access, act="evaluation.looked", subject=access.service, detail=detail)
    return found


@dataclass(frozen=True, slots=True)
class Given:
    """One release, for the list of what was given away."""

    id: str
    at: datetime
    by: str
    audience: str
    approved_by: str
    decision: str
    arm: str
    persons: int
    digest: str


def releases(*, access: Access, most: int = 50) -> list[Given]:
    """What this service's evaluators released, the newest first."""
    rows = Release.objects.filter(service=access.service).order_by("-at", "pk")[:most]
    return [
        Given(row.pk, row.at, row.by, row.audience, row.approved_by, row.decision, row.arm, row.persons, row.digest)
        for row in rows
    ]
