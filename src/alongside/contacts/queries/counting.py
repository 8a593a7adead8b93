"""Contacts that are counted: by an evaluation, before a discharge, by the check of continuity."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.contacts import models
from alongside.contacts.queries.standing import Contact, contact_of
from alongside.contacts.rules import State


def open_contacts(*, access: Access) -> list[str]:
    """Contacts that somebody holds: the continuity check wants one open task for each. Ids only."""
    held = [State.PLANNED, State.MISSED, State.TO_REBOOK]
    return list(models.Contact.objects.filter(state__in=held, superseded_by="").values_list("pk", flat=True))


def kept_by_episode(episodes: Sequence[str], *, access: Access) -> dict[str, list[datetime]]:
    """When contacts of these episodes were kept, the earliest first: what a discharge may not come before."""
    rows = models.Contact.objects.filter(episode__in=episodes, state=State.KEPT).order_by("occurred_at")
    found: dict[str, list[datetime]] = defaultdict(list)
    for row in allowed.show(access, rows):
        found[row.episode].append(row.occurred_at)
    return dict(found)


def every_contact(*, access: Access) -> list[Contact]:
    """Every contact the reader may count for this purpose, of any service, the earliest first."""
    return [contact_of(row) for row in allowed.countable(access, models.Contact.objects.order_by("occurred_at", "pk"))]


def last_of(registrations: Collection[str], *, access: Access) -> list[dict[str, datetime]]:
    """When the last contact with each of these was, kept or not: what a period of keeping is counted from."""
    return [allowed.latest(models.Contact.objects.filter(registration__in=registrations), access=access)]
