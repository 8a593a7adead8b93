"""Contacts as pages show them: a time line, my day, what is next, one contact and its note."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from alongside.access import queries as allowed
from alongside.access import reading
from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.access.statements import Statement
from alongside.contacts import models, notes, rules
from alongside.contacts.models import ContactStatus, Note
from alongside.contacts.rules import Heading, Meeting, State
from alongside.kernel import clock
from alongside.kernel.clock import LONDON
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


def _contact(row: models.Contact) -> Contact:
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
    return [_contact(row) for row in allowed.show(access, rows)]


def contact(contact: str, *, access: Access) -> Contact:
    """One contact as it stands now, by any id it ever had; `NotThere` where there is none or it is closed."""
    rows = allowed.show(access, _rows_of(contact))
    if not rows:
        raise NotThere()
    return _contact(rows[0])


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
    return _contact(rows[0])


def today(*, access: Access, everybody: bool = False) -> list[Contact]:
    """The reader's own contacts of this civil day and those of whom they cover, by time; cancelled ones too. For the
    desk, `everybody`: its whole service's."""
    midnight = datetime.combine(clock.today(), time(), tzinfo=LONDON)
    tomorrow = datetime.combine(clock.today() + timedelta(days=1), time(), tzinfo=LONDON)
    rows = models.Contact.objects.filter(service=access.service, occurred_at__gte=midnight, occurred_at__lt=tomorrow)
    if not everybody:
        rows = rows.filter(practitioner__in=_mine(access))
    return [_contact(row) for row in allowed.show(access, rows.order_by("occurred_at", "pk"))]


def _mine(access: Access) -> list[str]:
    covered = Handle.holders(access.speaks_for)
    return [access.actor] if access.may("lead") else [access.actor, *covered]


@dataclass(frozen=True, slots=True)
class Slot:
    """One contact in a list of people."""

    id: str
    at: datetime
    attendance: str
    practitioner: str
    mode: str


@dataclass(slots=True)
class Around:
    """The last contact (whatever became of it) and the next one of a registration; and whether they were seen, and how
    many times they missed since then, in the stay that was asked about.
    """

    last: Slot | None = None
    next: Slot | None = None
    seen: bool = False
    missed_in_a_row: int = 0


_SLOTS = Statement(
    """
    SELECT c.registration_id, c.needs, c.id, c.occurred_at, c.attendance, c.practitioner, c.mode, c.state
    FROM alongside_contacts_contact c
    WHERE c.registration_id IN (%(registrations)s) AND {visible:c}
    ORDER BY c.occurred_at, c.id
    """,
    registration_id=str,
    needs=int,
    id=str,
    occurred_at=datetime,
    attendance=str,
    practitioner=str,
    mode=str,
    state=str,
)


def next_and_last(
    registrations: Iterable[str], *, access: Access, since: Mapping[str, date] | None = None
) -> dict[str, Around]:
    """What came last and what comes next for many registrations, in one statement: for lists.

    `since` is the day from which contacts of a registration belong to its present stay: who was seen, or missed, in an
    earlier one starts afresh.
    """
    wanted = list(registrations)
    begun = {one: datetime.combine(day, time(), tzinfo=LONDON) for one, day in (since or {}).items()}
    around = {registration: Around() for registration in wanted}
    for row in allowed.listed(access, _SLOTS, registrations=wanted):
        first = begun.get(row.registration_id)
        _place(around[row.registration_id], row, now=first is None or row.occurred_at >= first)
    return around


def _place(around: Around, row: Any, *, now: bool) -> None:
    slot = Slot(row.id, row.occurred_at, row.attendance, row.practitioner, row.mode)
    if row.state == State.PLANNED:
        around.next = around.next or slot
        return
    around.last = slot
    if now:
        missed = row.attendance in ("did_not_attend", "late_not_seen")
        around.seen = around.seen or row.state == State.KEPT
        around.missed_in_a_row = around.missed_in_a_row + 1 if missed else 0


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a note. `text` is empty and `readable` false where no key of this installation opens it."""

    id: str
    heading: Heading
    text: str
    readable: bool
    author: str
    recorded_at: datetime
    stands: bool = True  # false where it was put right


def note(contact: str, *, access: Access) -> list[Section]:
    """The note of a contact (any id it ever had), opened, in the order of the headings; empty where there is none or
    the reader may not see it."""
    same = models.Contact.objects.filter(pk=contact).values("entry")
    found = [_section(row) for row in allowed.show(access, Note.objects.filter(contact__in=same).order_by("pk"))]
    return sorted(found, key=lambda section: list(Heading).index(section.heading))


def section_to_correct(note: str, *, contact: str, access: Access) -> Section:
    """One section of a contact's note for the page that puts it right, of the reader's own service, as it is or was;
    `NotThere` where there is none or it is closed."""
    entry = models.Contact.objects.filter(pk=contact).values("entry")
    own = Note.objects.filter(pk=note, contact__in=entry, service=access.service)
    rows = list(allowed.visible_with_superseded(access, own))
    if not rows:
        raise NotThere()
    reading.note(rows)
    return _section(rows[0])


def _section(row: Note) -> Section:
    try:
        text, readable = notes.unseal(row.text, row.pk), True
    except notes.Unreadable:
        text, readable = "", False
    return Section(row.pk, Heading(row.heading), text, readable, row.author, row.recorded_at, not row.superseded_by)


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


def planned_from(episode: str, *, after: datetime, access: Access) -> list[Contact]:
    """What is planned in an episode from an instant on, the earliest first: what a discharge would leave behind."""
    rows = models.Contact.objects.filter(episode=episode, state=State.PLANNED, occurred_at__gte=after)
    return [_contact(row) for row in allowed.show(access, rows.order_by("occurred_at", "pk"))]


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
    return [_contact(row) for row in found]


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


def every_contact(*, access: Access) -> list[Contact]:
    """Every contact the reader may count for this purpose, of any service, the earliest first."""
    return [_contact(row) for row in allowed.countable(access, models.Contact.objects.order_by("occurred_at", "pk"))]
