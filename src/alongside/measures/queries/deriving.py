"""Whether every score is what its definition gives."""

from alongside.access.context import Access
from alongside.definitions.instruments import UK, instrument
from alongside.measures import rules
from alongside.measures.models import Score
from alongside.measures.rules import Refused, parts_kept
from alongside.organisations import queries as organisations


def rederive(*, access: Access) -> list[str]:
    """Scores that their definitions would not give today for the answers they came from, and those of another language
    version than their answers; should be empty.

    Only answers of the current version of a definition are scored again: older ones keep what they were worth.
    """
    rows = Score.objects.filter(superseded_by="").select_related("response").order_by("pk")
    where = _Where(access)
    return [row.pk for row in rows.iterator(chunk_size=2000) if _differs(row, where)]


class _Where(dict[str, str]):
    """The jurisdiction of each service, asked for once."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def __missing__(self, service: str) -> str:
        self[service] = organisations.place(service, access=self._access).jurisdiction
        return self[service]


def _differs(row: Score, where: _Where) -> bool:
    measure = instrument(row.instrument)
    answers = row.response.answers
    if row.language != rules.version_of(row.response.language):
        return True
    if answers is None or row.definition_version != measure.version:
        return False
    worth = rules.score(measure, answers, where[row.service] if measure.bands_differ else UK)
    if isinstance(worth, Refused):
        return True
    kept = (row.value, row.band, row.flags, row.parts, row.out_of)
    return (worth.value, worth.band or "", list(worth.flags), parts_kept(worth), worth.out_of) != kept
