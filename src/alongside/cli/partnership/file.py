"""A partnership written down in one TOML file, and setting it up as the file says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field

from alongside.access.context import Access
from alongside.definitions import agreements, pathways
from alongside.definitions.loader import parse
from alongside.definitions.provenance import Content, Text
from alongside.kernel.errors import Invalid

Hours = dict[str, list[list[str]]]


class Post(Content):
    """Somebody who works in a service: in all of it, or in one of its teams."""

    name: Text
    email: Text
    roles: Annotated[tuple[Text, ...], Field(min_length=1)]
    team: str = ""
    qualification: str = ""


class PlannedService(Content):
    """A service, its teams (the first takes what comes in) and its staff. Without hours: weekdays nine to five."""

    name: Text
    kind: Text
    organisation: Text
    code: str = ""
    phone: str = ""
    zone: str = "Europe/London"
    jurisdiction: str = "uk"
    part2: bool = False
    hours: Hours | None = None
    teams: Annotated[tuple[Text, ...], Field(min_length=1)]
    staff: tuple[Post, ...] = ()


class Planned(Content):
    """A whole partnership."""

    name: Text
    pathway: Text
    agreement: Text
    intermediary: str = ""
    services: Annotated[tuple[PlannedService, ...], Field(min_length=1)]

    def posts(self) -> Iterator[tuple[PlannedService, Post]]:
        return ((service, post) for service in self.services for post in service.staff)


@dataclass
class SetUp:
    """What was made, by name: services, teams by (service, team), practitioners by email."""

    partnership: str
    services: dict[str, str] = field(default_factory=dict)
    teams: dict[tuple[str, str], str] = field(default_factory=dict)
    staff: dict[str, str] = field(default_factory=dict)


def read(file: Path) -> Planned:
    """The partnership in `file`. Raises `Invalid` naming the file and the field that is wrong."""
    try:
        return check(parse(file.read_text("utf-8"), Planned, file.name))
    except OSError as problem:
        raise Invalid(str(file), "This file cannot be read: {why}.", why=problem.strerror) from None
    except UnicodeDecodeError:
        raise Invalid(str(file), "This is not a text file in UTF-8.") from None


def check(planned: Planned) -> Planned:
    """What no single field can say: keys that must exist, and teams that belong to their service."""
    pathways.pathway(planned.pathway)
    agreements.agreement(planned.agreement)
    for service, post in planned.posts():
        if post.team and post.team not in service.teams:
            raise Invalid(
                "team",
                "{name} is in a team {team!r} that {service} does not have.",
                name=post.name,
                team=post.team,
                service=service.name,
            )
    return planned


def apply(planned: Planned, *, by: Access, passwords: Mapping[str, str] | None = None) -> SetUp:
    """Set up everything the file names, all or nothing. Somebody named in two services joins once, by email.

    Without a password in `passwords` (by email) a sign-in sets one by email.
    """
    from django.db import transaction

    from alongside.organisations import actions

    with transaction.atomic():
        made = SetUp(
            actions.open_partnership(
                name=planned.name,
                pathway=planned.pathway,
                agreement=planned.agreement,
                intermediary=planned.intermediary,
                by=by,
            )
        )
        for service in planned.services:
            _service(service, made, by)
        for service, post in planned.posts():
            _post(service, post, made, by, passwords or {})
    return made


def _service(service: PlannedService, made: SetUp, by: Access) -> None:
    from alongside.organisations import actions

    made.services[service.name] = actions.add_service(
        partnership=made.partnership,
        name=service.name,
        kind=service.kind,
        organisation=service.organisation,
        code=service.code,
        phone=service.phone,
        zone=service.zone,
        jurisdiction=service.jurisdiction,
        part2=service.part2,
        hours=service.hours,
        by=by,
    )
    for place, name in enumerate(service.teams):
        made.teams[service.name, name] = actions.add_team(
            service=made.services[service.name], name=name, takes_referrals=place == 0, by=by
        )


def _post(service: PlannedService, post: Post, made: SetUp, by: Access, passwords: Mapping[str, str]) -> None:
    from alongside.organisations import actions

    if post.email not in made.staff:
        made.staff[post.email] = actions.join(
            name=post.name,
            email=post.email,
            password=passwords.get(post.email),
            qualification=post.qualification,
            by=by,
        )
    for role in post.roles:
        actions.assign_role(
            practitioner=made.staff[post.email],
            service=made.services[service.name],
            team=made.teams[service.name, post.team] if post.team else None,
            role=role,
            by=by,
        )
