"""Releasing an evaluation of the record: the figures, the decision to show them, and one entry in the ledger."""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.evaluation.engine import Evaluation, evaluate
from alongside.evaluation.models import Release
from alongside.evaluation.record import Cohort, tables
from alongside.evaluation.rules.audience import Stamp
from alongside.evaluation.rules.wanted import ALL, Wanted
from alongside.evaluation.writing import files


@dataclass(frozen=True, slots=True)
class Released:
    """A release's id and what it holds: texts by file name, `measures.csv` and `report.html` among them.

    `found` is what they were made from, exact: only for saying more to the one who released it.
    """

    id: str
    files: dict[str, str]
    found: Evaluation


@transaction.atomic
def release(*, stamp: Stamp, cohort: Cohort, by: Access, wanted: Wanted = ALL) -> Released:
    """Evaluate what the reader may count and release it for one audience; exact publications name who approved them.

    `wanted` may leave out scores by how they were answered; the report says how many, and why. The ledger gets one
    entry with the digest of the figures, not one for each person counted.
    """
    by.check_may("evaluate")
    found = evaluate(tables(by, cohort), wanted=wanted)
    written = files(found, stamp)
    digest = hashlib.sha256(written["measures.csv"].encode()).hexdigest()
    row = Release.objects.create(
        service=by.service,
        by=by.actor,
        audience=stamp.audience,
        approved_by=stamp.approved_by,
        decision=stamp.decision,
        arm=cohort.arm,
        received_from=cohort.received_from,
        received_until=cohort.received_until,
        persons=found.persons,
        digest=digest,
    )
    detail = {"audience": stamp.audience.value, "digest": digest, "persons": found.persons}
    access.log(by=by, act="evaluation.release", subject=row.pk, detail=detail)
    return Released(row.pk, written, found)
