"""What may be said of a change of medicine, and what kind of information it is. Pure.

A medicine and its dose are words as somebody said them: nothing here is coded, added up, checked or prescribed by.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from alongside.definitions import policy
from alongside.kernel.errors import Invalid, Several

# The consent grid has a kind for medicines, and whoever treats somebody has to know them, so it is in both bundles.
# A medicine for dependence tells of use as well: whether such a one should need `use_pattern` too is for a clinician.
CATEGORY = "medicines"
LONGEST = 80  # characters of a medicine, and of a dose


class What(StrEnum):
    STARTED = "started"
    DOSE_CHANGED = "dose_changed"
    STOPPED = "stopped"


class Source(StrEnum):
    """Who says so."""

    PERSON = "person"
    PRESCRIBER = "prescriber"
    RECORD = "record"  # a letter, a prescription, another service's record


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one change: the medicine in words, what changed, on which civil day, the dose that stands after
    it in words (empty where nobody knows), and who says so."""

    medicine: str
    what: str
    day: date
    dose: str = ""
    source: str = Source.PERSON


def check(told: Told, today: date) -> Told:
    """What is told, its words trimmed.

    Raises `Several`, each problem naming a field of `Told`: no medicine, a change or source that is none, a dose that
    changed and is not said, one after the medicine was stopped, a day to come, words that are too long.
    """
    told = Told(told.medicine.strip(), told.what, told.day, told.dose.strip(), told.source)
    if problems := list(_problems(told, today)):
        raise Several(problems)
    return told


def _problems(told: Told, today: date) -> Iterator[Invalid]:
    if not told.medicine:
        yield Invalid("medicine", "Enter the medicine, as they call it or as the box does.")
    if len(told.medicine) > LONGEST:
        yield Invalid("medicine", "Keep it to {most} characters.", most=LONGEST)
    if told.what not in list(What):
        yield Invalid("what", "Choose what changed.")
    if told.day > today:
        yield Invalid("day", "The day is in the future. Enter the day on which it changed.")
    if problem := _wrong_with_dose(told):
        yield problem
    if told.source not in list(Source):
        yield Invalid("source", "Choose who told you.")


def _wrong_with_dose(told: Told) -> Invalid | None:
    if told.what == What.DOSE_CHANGED and not told.dose:
        return Invalid("dose", "Enter the new dose. Write “not known” where they cannot say.")
    if told.what == What.STOPPED and told.dose:
        return Invalid("dose", "No dose is left of a medicine that was stopped. Leave it empty, or choose a new dose.")
    if len(told.dose) > LONGEST:
        return Invalid("dose", "Keep it to {most} characters.", most=LONGEST)
    return None


def needs() -> policy.Mask:
    """What must be open to see a change of medicine."""
    return policy.categories_mask(CATEGORY)
