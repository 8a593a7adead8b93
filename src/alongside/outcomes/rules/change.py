"""Caseness, change and recovery of one finished course.

Source, unless a rule says otherwise: NHS England Talking Therapies measure metadata (July 2026 monthly,
2024-25 annual). Scores are `Decimal`: a Mobility Inventory fall from 2.51 to 1.78 is exactly 0.73, which
binary floating point misses.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from alongside.definitions.instruments import Whose, instrument
from alongside.measures import rules as measures
from alongside.outcomes.rules.scores import DEPRESSION, Ends, InForce


class Caseness(StrEnum):
    """Where somebody stood at the start."""

    AT = "at_caseness"
    NOT_AT = "not_at_caseness"
    NOT_KNOWN = "not_known"


class Change(StrEnum):
    """What became of one measure between its ends."""

    BETTER = "reliably_better"
    WORSE = "reliably_worse"
    NOT_RELIABLE = "not_reliable"
    NOT_KNOWN = "not_known"  # not paired, or nobody could source the instrument's reliable change
    NOT_COMPARABLE = "not_comparable"  # the first and the last were answered in two language versions


def change(key: str, measured: Ends) -> Change:
    """Whether the change is more than measurement error. A change of exactly the published value is.

    Both versions in British Sign Language have the reliable change of the English ones: none of their own was found.
    Between two versions none is claimed (`Ends.comparable`).
    """
    definition = instrument(key)
    if measured.first is None or measured.last is None or definition.reliable_change is None:
        return Change.NOT_KNOWN
    if not measured.comparable:
        return Change.NOT_COMPARABLE
    fall = measured.first - measured.last
    better = fall if definition.higher_is_worse else -fall
    if abs(better) < definition.reliable_change.value:
        return Change.NOT_RELIABLE
    return Change.BETTER if better > 0 else Change.WORSE


def caseness_at_start(phq9: Ends, anxiety: InForce) -> Caseness:
    """At caseness: the first score of either measure reaches the cut-off of the language version that was answered.
    Not at caseness: both are known and neither does. One measure alone below its cut-off leaves it unknown.

    The cut-offs are those of NHS Talking Therapies wherever a service is: caseness is its definition.
    """
    cases = [
        _case(DEPRESSION, phq9.first, phq9.first_language),
        _case(anxiety.instrument, anxiety.ends.first, anxiety.ends.first_language),
    ]
    if any(cases):
        return Caseness.AT
    return Caseness.NOT_KNOWN if None in cases else Caseness.NOT_AT


class Unassessed(StrEnum):
    """Why none of the four change outcomes is claimed."""

    NOT_FINISHED = "not_finished"
    PHQ9_NOT_PAIRED = "phq9_not_paired"
    ANXIETY_NOT_PAIRED = "anxiety_not_paired"
    TWO_LANGUAGE_VERSIONS = "two_language_versions"
    NO_RELIABLE_CHANGE_KNOWN = "no_reliable_change_known"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The national flags of one course, all false unless it finished. `unassessed` says why no change is
    claimed.

    `recovery` is scores recovery: it says that both scores fell below their cut-offs, nothing about the
    person.
    """

    at_caseness: bool = False
    not_at_caseness: bool = False
    recovery: bool = False
    reliable_improvement: bool = False
    reliable_deterioration: bool = False
    no_reliable_change: bool = False
    reliable_recovery: bool = False
    unassessed: Unassessed | None = None


def outcomes(finished: bool, phq9: Ends, anxiety: InForce) -> Outcomes:
    """The outcome flags of one course of treatment.

    Improvement is reliable change for the better on either measure and for the worse on neither;
    deterioration is its mirror image (inferred); everything else that is paired, one up and the other down
    included, is no reliable change. Recovery needs caseness at the start and both last scores below their
    cut-offs, each that of its own language version. Courses without both pairs get caseness only, and stay in the
    denominators; those whose first and last were answered in two versions get caseness and recovery.
    """
    if not finished:
        return Outcomes(unassessed=Unassessed.NOT_FINISHED)
    start = caseness_at_start(phq9, anxiety)
    changes = {change(DEPRESSION, phq9), change(anxiety.instrument, anxiety.ends)}
    known = not changes & {Change.NOT_KNOWN, Change.NOT_COMPARABLE}
    better = known and Change.BETTER in changes and Change.WORSE not in changes
    worse = known and Change.WORSE in changes and Change.BETTER not in changes
    recovery = start is Caseness.AT and _both_below(phq9, anxiety)
    return Outcomes(
        at_caseness=start is Caseness.AT,
        not_at_caseness=start is Caseness.NOT_AT,
        recovery=recovery,
        reliable_improvement=better,
        reliable_deterioration=worse,
        no_reliable_change=known and not better and not worse,
        reliable_recovery=recovery and better,
        unassessed=_unassessed(phq9, anxiety),
    )


def _unassessed(phq9: Ends, anxiety: InForce) -> Unassessed | None:
    if not phq9.paired:
        return Unassessed.PHQ9_NOT_PAIRED
    if not anxiety.ends.paired:
        return Unassessed.ANXIETY_NOT_PAIRED
    if not (phq9.comparable and anxiety.ends.comparable):
        return Unassessed.TWO_LANGUAGE_VERSIONS
    if instrument(anxiety.instrument).reliable_change is None:
        return Unassessed.NO_RELIABLE_CHANGE_KNOWN
    return None


def _case(key: str, value: Decimal | None, language: str) -> bool | None:
    if value is None:
        return None
    return measures.is_case(instrument(key), value, Whose(language=language) if language else None)


def _both_below(phq9: Ends, anxiety: InForce) -> bool:
    mood = _case(DEPRESSION, phq9.last, phq9.last_language)
    return mood is False and _case(anxiety.instrument, anxiety.ends.last, anxiety.ends.last_language) is False
