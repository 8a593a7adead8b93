"""How much somebody was asked lately: a person who is asked too often stops answering truly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.access.context import Access
from alongside.definitions.instruments import Instrument, instrument
from alongside.kernel import clock
from alongside.measures import queries
from alongside.measures.queries import Result
from alongside.measures.rules import Taken
from alongside.web.subject import Subject

MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Burden:
    """Questionnaires and questions of the last 30 days, by both services as far as the reader may see."""

    questionnaires: int
    questions: int


def asked_lately(who: Subject, access: Access) -> Burden:
    """For a page on which somebody is about to ask more: counted without reading what was answered."""
    taken = queries.taken(who.all, access=access)
    return burden([one for each in taken.values() for one in each], clock.now())


def burden(results: Sequence[Result | Taken], now: datetime) -> Burden:
    """Counted by what was handed in: by question or by total, the person was asked all the same. What a clinician rates
    without asking its questions is left out.

    Questions that an earlier answer skipped count too: `queries.taken` reads no answers, and the figure must be the
    same on the page that lists them as where somebody is about to ask more.
    """
    measures = [instrument(one.instrument) for one in results if now - one.at <= MONTH]
    asked = [one for one in measures if is_asked(one)]
    return Burden(len(asked), sum(one.item_count or 0 for one in asked))


def is_asked(one: Instrument) -> bool:
    """Whether the person answers it, by themselves or read to them, rather than a clinician."""
    return one.read_aloud or "person" in one.respondents
