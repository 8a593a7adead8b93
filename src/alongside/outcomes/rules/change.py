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
    OUT_OF_ANOTHER = "out_of_another"  # the first and the last are out of different maxima


_UNCLAIMED = {Change.NOT_KNOWN, Change.NOT_COMPARABLE, Change.OUT_OF_ANOTHER}


def change(key: str, measured: Ends) -> Change:
    """Whether the change is more than measurement error. A change of exactly the published value is.

    Both versions in British Sign Language have the reliable change of the English ones: none of their own was found.
    Between two versions, and between totals out of different maxima, none is claimed (`Ends.comparable`).
    """
    definition = instrument(key)
    if measured.first is None or measured.last is None or definition.reliable_change is None:
        return Change.NOT_KNOWN
    if not measured.out_of_one:
        return Change.OUT_OF_ANOTHER
    if not measured.in_one_version:
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
        _case_at_start(DEPRESSION, phq9),
        _case_at_start(anxiety.instrument, anxiety.ends),
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
    OUT_OF_ANOTHER = "out_of_another"
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
    known = not changes & _UNCLAIMED
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
    if not (phq9.out_of_one and anxiety.ends.out_of_one):
        return Unassessed.OUT_OF_ANOTHER
    if not (phq9.in_one_version and anxiety.ends.in_one_version):
        return Unassessed.TWO_LANGUAGE_VERSIONS
    if instrument(anxiety.instrument).reliable_change is None:
        return Unassessed.NO_RELIABLE_CHANGE_KNOWN
    return None


def _case_at_start(key: str, measured: Ends) -> bool | None:
    return _case(key, measured.first, measured.first_language, measured.first_out_of)


def _case_at_end(key: str, measured: Ends) -> bool | None:
    return _case(key, measured.last, measured.last_language, measured.last_out_of)


def _case(key: str, value: Decimal | None, language: str, out_of: Decimal | int | None) -> bool | None:
    """None also where the total is out of less than the whole scale: cut-offs are of that."""
    if value is None or out_of is not None:
        return None
    return measures.is_case(instrument(key), value, Whose(language=language) if language else None)


def _both_below(phq9: Ends, anxiety: InForce) -> bool:
    mood = _case_at_end(DEPRESSION, phq9)
    return mood is False and _case_at_end(anxiety.instrument, anxiety.ends) is False
