"""Who looks, or looked, on somebody's behalf."""

from dataclasses import dataclass
from datetime import datetime

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions.policy import Mask
from alongside.kernel import clock
from alongside.people import rules
from alongside.people.models import OwnSignIn, Proxy
from alongside.people.rules import SignIn


@dataclass(frozen=True, slots=True)
class Behalf:
    """Somebody who looks, or looked, on a person's behalf. `pack` is that of the service, of which `basis` is a key."""

    id: str
    name: str
    email: str
    basis: str
    pack: str
    kinds: Mask
    since: datetime
    until: datetime
    state: SignIn
    agreed: str
    paper: str


def proxies(registration: str, *, access: Access) -> list[Behalf]:
    """Everybody who looks or looked on behalf of whom the reader's own registration is about, the newest first. For who
    may see the person's choices: nobody who looks on somebody's behalf."""
    rows = allowed.show(access, Proxy.objects.filter(registration=registration).order_by("-occurred_at", "-pk"))
    ways = {row.proxy: row for row in OwnSignIn.objects.filter(proxy__in=[one.pk for one in rows])}
    return [_behalf(one, ways[one.pk], allowed.pack_of(one.service, access=access)) for one in rows]


def _behalf(row: Proxy, way: OwnSignIn, pack: str) -> Behalf:
    return Behalf(
        id=row.pk,
        name=row.name,
        email=way.email,
        basis=row.basis,
        pack=pack,
        kinds=row.kinds,
        since=way.opened_at or row.occurred_at,
        until=min(row.until_at, way.ended_at),
        state=rules.sign_in(bool(way.user), way.tries, way.expires_at, way.ended_at, clock.now()),
        agreed=row.agreed,
        paper=row.paper,
    )


def looks_at(proxy: str, *, access: Access) -> tuple[Mask, datetime]:
    """(kinds, until when) of somebody who was invited to look, for the act that lets them in."""
    row = Proxy.objects.get(pk=proxy)
    return row.kinds & rules.most(), row.until_at


def address_of(sign_in: str, *, access: Access) -> str:
    """Where the letter to somebody who was invited to look on a person's behalf goes; shown to nobody."""
    return OwnSignIn.objects.values_list("email", flat=True).get(pk=sign_in)
