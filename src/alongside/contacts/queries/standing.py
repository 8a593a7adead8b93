"""One contact as it stands now, a time line of them, and what became of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from alongside.access import queries as allowed
from alongside.access import reading
from alongside.access.context import Access
from alongside.contacts import models
from alongside.contacts.models import ContactStatus
from alongside.contacts.rules import Meeting, State
from alongside.kernel.errors import NotThere


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact as it stands. `entry` is the name that measures and notes know it by, whatever was put right."""

    id: str
    entry: str
    registration: str
    service: str
    episode: str
    kind: str
    planned: bool
    starts_at: datetime
    minutes: int
    mode: str
    practitioner: str
    role: str
    attendance: str  # empty while it is planned
    state: State
    joint: bool
    recorded_at: datetime
    author: str
    stands: bool = True  # false where it was taken out of the record

    @property
    def meeting(self) -> Meeting:
        """Its times and how it is held, for the form that records or corrects it."""
        return Meeting(self.kind, self.starts_at, self.mode, self.minutes, self.practitioner, self.joint)


def contact_of(row: models.Contact) -> Contact:
    return Contact(
        id=row.pk,
        entry=row.entry,
        registration=row.registration_id,
        service=row.service,
        episode=row.episode,
        kind=row.kind,
        planned=row.planned,
        starts_at=row.occurred_at,
        minutes=row.minutes,
        mode=row.mode,
        practitioner=row.practitioner,
        role=row.role,
        attendance=row.attendance,
        state=State(row.state),
        joint=row.joint,
        recorded_at=row.recorded_at,
        author=row.author,
        stands=not row.superseded_by,
    )


def timeline(registrations: Sequence[str], *, access: Access, since: datetime | None = None) -> list[Contact]:
    """Every contact of these registrations, planned and past, the newest first; only what was written since an
    instant, where one is given."""
    rows = models.Contact.objects.filter(registration__in=registrations).order_by("-occurred_at", "pk")
    if since is not None:
        rows = rows.filter(recorded_at__gte=since)
    return [contact_of(row) for row in allowed.show(access, rows)]


def contact(contact: str, *, access: Access) -> Contact:
    """One contact as it stands now, by any id it ever had; `NotThere` where there is none or it is closed."""
    rows = allowed.show(access, _rows_of(contact))
    if not rows:
        raise NotThere()
    return contact_of(rows[0])


def _rows_of(contact: str) -> QuerySet[models.Contact]:
    """Every row of one contact, put right or not, by the id of any of them."""
    return models.Contact.objects.filter(entry__in=models.Contact.objects.filter(pk=contact).values("entry"))


def to_correct(contact: str, *, access: Access) -> Contact:
    """As `contact`, for the page that puts it right: of the reader's own service, and where it was taken out of the
    record meanwhile, as it was (`stands` is false), so that nobody loses what they were writing."""
    own = models.Contact.objects.filter(pk=contact, service=access.service)
    rows = allowed.show(access, _rows_of(contact).filter(service=access.service))
    if not rows:
        rows = list(allowed.visible_with_superseded(access, own))
        reading.note(rows)
    if not rows:
        raise NotThere()
    return contact_of(rows[0])


@dataclass(frozen=True, slots=True)
class Moment:
    """One state that a contact entered."""

    state: State
    attendance: str
    starts_at: datetime
    outcome: str
    by: str
    at: datetime


def history(contact: str, *, access: Access) -> list[Moment]:
    """Every state of a contact as it stands, the first first; `NotThere` where it is closed to the reader."""
    standing = models.Contact.objects.filter(pk=contact, superseded_by="").values("pk")
    rows = allowed.show(access, ContactStatus.objects.filter(contact__in=standing))
    if not rows:
        raise NotThere()
    return sorted(map(_moment, rows), key=lambda moment: (moment.at, list(State).index(moment.state)))


def _moment(row: ContactStatus) -> Moment:
    return Moment(State(row.state), row.attendance, row.starts_at, row.outcome, row.author, row.occurred_at)
