"""A course of treatment: what counts as treatment, when a course is finished, how long somebody waited.

Source, unless a rule says otherwise: NHS England Talking Therapies measure metadata (July 2026 monthly,
2024-25 annual).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from alongside.definitions import talking_therapies

TREATS = frozenset(kind.key for kind in talking_therapies.appointment_kinds() if kind.treats)
MET = frozenset(attendance.key for attendance in talking_therapies.attendances() if attendance.met)
FINISHED_AFTER = talking_therapies.codes().finished.contacts


@dataclass(frozen=True, slots=True)
class Contact:
    """A planned or kept meeting: `kind` and `attendance` by our words in `definitions.talking_therapies`."""

    kind: str
    attendance: str | None = None
    planned: bool = True


def took_place(contact: Contact) -> bool:
    """Whether the person was seen. An unplanned contact happened, whatever its attendance says."""
    return not contact.planned or contact.attendance in MET


def is_treatment_contact(contact: Contact) -> bool:
    """Whether it took place and was treatment: not a review alone, a follow-up or employment support."""
    return contact.kind in TREATS and took_place(contact)


def treatment_contacts(contacts: Iterable[Contact]) -> int:
    """How many treatment contacts took place."""
    return sum(map(is_treatment_contact, contacts))


def finished_course(discharged: date | None, contacts: Iterable[Contact]) -> bool:
    """Whether the referral ended after at least two treatment contacts. Source: measure M076."""
    return discharged is not None and treatment_contacts(contacts) >= FINISHED_AFTER


class Access(Enum):
    """A waiting-time standard; the value is its greatest number of days, that day included."""

    SIX_WEEKS = talking_therapies.codes().waits.six_weeks
    EIGHTEEN_WEEKS = talking_therapies.codes().waits.eighteen_weeks


def in_time(standard: Access, received: date, first_treatment: date | None) -> bool:
    """Whether treatment began within the standard: calendar days from referral, pauses not deducted."""
    return first_treatment is not None and (first_treatment - received).days <= standard.value


class DateFault(StrEnum):
    """What the national validation says about an episode's dates."""

    CONTACT_BEFORE_REFERRAL = "contact_before_referral"
    DISCHARGE_BEFORE_REFERRAL = "discharge_before_referral"
    DISCHARGE_WITHOUT_END_CODE = "discharge_without_end_code"
    END_CODE_WITHOUT_DISCHARGE = "end_code_without_discharge"

    @property
    def rejects(self) -> bool:
        """Whether the record is turned away; otherwise it is accepted with a warning."""
        return self in (DateFault.CONTACT_BEFORE_REFERRAL, DateFault.DISCHARGE_BEFORE_REFERRAL)


def date_faults(
    received: date, discharged: date | None, end_code: str | None, contacts: Iterable[date]
) -> tuple[DateFault, ...]:
    """What is wrong with an episode's dates. Source: NHS England Reusable Code Library, iapt validation."""
    found = {
        DateFault.CONTACT_BEFORE_REFERRAL: any(on < received for on in contacts),
        DateFault.DISCHARGE_BEFORE_REFERRAL: discharged is not None and discharged < received,
        DateFault.DISCHARGE_WITHOUT_END_CODE: discharged is not None and not end_code,
        DateFault.END_CODE_WITHOUT_DISCHARGE: discharged is None and bool(end_code),
    }
    return tuple(fault for fault, there in found.items() if there)
