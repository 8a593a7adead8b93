"""The evaluation tables made from the record: what one reader may count for this purpose, and nothing else."""

import pyarrow as pa

from alongside.access.context import Access
from alongside.evaluation.record import courses, treatment
from alongside.evaluation.record.arrow import table
from alongside.evaluation.record.cohort import EVERYBODY, Cohort
from alongside.evaluation.record.reading import Reading
from alongside.evaluation.tables import Tables

__all__ = ["Cohort", "tables"]


def tables(access: Access, cohort: Cohort = EVERYBODY) -> Tables:
    """The evaluation tables of what this reader may count, checked like anybody's."""
    return Tables.from_arrow(_laid_out(Reading(access, cohort)))


def _laid_out(read: Reading) -> dict[str, pa.Table]:
    """Arrow tables by name."""
    return {
        "persons": table("persons", courses.persons(read)),
        "journeys": table("journeys", courses.journeys(read)),
        "episodes": table("episodes", [*courses.stays(read), *courses.refused(read)]),
        "contacts": table("contacts", treatment.contacts(read)),
        "scores": table("scores", treatment.scores(read)),
        "substance_use": table("substance_use", treatment.use(read)),
        "consultations": table("consultations", treatment.consultations(read)),
    }
