"""Where one can go from a person: the pages about them, and what can be added."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.web.subject import Subject
from alongside.web.ways import way


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    href: str
    here: bool = False


def tabs(subject: Subject, here: str, access: Access) -> list[Place]:
    """The pages about a person that open for the reader's role; what one may not see there, its page leaves out."""
    registration = subject.own or subject.registration
    named = (
        ("person", _("Now")),
        ("person-contacts", _("Contacts")),
        ("person-measures", _("Measures")),
        ("person-events", _("Events and medicines")),
        ("person-screening", _("Screening")),
        ("plan", _("Plan")),
        ("person-consultations", _("Consultations")),
        ("person-sharing", _("Sharing")),
        ("person-referrals", _("Referrals")),
    )
    places = (Place(label, way(name, registration, access=access), name == here) for name, label in named)
    return [place for place in places if place.href]


def to_add(subject: Subject, access: Access) -> list[Place]:
    """What this reader may add about somebody of their own service."""
    if not subject.own:
        return []
    named = (
        ("contact-record", _("A contact that took place")),
        ("contact-plan", _("A contact to come")),
        ("measures-record", _("A measure or days of use")),
        ("event-record", _("An event in their life")),
        ("medicine-record", _("A change of medicine")),
        ("screening-record", _("What you asked at the door")),
        ("consultation-ask", _("A question to the other team")),
        ("goal-new", _("A goal")),
        ("action-new", _("An action of the plan")),
        ("referral-new", _("A referral")),
        ("discharge", _("A discharge")),
        ("disclosure-new", _("Something told without their consent")),
    )
    places = (Place(label, way(name, subject.own, access=access)) for name, label in named)
    return [place for place in places if place.href]
