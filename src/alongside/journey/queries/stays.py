"""Episodes, journeys and the team, as far as the reader may see them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.access.statements import Statement
from alongside.journey import models
from alongside.journey.models import CareTeamMember, JourneySide
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import NotThere
from alongside.kernel.periods import FOR_EVER


@dataclass(frozen=True, slots=True)
class Episode:
    """One stay with one service. `practitioner` is empty until somebody took it, `ended_on` None while it is open."""

    id: str
    registration: str
    service: str
    team: str
    practitioner: str
    received_on: date
    opened_on: date
    opened_at: datetime
    ended_on: date | None
    end_code: str
    journey: str
    referral: str
    source: str
    version: int

    @property
    def open(self) -> bool:
        return self.ended_on is None


def _episode(row: Any) -> Episode:
    return Episode(
        id=row.id,
        registration=row.registration_id,
        service=row.service,
        team=row.team,
        practitioner=row.practitioner,
        received_on=row.received_on,
        opened_on=row.occurred_at.astimezone(LONDON).date(),
        opened_at=row.occurred_at,
        ended_on=None if row.ended_at == FOR_EVER else row.ended_at.astimezone(LONDON).date(),
        end_code=row.end_code,
        journey=row.journey_id or "",
        referral=row.referral,
        source=row.source,
        version=row.version,
    )


def episodes(registrations: Iterable[str], *, access: Access) -> list[Episode]:
    """Every episode of these registrations that the reader may see, the newest first."""
    rows = models.Episode.objects.filter(registration__in=list(registrations)).order_by("-occurred_at", "pk")
    return [_episode(row) for row in allowed.show(access, rows)]


def episode(episode: str, *, access: Access) -> Episode:
    """One episode; `NotThere` where there is none or it is closed to the reader."""
    rows = allowed.show(access, models.Episode.objects.filter(pk=episode))
    if not rows:
        raise NotThere()
    return _episode(rows[0])


_DATES = Statement(
    """
    SELECT e.registration_id, e.received_on, e.ended_at
    FROM alongside_journey_episode e WHERE e.id IN (%(episode)s) AND {visible:e}
    """,
    registration_id=str,
    received_on=date,
    ended_at=datetime,
)


def dates_of(episode: str, *, access: Access) -> tuple[str, date, date | None]:
    """(registration, received on, ended on) of one episode, for what may happen in it; `NotThere` as for `episode`."""
    found = allowed.looked_up(access, _DATES, episode=[episode])
    if not found:
        raise NotThere()
    [(registration, received, ended)] = found
    return registration, received, None if ended == FOR_EVER else ended.astimezone(LONDON).date()


def first_referred(registration: str, *, access: Access) -> date | None:
    """The day on which the first referral that the reader may see was received, for an action that another day is
    checked in; None where there is none yet."""
    rows = allowed.visible(access, models.Episode.objects.filter(registration=registration))
    return rows.order_by("received_on").values_list("received_on", flat=True).first()


def open_episode(registration: str, *, access: Access) -> Episode | None:
    """The open episode of a registration, if there is one that the reader may see."""
    rows = allowed.show(access, models.Episode.objects.filter(registration=registration, ended_at=FOR_EVER))
    return _episode(rows[0]) if rows else None


_HELD = Statement(
    """
    SELECT e.id, e.registration_id, e.needs, e.service, e.team, e.practitioner, e.received_on, e.occurred_at,
           e.ended_at, e.end_code, e.journey_id, e.referral, e.source, e.version
    FROM alongside_journey_episode e
    WHERE e.practitioner IN (%(held)s) AND e.service = %(service)s AND e.ended_at = %(for_ever)s AND {visible:e}
    ORDER BY e.occurred_at, e.id
    """,
    id=str,
    registration_id=str,
    needs=int,
    service=str,
    team=str,
    practitioner=str,
    received_on=date,
    occurred_at=datetime,
    ended_at=datetime,
    end_code=str,
    journey_id=str,
    referral=str,
    source=str,
    version=int,
)


def caseload(*, access: Access, practitioners: Iterable[str] | None = None) -> list[Episode]:
    """The open episodes the reader holds: their own and those they cover, or those of `practitioners` for a lead."""
    mine = Handle.holders(access.speaks_for)
    held = list(practitioners) if practitioners is not None else mine
    return [_episode(row) for row in allowed.listed(access, _HELD, held=held, for_ever=[FOR_EVER])]


def unallocated(*, access: Access) -> list[Episode]:
    """Open episodes of the reader's teams that nobody has taken yet, the longest waiting first."""
    rows = models.Episode.objects.filter(practitioner="", team__in=access.teams, ended_at=FOR_EVER)
    return [_episode(row) for row in allowed.show(access, rows.order_by("received_on", "pk"))]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the care team now."""

    practitioner: str
    service: str
    lead: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Journey:
    """A joint journey as the reader may see it. `lead` is empty where the lead's side is closed to the reader."""

    id: str
    arm: str
    opened_on: date
    lead: str
    team: tuple[Member, ...]
    services: tuple[str, ...]


