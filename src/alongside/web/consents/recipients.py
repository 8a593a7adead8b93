"""Whom a choice may name: the partnership's list, the same for everybody, so that it tells nothing about anybody."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent.queries import Agreed
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Place

Named = list[tuple[str, str]]  # (handle, what to call it)


def closable(access: Access) -> Named:
    """Whom a record may be closed to: every other service of the partnership as a whole, each of its teams, and
    everybody who works in any of the partnership's services."""
    partners = organisations.partners(access=access)
    own = organisations.place(access.service, access=access)
    whole = [(Handle.service(one.id), _("Everybody at %(service)s") % {"service": one.name}) for one in partners]
    return [*whole, *teams(partners, access), *people([own, *partners], access)]


def services(access: Access) -> Named:
    """Every other service of the partnership."""
    return [(Handle.service(one.id), one.name) for one in organisations.partners(access=access)]


def named(access: Access) -> Named:
    """Each team of the other services, and everybody who works in one: to name them is a need of its own."""
    partners = organisations.partners(access=access)
    return [*teams(partners, access), *people(partners, access)]


def teams(places: Sequence[Place], access: Access) -> Named:
    called = {one.id: one.name for one in places}
    found = organisations.teams(called, access=access)
    called_in = [(Handle.team(one.id), f"{one.name}, {called[one.service]}") for one in found]
    return sorted(called_in, key=lambda one: one[1])


def team_names(agreed: Iterable[Agreed], access: Access) -> dict[str, str]:
    """What to call the teams that choices name, by id: with their service, as each may have one of the same name."""
    named = {one.recipient for one in agreed if Handle.kind(one.recipient) == "team"}
    if not named:
        return {}
    own = organisations.place(access.service, access=access)
    found = teams([own, *organisations.partners(access=access)], access)
    return {handle.partition(":")[2]: called for handle, called in found if handle in named}


def people(places: Sequence[Place], access: Access) -> Named:
    """Everybody who works in some services now, in whatever role, by name."""
    found = {
        (Handle.practitioner(one.id), f"{one.name}, {place.name}")
        for place in places
        for one in organisations.colleagues(place.id, access=access, act=None)
    }
    return sorted(found, key=lambda one: one[1])
