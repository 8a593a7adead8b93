"""Where registrations are linked: ids only, each record is decided by its own grants."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.people import standing as live
from alongside.people.models import Link, Registration


def joined(registration: str, *, access: Access) -> list[str]:
    """The registration and those linked to it now, itself first. Ids only: each record is decided by its own grants."""
    now = clock.now()
    links = Link.objects.filter(Q(one=registration) | Q(other=registration), from_at__lte=now, until_at__gt=now)
    others = [row.other if row.one == registration else row.one for row in links.order_by("from_at", "pk")]
    return [registration, *others]


def own_of(registrations: list[str], *, access: Access) -> str | None:
    """Of some linked registrations, the reader's own service's."""
    return (
        Registration.objects.filter(pk__in=registrations, service=access.service).values_list("pk", flat=True).first()
    )


def own_among(registrations: Iterable[str], *, access: Access) -> set[str]:
    """Of some registrations, those of the reader's own service whose identity is open to them. Ids only."""
    rows = Registration.objects.filter(pk__in=set(registrations), service=access.service)
    return set(allowed.visible(access, rows).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Joined:
    """A record of another service that is joined to ours, since when."""

    link: str
    registration: str
    service: str
    since: datetime


def joined_to(registration: str, *, access: Access) -> list[Joined]:
    """The records that are joined to one of the reader's own service; none where that is closed to the reader. Both
    services know of it, because the person had it done with both. One statement."""
    now = clock.now()
    own = allowed.visible(access, Registration.objects.filter(pk=registration, service=access.service))
    links = Link.objects.filter(Q(one=registration) | Q(other=registration), from_at__lte=now, until_at__gt=now)
    links = links.annotate(theirs=Case(When(one=registration, then=F("other")), default=F("one")))
    of = Registration.objects.filter(pk=OuterRef("theirs")).values("service")
    rows = links.filter(Exists(own)).annotate(service=Subquery(of[:1])).order_by("from_at", "pk")
    return [Joined(row.pk, row.theirs, row.service, row.from_at) for row in rows]


def link_between(one: str, other: str, *, access: Access) -> str:
    """The live link of two registrations; `NotThere` where they are not linked."""
    found = Link.objects.filter(one__in=[one, other], other__in=[one, other], until_at__gt=clock.now()).first()
    if found is None:
        raise NotThere()
    return found.pk


def with_linked(registrations: Collection[str], *, access: Access) -> list[str]:
    """Some registrations and those that are, or once were, linked to them; ids, in order."""
    return sorted(live.linked(registrations).union(registrations))


def standing(registrations: Collection[str], *, access: Access) -> dict[str, dict[str, list[str]]]:
    """By registration: the links and sign-ins that are live; ids."""
    return live.standing(registrations)
