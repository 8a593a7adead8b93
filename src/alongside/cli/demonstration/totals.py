"""What invented people's questionnaires come to, as a practitioner copies it from paper."""

from collections.abc import Iterable
from decimal import Decimal

from alongside.definitions.instruments import instrument
from alongside.measures import rules
from alongside.measures.rules import Given
from alongside.safety.rules import Outcome, Talk


def given(scores: Iterable[tuple[str, Decimal]]) -> list[Given]:
    """The totals of one contact. Nobody thinks of self-harm but those whose total cannot be without it."""
    return [Given(key, total=total, harm=rules.holds_harm(instrument(key), total)) for key, total in scores]


def talk(handed: Iterable[Given]) -> Talk | None:
    """What came of the conversation about it, which no contact is recorded without."""
    return Talk(Outcome.SAFETY_PLAN_MADE) if any(one.harm for one in handed) else None
