"""Whether every score is what its definition gives."""

from alongside.access.context import Access
from alongside.definitions.instruments import instrument
from alongside.measures import rules
from alongside.measures.models import Score
from alongside.measures.rules import Refused, parts_kept


def rederive(*, access: Access) -> list[str]:
    """Scores that their definitions would not give today for the answers they came from; should be empty.

    Only answers of the current version of a definition are scored again: older ones keep what they were worth.
    """
    rows = Score.objects.filter(superseded_by="").select_related("response").order_by("pk")
    return [row.pk for row in rows.iterator(chunk_size=2000) if _differs(row)]


def _differs(row: Score) -> bool:
    measure = instrument(row.instrument)
    answers = row.response.answers
    if answers is None or row.definition_version != measure.version:
        return False
    worth = rules.score(measure, answers)
    if isinstance(worth, Refused):
        return True
    kept = (row.value, row.band, row.flags, row.parts, row.out_of)
    return (worth.value, worth.band or "", list(worth.flags), parts_kept(worth), worth.out_of) != kept
