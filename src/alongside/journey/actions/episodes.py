"""Somebody's stay with one service: its beginning, what it is for, and its end."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import agreements, policy
from alongside.journey import rules
from alongside.journey.actions.allocating import take
from alongside.journey.actions.journeys import leave_journey
from alongside.journey.actions.rows import TEAM, own_open
from alongside.journey.models import CareTeamMember, Episode, Problem
from alongside.journey.rules import Part
from alongside.kernel import clock
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import Invalid, NotAllowed, Stale
from alongside.kernel.periods import FOR_EVER
from alongside.organisations import queries as organisations
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder

ASSESSMENT = policy.categories_mask("assessment")


@transaction.atomic
def open_episode(
    *,
    registration: str,
    team: str,
    received_on: date,
    by: Access,
    practitioner: str = "",
    referral: str = "",
    source: str = "",
    opened: datetime | None = None,
) -> str:
    """Somebody's stay with a service begins; returns the episode's id.

    Until a practitioner takes it the team holds it. Raises `Invalid` where one is open already or dates run backwards.
    """
    anchor = allowed.require_own(by, registration, "team")
    if not organisations.has_team(anchor.service, team, access=by):
        raise Invalid("team", "Choose a team of this service.")
    opened_at = opened or clock.now()
    rules.check_opening(received_on, opened_at.astimezone(LONDON).date(), clock.today())
    access.lock(registrations=[registration], by=by)  # whoever opens one at the same moment waits, and then finds it
    if Episode.objects.filter(registration=registration, ended_at=FOR_EVER).exists():
        raise Invalid("registration", "This person already has an open episode here. Use that one.")
    episode = Episode.objects.create(
        registration=anchor,
        service=anchor.service,
        needs=TEAM,
        author=by.actor,
        occurred_at=opened_at,
        team=team,
        received_on=received_on,
        referral=referral,
        source=source,
    )
    promise = agreements.agreement(organisations.place(anchor.service, access=by).agreement).allocation
    tasks.open_task(
        room="journey",
        about=episode.pk,
        kind="allocate",
        registration=registration,
        service=anchor.service,
        needs=TEAM,
        holder=Holder(team=team),
        due_at=promise.within.after(opened_at, organisations.hours_of(anchor.service, access=by)),
        by=by,
    )
    access.log(by=by, act="journey.open_episode", subject=episode.pk, about=[registration])
    if practitioner:
        take(episode, practitioner, by)
    return episode.pk


@transaction.atomic
def record_problem(*, episode: str, code: str, by: Access, primary: bool = True, on: datetime | None = None) -> str:
    """What the treatment is for, by descriptor code (ICD-10 or SNOMED CT); a later one takes the place of an earlier
    one in the measures, a primary one that of one that is not. Raises `Invalid("code", …)` as `rules.check_problem`."""
    by.check_may("care")
    code = rules.check_problem(code)
    row = own_open(episode, by)
    problem = Problem.objects.create(
        registration_id=row.registration_id,
        service=row.service,
        needs=ASSESSMENT,
        author=by.actor,
        occurred_at=on or clock.now(),
        episode=row,
        code=code,
        primary=primary,
    )
    access.log(by=by, act="journey.record_problem", subject=problem.pk, about=[row.registration_id])
    return problem.pk


@transaction.atomic
def end_episode(
    *, episode: str, end_code: str, ended_on: date, by: Access, version: int, last_contact: date | None = None
) -> None:
    """An episode ends with its return's end code. Called by `transitions.discharge`, which looks after what follows.

    Raises `Stale` if somebody changed the episode since `version`, `Invalid` for dates that run backwards, and
    `NotAllowed` while its practitioner still leads a journey that goes on in the other service.
    """
    row = own_open(episode, by)
    rules.check_ending(row.occurred_at.astimezone(LONDON).date(), ended_on, clock.today(), last_contact)
    if row.journey_id and _leads_while_others_go_on(row):
        raise NotAllowed("Hand the lead over first: the journey goes on in the other service and needs a lead.")
    ended = min(rules.evening(ended_on), clock.now())
    changed = Episode.objects.filter(pk=episode, version=version)
    if not changed.update(ended_at=ended, end_code=end_code, version=F("version") + 1):
        raise Stale("Somebody changed this episode while you were writing. Look at it again, then discharge.")
    access.end_needs(registration=row.registration_id, because=episode, by=by)
    tasks.close(room="journey", about=episode, outcome="ended", by=by)
    detail = {"end_code": end_code}
    access.log(by=by, act="journey.end_episode", subject=episode, about=[row.registration_id], detail=detail)
    if row.journey_id:
        leave_journey(row, by)


def _leads_while_others_go_on(row: Episode) -> bool:
    others = Episode.objects.filter(journey=row.journey_id, ended_at=FOR_EVER).exclude(pk=row.pk)
    lead = CareTeamMember.objects.filter(journey=row.journey_id, part=Part.LEAD, until_at=FOR_EVER)
    return others.exists() and lead.filter(registration=row.registration_id).exists()
