"""What the person's own pages need, made from what was read. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.rules import Handle
from alongside.consent.queries import Agreed
from alongside.contacts.queries import Contact
from alongside.contacts.rules import State
from alongside.definitions.proxies import proxies as bases
from alongside.journey.queries import Episode
from alongside.organisations.queries import Place
from alongside.people.queries import Behalf
from alongside.people.rules import SignIn
from alongside.web.consents.bundles import bundle_words
from alongside.web.consents.present import how, kinds, recipient_name
from alongside.web.consents.recipients import Placed
from alongside.web.consents.saying import elements
from alongside.web.consents.shared import Said, Sharing, by_name, closed_over, opened, opens_by_name

LATE = timedelta(hours=1)
SEES_NOTHING = gettext_lazy("sees nothing")


@dataclass(frozen=True, slots=True)
class Meeting:
    """One that is planned."""

    at: datetime
    minutes: int
    who: str


def is_to_come(one: Contact, now: datetime) -> bool:
    """Planned, and not over for longer than an hour: one of this morning may be late."""
    ends = one.starts_at + timedelta(minutes=one.minutes)
    return not one.attendance and one.state is State.PLANNED and ends + LATE > now


def meetings(coming: Iterable[Contact], known: Mapping[str, str]) -> list[Meeting]:
    """The soonest first."""
    found = [Meeting(one.starts_at, one.minutes, known.get(one.practitioner, "")) for one in coming]
    return sorted(found, key=lambda one: one.at)


def team(stays: Iterable[Episode], known: Mapping[str, str]) -> list[str]:
    """Who treats me now, each once."""
    return sorted({known[one.practitioner] for one in stays if one.open and one.practitioner in known})


def shared(live: Sequence[Agreed], partners: Iterable[Place], placed: Placed) -> list[tuple[str, str]]:
    """What each other service may see by all that is in force, in a few words: the same services for everybody."""
    return [(place.name, _in_a_few_words(place, live, placed)) for place in partners]


def _in_a_few_words(place: Place, live: Sequence[Agreed], placed: Placed) -> str:
    handle = Handle.service(place.id)
    if mask := opened(handle, place.kind, live).opens:
        return bundle_words(mask)
    some = by_name(handle, live, placed.within, placed.called)
    return _("only by name: %(who)s") % {"who": "; ".join(some)} if some else str(SEES_NOTHING)


@dataclass(frozen=True, slots=True)
class Named:
    """A team, or somebody by name, who may see something, and where that is stopped."""

    who: str
    sees: list[str]
    how: str
    since: datetime
    elements: list[str]
    stop_href: str


def named(said: Said) -> list[Named]:
    found = [one for one in said.live if opens_by_name(one, said.live, said.within)]
    return sorted(
        (
            Named(
                who=recipient_name(one, said.names) or _("Somebody they named"),
                sees=kinds(one.categories & ~closed_over(one.recipient, said.live, said.within)),
                how=how(one, said.names),
                since=one.signed_at,
                elements=elements(one.said, said.names),
                stop_href=reverse("own-stop", args=[one.id]),
            )
            for one in found
        ),
        key=lambda one: one.who,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who looks, or looked, on the person's behalf."""

    id: str
    name: str
    email: str
    basis: str
    sees: list[str]
    since: datetime
    until: datetime
    looks: bool
    waits: bool
    agreed: str
    paper: str


def proxies(found: Iterable[Behalf]) -> list[Line]:
    """The newest first."""
    return [_line(one) for one in found]


def _line(one: Behalf) -> Line:
    return Line(
        id=one.id,
        name=one.name,
        email=one.email,
        basis=basis_words(one),
        sees=kinds(one.kinds),
        since=one.since,
        until=one.until,
        looks=one.state is SignIn.OPEN,
        waits=one.state in (SignIn.INVITED, SignIn.LOCKED),
        agreed=one.agreed,
        paper=one.paper,
    )


def basis_words(one: Behalf) -> str:
    known = bases(one.pack).get(one.basis)
    return _(known.words) if known else one.basis


def mine(found: Iterable[Sharing]) -> list[Sharing]:
    """What is shared with each service, leading to the person's own pages."""
    return [replace(one, agree_href=_own(one.agree_href), stop_href=_stop(one.stop_href)) for one in found]


def _own(href: str) -> str:
    return reverse("own-choose") + "?" + href.partition("?")[2]


def _stop(href: str) -> str:
    return reverse("own-stop", args=[href.rstrip("/").rsplit("/", 2)[1]]) if href else ""
