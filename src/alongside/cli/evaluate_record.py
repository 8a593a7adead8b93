"""`alongside evaluate --as`: the record, as far as one evaluator may count it."""

from datetime import datetime
from pathlib import Path

from alongside.cli.django_ready import ready
from alongside.evaluation.rules.audience import Stamp
from alongside.evaluation.writing import write

Chosen = tuple[str, datetime | None, datetime | None]


def release(email: str, stamp: Stamp, chosen: Chosen, out: Path) -> tuple[Path, ...]:
    """Release the evaluation to files, entered in the ledger as that evaluator's act. `Invalid` for no such sign-in."""
    ready()
    from alongside.evaluation import actions
    from alongside.evaluation.record import Cohort
    from alongside.organisations import queries as organisations

    arm, since, until = chosen
    cohort = Cohort(arm, since.date() if since else None, until.date() if until else None)
    by = organisations.access_by_email(email, purpose="evaluation")
    return write(out, actions.release(stamp=stamp, cohort=cohort, by=by).files)
