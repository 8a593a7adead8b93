"""When a question was last put or answered about somebody, and whether one is open: before a record is erased."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.consultation.models import Answer, Consultation, Question
from alongside.consultation.rules import OPEN


def last_of(registrations: Collection[str], *, access: Access) -> list[dict[str, datetime]]:
    """When these registrations' services last asked or answered about them, by registration."""
    return [
        allowed.latest(model.objects.filter(registration__in=registrations), access=access)
        for model in (Question, Answer)
    ]


def is_open(registration: str, *, access: Access) -> bool:
    """Whether a question is open that this registration's service asked, or is to answer."""
    about = Q(asking_registration=registration) | Q(answering_registration=registration)
    return Consultation.objects.filter(about, state__in=OPEN).exists()
