"""How much somebody was asked lately: a person who is asked too often stops answering truly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.definitions.instruments import instrument
from alongside.measures.queries import Result

MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Burden:
    """Questionnaires and questions of the last 30 days, by both services as far as the reader may see."""

    questionnaires: int
    questions: int


def burden(results: Sequence[Result], now: datetime) -> Burden:
    """Counted by what was handed in: by question or by total, the person was asked all the same."""
    lately = [one for one in results if now - one.at <= MONTH]
    return Burden(len(lately), sum(instrument(one.instrument).item_count or 0 for one in lately))