def journey_for(registrations: Iterable[str], *, access: Access) -> Journey | None:
    """The open journey of some linked registrations, with as much of its team as the reader may see."""
    wanted = list(registrations)
    members = CareTeamMember.objects.filter(registration__in=wanted, until_at=FOR_EVER)
    rows = allowed.show(access, members.select_related("journey").order_by("from_at", "pk"))
    if not rows:
        return None
    spine = rows[0].journey
    team = tuple(Member(row.practitioner, row.service, row.part == "lead", row.from_at) for row in rows)
    return Journey(
        id=spine.pk,
        arm=spine.arm,
        opened_on=spine.opened_at.astimezone(LONDON).date(),
        lead=next((member.practitioner for member in team if member.lead), ""),
        team=team,
        services=tuple(dict.fromkeys(member.service for member in team)),
    )


def continuity_problems(*, access: Access) -> list[str]:
    """Open journeys without exactly one lead practitioner at every moment since they opened; should be empty."""
    found = []
    for spine in models.Journey.objects.filter(closed_at=FOR_EVER).prefetch_related("team"):
        spans = sorted((row.from_at, row.until_at) for row in spine.team.all() if row.part == "lead")
        joined = all(before[1] == after[0] for before, after in pairwise(spans))
        if not spans or not joined or spans[-1][1] != FOR_EVER:
            found.append(spine.pk)
    return found


def sides(journey: str, *, access: Access) -> list[str]:
    """The registrations of a journey, for actions of rooms above. Ids only; nothing is shown."""
    return list(JourneySide.objects.filter(journey=journey).values_list("registration_id", flat=True))


def side_of(journey: str, service: str, *, access: Access) -> str:
    """A service's registration on a journey; `NotThere` where it has none."""
    found = (
        JourneySide.objects.filter(journey=journey, service=service).values_list("registration_id", flat=True).first()
    )
    if found is None:
        raise NotThere()
    return found


def member_for(journey: str, practitioner: str, *, access: Access) -> str:
    """The service for which somebody is in a journey's care team now; empty where they are not in it."""
    members = CareTeamMember.objects.filter(journey=journey, practitioner=practitioner, until_at=FOR_EVER)
    return members.values_list("service", flat=True).first() or ""


def journeys_of(registration: str, *, access: Access) -> list[str]:
    """The journeys a registration is on, for rerouting."""
    return list(JourneySide.objects.filter(registration=registration).values_list("journey_id", flat=True))


def every_episode(*, access: Access) -> list[Episode]:
    """Every episode the reader may count for this purpose, of any service, by the day its referral was received."""
    return [_episode(row) for row in allowed.countable(access, models.Episode.objects.order_by("received_on", "pk"))]


@dataclass(frozen=True, slots=True)
class Side:
    """A journey as one registration knows it, open or closed."""

    journey: str
    registration: str
    pathway: str
    arm: str
    opened_on: date
    closed_on: date | None


def every_side(*, access: Access) -> list[Side]:
    """Every journey the reader may count for this purpose, one row for each side that is open to them."""
    rows = allowed.countable(access, JourneySide.objects.select_related("journey").order_by("occurred_at", "pk"))
    return [_side(row) for row in rows]


def _side(row: JourneySide) -> Side:
    spine = row.journey
    closed = None if spine.closed_at == FOR_EVER else spine.closed_at.astimezone(LONDON).date()
    opened = spine.opened_at.astimezone(LONDON).date()
    return Side(spine.pk, row.registration_id, spine.pathway, row.arm, opened, closed)


def held_by(practitioner: str, *, access: Access) -> Counter[str]:
    """How many people somebody has on their caseload, by service."""
    rows = models.Episode.objects.filter(practitioner=practitioner, ended_at=FOR_EVER, superseded_by="")
    return Counter(rows.values_list("service", flat=True))


def open_things(*, access: Access) -> list[str]:
    """Open episodes and journeys, by id, for the continuity check: each must have exactly one open task."""
    episodes = models.Episode.objects.filter(ended_at=FOR_EVER, superseded_by="").values_list("pk", flat=True)
    journeys = models.Journey.objects.filter(closed_at=FOR_EVER).values_list("pk", flat=True)
    return [*episodes, *journeys]
