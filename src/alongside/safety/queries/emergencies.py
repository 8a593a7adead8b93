"""Looks in an emergency: whose they are, and those that a service reviews."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, F, When

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.safety import rules
from alongside.safety.models import BrokenGlass, GlassReview
from alongside.safety.rules import REVIEW, Declaration, Reviewing
from alongside.tasks import queries as tasks

MOST = 200


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody found, when."""

    at: datetime
    by: str
    verdict: str
    words: str


@dataclass(frozen=True, slots=True)
class Look:
    """One look as one side knows it. The names are as the reader typed them; `registration` is the record that was
    found where `found`, else what stands for the attempt in the reader's own service."""

    id: str
    attempt: str
    registration: str
    found: bool
    reader: str
    reader_service: str
    role: str
    given_name: str
    family_name: str
    birth_date: date
    nhs_number: str
    why: Declaration
    at: datetime
    until: datetime
    opened: bool
    settled: bool
    reviews: tuple[Review, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def over(self) -> bool:
        return self.until <= clock.now()


def mine(*, access: Access) -> list[Look]:
    """The reader's own looks that are open now, the newest first: each attempt, and beside it what it opened, as far as
    that is visible. Of a record that stays shut there is nothing, as of one that does not exist."""
    rows = BrokenGlass.objects.filter(author=access.actor, reader_service=access.service, until_at__gt=clock.now())
    return [_look(row) for row in allowed.show(access, rows.order_by("-occurred_at", "pk"), most=MOST)]


def attempted(*, access: Access, since: datetime) -> list[Look]:
    """The reader's own attempts since an instant, in whatever job, the oldest first; nothing of what they found. For
    the act that begins another one: nothing is shown."""
    rows = BrokenGlass.objects.filter(author=access.actor, attempt=F("pk"), occurred_at__gt=since)
    return [_look(row) for row in rows.order_by("occurred_at", "pk")]


def often(*, access: Access) -> list[Look]:
    """Of the attempts by the staff of the reader's own service those, the newest first, by which somebody had looked as
    often within an hour as one practitioner may. For whoever oversees privacy (`NotAllowed` for others)."""
    access.check_may("oversee")
    rows = BrokenGlass.objects.filter(service=access.service, attempt=F("pk")).order_by("-occurred_at", "pk")
    found: dict[str, list[Look]] = {}
    for row in allowed.show(access, rows, most=MOST):
        found.setdefault(row.author, []).append(_look(row))
    reached = [one for looks in found.values() for one in rules.reaching(looks)]
    return sorted(reached, key=lambda one: one.at, reverse=True)


def looks_at_ours(*, access: Access) -> list[Look]:
    """Looks into the records of the reader's own service, and attempts by its own staff, the newest first: those that
    wait for a review before the others, 400 at most. For whoever oversees privacy (`NotAllowed` for others)."""
    access.check_may("oversee")
    rows = BrokenGlass.objects.filter(service=access.service).exclude(state=Reviewing.ELSEWHERE)
    ordered = rows.order_by(Case(When(state=Reviewing.WAITING, then=0), default=1), "-occurred_at", "pk")
    return _with_reviews(allowed.show(access, ordered, most=2 * MOST))


def look(look: str, *, access: Access) -> Look:
    """One of `looks_at_ours`; `NotThere` for any other."""
    access.check_may("oversee")
    rows = BrokenGlass.objects.filter(pk=look, service=access.service).exclude(state=Reviewing.ELSEWHERE)
    found = _with_reviews(allowed.show(access, rows))
    if not found:
        raise NotThere()
    return found[0]


def looks_into(registration: str, *, access: Access) -> dict[str, Look]:
    """The looks in an emergency into a record that this reader may know of, by id: of the person, none that is withheld
    from them."""
    rows = BrokenGlass.objects.filter(registration=registration)
    return {one.id: one for one in _with_reviews(allowed.show(access, rows))}


def _with_reviews(rows: Iterable[BrokenGlass]) -> list[Look]:
    shown = list(rows)
    reviews: dict[str, list[Review]] = {}
    for one in GlassReview.objects.filter(look__in=[row.pk for row in shown]).order_by("pk"):
        reviews.setdefault(one.look_id, []).append(Review(one.at, one.by, one.verdict, one.words))
    return [_look(row, tuple(reviews.get(row.pk, ()))) for row in shown]


def _look(row: BrokenGlass, reviews: tuple[Review, ...] = ()) -> Look:
    return Look(
        id=row.pk,
        attempt=row.attempt,
        registration=row.registration_id,
        found=row.pk != row.attempt,
        reader=row.author,
        reader_service=row.reader_service,
        role=row.role,
        given_name=row.given_name,
        family_name=row.family_name,
        birth_date=row.birth_date,
        nhs_number=row.nhs_number,
        why=Declaration(row.reason, row.medical_name, row.affiliation, row.disclosed_by, row.nature),
        at=row.occurred_at,
        until=row.until_at,
        opened=row.opened,
        settled=row.state == Reviewing.SETTLED,
        reviews=reviews,
    )


def owes_reviews(practitioner: str, service: str, *, access: Access) -> bool:
    """Whether somebody still has looks to review in a service: their colleague has to oversee privacy, too."""
    return tasks.owes(practitioner, service, kind=REVIEW, access=access)


def stand_ins(registration: str, *, access: Access) -> list[str]:
    """What stands in the same service for attempts to look at this registration: they hold who was typed, and go with
    it. Ids only, for the act that erases."""
    here = BrokenGlass.objects.filter(registration=registration)
    attempts, services = here.values("attempt"), here.values("service")
    rows = BrokenGlass.objects.filter(attempt__in=attempts, service__in=services).exclude(registration=registration)
    return sorted(set(rows.values_list("registration_id", flat=True)))
