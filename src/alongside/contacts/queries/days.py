"""What is on today, what is planned, and what is planned at the same time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from alongside.access import queries as allowed
from alongside.access import reading
from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.contacts import models, rules
from alongside.contacts.queries.standing import Contact, contact_of
from alongside.contacts.rules import State
from alongside.kernel import clock
from alongside.kernel.clock import LONDON


def today(*, access: Access, everybody: bool = False) -> list[Contact]:
    """The reader's own contacts of this civil day and those of whom they cover, by time; cancelled ones too. For the
    desk, `everybody`: its whole service's."""
    midnight = datetime.combine(clock.today(), time(), tzinfo=LONDON)
    tomorrow = datetime.combine(clock.today() + timedelta(days=1), time(), tzinfo=LONDON)
    rows = models.Contact.objects.filter(service=access.service, occurred_at__gte=midnight, occurred_at__lt=tomorrow)
    if not everybody:
        rows = rows.filter(practitioner__in=_mine(access))
    return [contact_of(row) for row in allowed.show(access, rows.order_by("occurred_at", "pk"))]


def _mine(access: Access) -> list[str]:
    covered = Handle.holders(access.speaks_for)
    return [access.actor] if access.may("lead") else [access.actor, *covered]


def planned_from(episode: str, *, after: datetime, access: Access) -> list[Contact]:
    """What is planned in an episode from an instant on, the earliest first: what a discharge would leave behind."""
    rows = models.Contact.objects.filter(episode=episode, state=State.PLANNED, occurred_at__gte=after)
    return [contact_of(row) for row in allowed.show(access, rows.order_by("occurred_at", "pk"))]


def planned_at(
    registrations: Sequence[str], *, starts_at: datetime, minutes: int, access: Access, but: str = ""
) -> list[Contact]:
    """What is planned with these registrations at the same time, wholly or partly, as far as the reader may see: for a
    warning before somebody is booked twice. `but` is the contact that is being moved."""
    ends_at, longest = rules.ends_at(starts_at, minutes), timedelta(minutes=rules.LONGEST)
    near = models.Contact.objects.filter(
        registration__in=registrations,
        state=State.PLANNED,
        occurred_at__lt=ends_at,
        occurred_at__gt=starts_at - longest,
    ).exclude(pk=but)
    rows = list(allowed.visible(access, near.order_by("occurred_at", "pk")))
    found = [row for row in rows if rules.ends_at(row.occurred_at, row.minutes) > starts_at]
    reading.note(found)
    return [contact_of(row) for row in found]


@dataclass(frozen=True, slots=True)
class Coming:
    """A planned contact of any service, as a reminder needs it. `entry` stays the same when it is moved."""

    entry: str
    registration: str
    at: datetime


def coming(*, until: datetime, access: Access) -> list[Coming]:
    """What is planned from now until an instant, in every service, the earliest first: to remind people of it."""
    rows = models.Contact.objects.filter(state=State.PLANNED, superseded_by="", occurred_at__gt=clock.now())
    rows = rows.filter(occurred_at__lte=until).order_by("occurred_at", "pk")
    return [Coming(*row) for row in rows.values_list("entry", "registration_id", "occurred_at")]
