"""The records that are somebody's own: what their sign-in opens, and the Access that it gives."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed, NotThere
from alongside.organisations import queries as organisations
from alongside.people import rules
from alongside.people.models import OwnSignIn, Proxy, Registration
from alongside.people.rules import SignIn


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """One service's record of the person who signs in. `id` is the sign-in's."""

    id: str
    registration: str
    service: str
    service_name: str
    proxy: bool  # whose record it is on whose behalf they look


def own_records(user: str, *, access: Access) -> list[OwnRecord]:
    """What somebody who is no practitioner opens when they sign in, the oldest first. Read afresh at each request: one
    that was ended a second ago is not there."""
    found = []
    for row in _opened_by(user, access):
        name = organisations.place(row.service, access=access).name
        found.append(OwnRecord(row.pk, row.registration_id, row.service, name, bool(row.proxy)))
    return found


def own_access(user: str, chosen: str | None, *, access: Access) -> Access:
    """The Access of a person to one of their own records (the first where none is chosen), or of somebody who looks on
    a person's behalf; `NotAllowed` without any."""
    rows = _opened_by(user, access)
    if not rows:
        raise NotAllowed("This sign-in opens no record at the moment. Ask your service for a new invitation.")
    row = next((one for one in rows if one.pk == chosen), rows[0])
    place = organisations.place(row.service, access=access)
    named = name_of(Registration.objects.get(pk=row.registration_id))
    here = {"service": row.service, "kind": place.kind, "jurisdiction": place.jurisdiction}
    if row.proxy:
        proxy = Proxy.objects.get(pk=row.proxy)
        return Access.of_proxy(row.proxy, row.registration_id, kinds=proxy.kinds, name=proxy.name, **here)
    return Access.of_person(row.pk, row.registration_id, name=named, **here)


def on_behalf_of(*, access: Access) -> str:
    """Whose record somebody looks at on their behalf, by name; empty where that is closed to them, and for others."""
    rows = Registration.objects.filter(pk=access.behalf_registration)
    found = allowed.show(access, rows) if access.behalf_registration else []
    return name_of(found[0]) if found else ""


def _opened_by(user: str, access: Access) -> list[OwnSignIn]:
    """What a sign-in opens now. On whose behalf somebody may look no longer, the age asked again, is not there."""
    rows = list(_open().filter(user=user).order_by("opened_at", "pk"))
    born = dict(
        Registration.objects.filter(pk__in=[row.registration_id for row in rows]).values_list("pk", "birth_date")
    )
    basis = dict(Proxy.objects.filter(pk__in=[row.proxy for row in rows if row.proxy]).values_list("pk", "basis"))
    packs = allowed.packs_of({row.service for row in rows if row.proxy}, access=access) if basis else {}

    def still(row: OwnSignIn) -> bool:
        return rules.still(basis[row.proxy], packs[row.service], born[row.registration_id], clock.now())

    return [row for row in rows if not row.proxy or still(row)]


@dataclass(frozen=True, slots=True)
class Invited:
    """How the person's own sign-in stands, for their service."""

    state: SignIn
    email: str
    since: datetime
    until: datetime  # of an invitation: when it ends


def invited(registration: str, *, access: Access) -> Invited | None:
    """The newest invitation or sign-in of the reader's own registration; None where there was none."""
    newest = OwnSignIn.objects.filter(registration=registration, proxy="").order_by("-occurred_at", "-pk")
    rows = allowed.show(access, newest, most=1)
    if not rows:
        return None
    [row] = rows
    return Invited(_state(row), row.email, row.opened_at or row.occurred_at, row.expires_at)


@dataclass(frozen=True, slots=True)
class Welcome:
    """An invitation whose link was opened: who invites, and whether somebody signs in with its address already."""

    email: str
    service: str
    service_name: str
    jurisdiction: str
    known: bool
    proxy: str  # of somebody who is to look on a person's behalf


def invitation_of(sign_in: str, *, access: Access) -> Welcome:
    """What the page behind a link says, for whoever opened that link; else, and where it has ended, `NotThere`."""
    row = OwnSignIn.objects.filter(pk=sign_in).first()
    if row is None or not access.opened(sign_in) or _state(row) is not SignIn.INVITED:
        raise NotThere()
    place = organisations.place(row.service, access=access)
    known = organisations.signs_in(row.email, access=access)
    return Welcome(row.email, row.service, place.name, place.jurisdiction, known, row.proxy)


def signed_up(*, access: Access) -> list[tuple[str, str, str]]:
    """(sign-in, user, name) of everybody who signs in to a record of their own, once each, in a demonstration, where
    nobody is real; `NotThere` in any other."""
    if not settings.DEMONSTRATION:
        raise NotThere()
    rows = {row.user: row for row in _open().filter(proxy="").order_by("-opened_at", "-pk")}
    named = Registration.objects.in_bulk([row.registration_id for row in rows.values()])
    return [(row.pk, row.user, name_of(named[row.registration_id])) for row in rows.values()]


def name_of(row: Registration) -> str:
    """What somebody is called."""
    return f"{row.preferred_name or row.given_name} {row.family_name}"


def _open() -> QuerySet[OwnSignIn]:
    return OwnSignIn.objects.filter(ended_at__gt=clock.now()).exclude(user="")


def _state(row: OwnSignIn) -> SignIn:
    return rules.sign_in(bool(row.user), row.tries, row.expires_at, row.ended_at, clock.now())
