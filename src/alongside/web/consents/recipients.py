"""Whom a choice may name: the partnership's list, the same for everybody, so that it tells nothing about anybody."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent.queries import Agreed
from alongside.consent.rules import Choice, names_intermediary
from alongside.definitions import policy
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Colleague, Place

Named = list[tuple[str, str]]  # (handle, what to call it)
Called = dict[tuple[str, str], list[Colleague]]  # by handle and name with the service: the roles held there


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


def unnamed(live: Iterable[Agreed], access: Access) -> str:
    """The intermediary of now, where something that is agreed for a class of services does not name it: it was signed
    before, under 42 CFR Part 2. Else empty."""
    shared = [one.said for one in live if Handle.kind(one.recipient) == "class" and one.categories]
    place = organisations.place(access.service, access=access) if shared else None
    if place is None or not place.part2 or all(names_intermediary(one, place.intermediary) for one in shared):
        return ""
    return place.intermediary


@dataclass(frozen=True, slots=True)
class Placed:
    """The teams and the people whom choices name: the service, and of people the team, that each is in now (handles, by
    handle), and what to call each with its service, by id: every service may have a team of the same name."""

    within: dict[str, frozenset[str]]
    called: dict[str, str]


def placed(agreed: Iterable[Agreed | Choice], access: Access) -> Placed:
    named = {one.recipient for one in agreed if Handle.kind(one.recipient) in ("team", "practitioner")}
    if not named:
        return Placed({}, {})
    own = organisations.place(access.service, access=access)
    services = {one.id: one.name for one in [own, *organisations.partners(access=access)]}
    found = [*_teams(named, services, access), *_people(named, services, access)]
    within = {one.handle: frozenset(one.within) for one in found}
    return Placed(within, {one.handle.partition(":")[2]: one.called for one in found})


@dataclass(frozen=True, slots=True)
class _Place:
    handle: str
    called: str
    within: Sequence[str]


def _teams(named: Collection[str], services: Mapping[str, str], access: Access) -> list[_Place]:
    if not any(Handle.kind(one) == "team" for one in named):
        return []
    return [
        _Place(Handle.team(one.id), f"{one.name}, {services[one.service]}", [Handle.service(one.service)])
        for one in organisations.teams(services, access=access)
        if Handle.team(one.id) in named
    ]


def _people(named: Collection[str], services: Mapping[str, str], access: Access) -> list[_Place]:
    """Each with all services of the partnership that they work in."""
    ids = {one.partition(":")[2] for one in named if Handle.kind(one) == "practitioner"}
    held: dict[str, list[Colleague]] = {}
    for one in organisations.live_roles(ids, access=access) if ids else []:
        if one.service in services:
            held.setdefault(one.id, []).append(one)
    return [_of_roles(roles, services) for roles in held.values()]


def _of_roles(roles: Sequence[Colleague], services: Mapping[str, str]) -> _Place:
    called = ", ".join(dict.fromkeys([roles[0].name, *(services[one.service] for one in roles)]))
    within = [*(Handle.service(one.service) for one in roles), *(Handle.team(one.team) for one in roles if one.team)]
    return _Place(Handle.practitioner(roles[0].id), called, within)


def people(places: Sequence[Place], access: Access) -> Named:
    """Everybody who works in some services now, in whatever role, by name; who shares a name, with what they do."""
    found: Called = {}
    for place in places:
        for one in organisations.colleagues(place.id, access=access, act=None):
            found.setdefault((Handle.practitioner(one.id), f"{one.name}, {place.name}"), []).append(one)
    apart = _apart(found, access)
    return sorted(((handle, apart.get((handle, name), name)) for handle, name in found), key=lambda one: one[1])


def _apart(found: Called, access: Access) -> dict[tuple[str, str], str]:
    """Of those whom another of the same service has the name of: their roles and teams, and where these are alike, too,
    a code of their own."""
    often = Counter(name for _handle, name in found)
    alike = {key: roles for key, roles in found.items() if often[key[1]] > 1}
    if not alike:
        return {}
    teams_of = organisations.teams({one.service for roles in alike.values() for one in roles}, access=access)
    called = {one.id: one.name for one in teams_of}
    does = {key: (key[1], _does(roles, called)) for key, roles in alike.items()}
    still_alike = Counter(does.values())
    return {
        key: f"{name} ({said})" if still_alike[name, said] == 1 else f"{name} ({said}, {_code(key[0])})"
        for key, (name, said) in does.items()
    }


def _does(roles: Sequence[Colleague], teams_called: Mapping[str, str]) -> str:
    known = policy.roles()
    words = sorted({_(known[one.role].words) for one in roles if one.role in known})
    return ", ".join([*words, *sorted({teams_called[one.team] for one in roles if one.team in teams_called})])


def _code(handle: str) -> str:
    return _("code %(code)s") % {"code": handle[-4:]}
