"""Opening and ending episodes and journeys, and who is in the team."""

from datetime import date, datetime, time, timedelta
from itertools import permutations

from django.db import transaction
from django.db.models import F

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Handle, NeedKind
from alongside.definitions import agreements, policy
from alongside.journey import rules
from alongside.journey.models import CareTeamMember, Episode, Journey, JourneySide, Problem
from alongside.journey.rules import Part
from alongside.kernel import clock
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import Invalid, NotAllowed, NotThere, Stale
from alongside.kernel.periods import FOR_EVER
from alongside.organisations import queries as organisations
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder

TEAM = policy.categories_mask("team")
ASSESSMENT = policy.categories_mask("assessment")
ALLOCATE_DAYS = 5


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(17), tzinfo=LONDON)


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
    tasks.open_task(
        room="journey",
        about=episode.pk,
        kind="allocate",
        registration=registration,
        service=anchor.service,
        needs=TEAM,
        holder=Holder(team=team),
        due_at=opened_at + timedelta(days=ALLOCATE_DAYS),
        by=by,
    )
    access.log(by=by, act="journey.open_episode", subject=episode.pk, about=[registration])
    if practitioner:
        _take(episode, practitioner, by)
    return episode.pk


@transaction.atomic
def allocate(*, episode: str, practitioner: str, by: Access) -> None:
    """A practitioner of the service takes the episode, from the team or from a colleague."""
    by.check_may("triage")
    row = _own_open(episode, by)
    _take(row, practitioner, by)


def _take(episode: Episode, practitioner: str, by: Access) -> None:
    if not organisations.works_in(practitioner, episode.service, access=by):
        raise Invalid("practitioner", "Choose somebody who works in this service now.")
    if episode.practitioner:
        handle = Handle.caseload(episode.practitioner, episode.service)
        access.end_needs(registration=episode.registration_id, because=episode.pk, handle=handle, by=by)
    Episode.objects.filter(pk=episode.pk).update(practitioner=practitioner, version=F("version") + 1)
    access.add_need(
        registration=episode.registration_id,
        handle=Handle.caseload(practitioner, episode.service),
        service=episode.service,
        kind=NeedKind.CARE_TEAM,
        made_by=episode.service,
        because=episode.pk,
        by=by,
    )
    _next_review(episode.pk, episode.registration_id, episode.service, practitioner, by)
    _replace_member(episode, practitioner, by)
    detail = {"practitioner": practitioner}
    access.log(by=by, act="journey.allocate", subject=episode.pk, about=[episode.registration_id], detail=detail)


@transaction.atomic
def take_over(*, leaver: str, service: str, to: str, by: Access) -> None:
    """Every open episode that a leaver holds in a service is a colleague's, and the lead of its journey with it. Called
    by `sharing`, which has locked them."""
    for row in Episode.objects.filter(practitioner=leaver, service=service, ended_at=FOR_EVER).order_by("registration"):
        _take(row, to, by)


def _replace_member(episode: Episode, practitioner: str, by: Access) -> None:
    """A new practitioner takes their predecessor's place in the journey's team, the lead with it."""
    members = CareTeamMember.objects.filter(journey=episode.journey_id, until_at=FOR_EVER)
    before = members.filter(registration=episode.registration_id).first() if episode.journey_id else None
    if before is None:
        return
    others = list(members.exclude(registration=episode.registration_id).values_list("registration_id", flat=True))
    access.lock(registrations=others, by=by)
    now = clock.now()
    CareTeamMember.objects.filter(pk=before.pk).update(until_at=now)
    before.practitioner = practitioner
    _again(before, Part(before.part), now)
    if before.part == Part.LEAD:
        _next_review(episode.journey_id, episode.registration_id, episode.service, practitioner, by)
    for other in others:
        access.end_needs(
            registration=other,
            because=episode.journey_id,
            handle=Handle.caseload(episode.practitioner, episode.service),
            by=by,
        )
        _may_need(before.journey, other, _service_of(other), practitioner, episode.service, by)


def _service_of(registration: str) -> str:
    return Episode.objects.filter(registration=registration).values_list("service", flat=True)[0]


def _next_review(about: str, registration: str, service: str, practitioner: str, by: Access) -> None:
    tasks.close(room="journey", about=about, outcome="taken", by=by)
    tasks.open_task(
        room="journey",
        about=about,
        kind="review",
        registration=registration,
        service=service,
        needs=TEAM,
        holder=Holder(practitioner=practitioner),
        due_at=_evening(rules.review_on(clock.today(), _review_weeks(service, by))),
        by=by,
    )


def _review_weeks(service: str, by: Access) -> int:
    return agreements.agreement(organisations.place(service, access=by).agreement).review.weeks


@transaction.atomic
def reviewed(*, about: str, by: Access) -> None:
    """The holder looked at the whole, an episode or a journey: the review is done and the next one is due."""
    by.check_may("care")
    member = CareTeamMember.objects.filter(journey=about, part=Part.LEAD, until_at=FOR_EVER).first()
    row = member or _own_open(about, by)
    allowed.require_own(by, row.registration_id, "team")
    access.lock(registrations=[row.registration_id], by=by)
    _next_review(about, row.registration_id, row.service, row.practitioner, by)
    access.log(by=by, act="journey.reviewed", subject=about, about=[row.registration_id])


@transaction.atomic
def record_problem(*, episode: str, code: str, by: Access, primary: bool = True, on: datetime | None = None) -> str:
    """What the treatment is for, by descriptor code; a later one takes the place of an earlier one in the measures."""
    by.check_may("care")
    row = _own_open(episode, by)
    if not code.strip():
        raise Invalid("code", "Choose what the treatment is for.")
    problem = Problem.objects.create(
        registration_id=row.registration_id,
        service=row.service,
        needs=ASSESSMENT,
        author=by.actor,
        occurred_at=on or clock.now(),
        episode=row,
        code=code.strip(),
        primary=primary,
    )
    access.log(by=by, act="journey.record_problem", subject=problem.pk, about=[row.registration_id])
    return problem.pk


@transaction.atomic
def open_journey(
    *, registrations: tuple[str, str], pathway: str, agreement: str, arm: str, lead: str, because: str, by: Access
) -> str:
    """Join the open episodes of two linked registrations into a journey led by `lead`; returns its id.

    Both services' practitioners become its care team. Each then needs to know about the other's registration; what
    they may see of it is still only what the person agreed.
    """
    rules.check_arm(arm)
    access.lock(registrations=registrations, by=by)
    episodes = list(Episode.objects.filter(registration__in=registrations, ended_at=FOR_EVER))
    if len(episodes) != len(registrations):
        raise Invalid("registrations", "A joint journey needs an open episode in each service.")
    if lead not in {episode.practitioner for episode in episodes}:
        raise Invalid("lead", "The lead practitioner must be the practitioner of one of the two episodes.")
    journey = Journey.objects.create(pathway=pathway, agreement=agreement, arm=arm, because=because)
    for episode in episodes:
        _add_side(journey, episode, lead, by)
    with access.together(by=by):
        for episode, other in permutations(episodes, 2):
            _may_need(journey, episode.registration_id, episode.service, other.practitioner, other.service, by)
            _may_evaluate(journey, episode, other.service, by)
    led = next(episode for episode in episodes if episode.practitioner == lead)
    _next_review(journey.pk, led.registration_id, led.service, lead, by)
    access.log(by=by, act="journey.open_journey", subject=journey.pk, about=registrations, detail={"arm": arm})
    return journey.pk


def _add_side(journey: Journey, episode: Episode, lead: str, by: Access) -> None:
    Episode.objects.filter(pk=episode.pk).update(journey=journey)
    shared = {
        "registration_id": episode.registration_id,
        "service": episode.service,
        "needs": TEAM,
        "author": by.actor,
        "occurred_at": clock.now(),
        "journey": journey,
    }
    JourneySide.objects.create(**shared, arm=journey.arm)
    part = Part.LEAD if episode.practitioner == lead else Part.MEMBER
    CareTeamMember.objects.create(**shared, practitioner=episode.practitioner, part=part)


def _may_need(journey: Journey, registration: str, discloser: str, practitioner: str, service: str, by: Access) -> None:
    if practitioner:
        access.add_need(
            registration=registration,
            handle=Handle.caseload(practitioner, service),
            service=service,
            kind=NeedKind.CARE_TEAM,
            made_by=discloser,
            because=journey.pk,
            by=by,
        )


def _may_evaluate(journey: Journey, episode: Episode, service: str, by: Access) -> None:
    """The other service's evaluators need the episode too; it opens only if the person agreed to that purpose."""
    access.add_need(
        registration=episode.registration_id,
        handle=Handle.evaluation(service),
        service=service,
        kind=NeedKind.EVALUATION,
        made_by=episode.service,
        because=journey.pk,
        by=by,
    )


@transaction.atomic
def hand_lead(*, journey: str, to: str, by: Access) -> None:
    """Make another member of the care team lead practitioner, now, without a gap. Called by `transitions`."""
    access.lock(
        registrations=JourneySide.objects.filter(journey=journey).values_list("registration_id", flat=True), by=by
    )
    members = {row.practitioner: row for row in CareTeamMember.objects.filter(journey=journey, until_at=FOR_EVER)}
    before = next((row for row in members.values() if row.part == Part.LEAD), None)
    after = members.get(to)
    if before is None or after is None:
        raise Invalid("to", "The new lead practitioner must already be in the care team of this journey.")
    now = clock.now()
    CareTeamMember.objects.filter(pk__in=[before.pk, after.pk]).update(until_at=now)
    _again(before, Part.MEMBER, now)
    _again(after, Part.LEAD, now)
    _next_review(journey, after.registration_id, after.service, to, by)
    about = [before.registration_id, after.registration_id]
    access.log(by=by, act="journey.hand_lead", subject=journey, about=about, detail={"to": to})


def _again(row: CareTeamMember, part: Part, now: datetime) -> None:
    CareTeamMember.objects.create(
        registration_id=row.registration_id,
        service=row.service,
        needs=TEAM,
        author=row.author,
        occurred_at=now,
        journey_id=row.journey_id,
        practitioner=row.practitioner,
        part=part,
        from_at=now,
    )


@transaction.atomic
def end_episode(
    *, episode: str, end_code: str, ended_on: date, by: Access, version: int, last_contact: date | None = None
) -> None:
    """An episode ends with its return's end code. Called by `transitions.discharge`, which looks after what follows.

    Raises `Stale` if somebody changed the episode since `version`, `Invalid` for dates that run backwards, and
    `NotAllowed` while its practitioner still leads a journey that goes on in the other service.
    """
    row = _own_open(episode, by)
    rules.check_ending(row.occurred_at.astimezone(LONDON).date(), ended_on, clock.today(), last_contact)
    if row.journey_id and _leads_while_others_go_on(row):
        raise NotAllowed("Hand the lead over first: the journey goes on in the other service and needs a lead.")
    ended = min(_evening(ended_on), clock.now())
    changed = Episode.objects.filter(pk=episode, version=version)
    if not changed.update(ended_at=ended, end_code=end_code, version=F("version") + 1):
        raise Stale("Somebody changed this episode while you were writing. Look at it again, then discharge.")
    access.end_needs(registration=row.registration_id, because=episode, by=by)
    tasks.close(room="journey", about=episode, outcome="ended", by=by)
    detail = {"end_code": end_code}
    access.log(by=by, act="journey.end_episode", subject=episode, about=[row.registration_id], detail=detail)
    if row.journey_id:
        _leave_journey(row, by)


def _leads_while_others_go_on(row: Episode) -> bool:
    others = Episode.objects.filter(journey=row.journey_id, ended_at=FOR_EVER).exclude(pk=row.pk)
    lead = CareTeamMember.objects.filter(journey=row.journey_id, part=Part.LEAD, until_at=FOR_EVER)
    return others.exists() and lead.filter(registration=row.registration_id).exists()


def _leave_journey(row: Episode, by: Access) -> None:
    now = clock.now()
    journey = row.journey_id
    CareTeamMember.objects.filter(journey=journey, registration=row.registration_id, until_at=FOR_EVER).update(
        until_at=now
    )
    JourneySide.objects.filter(journey=journey, registration=row.registration_id).update(ended_at=now)
    if not Episode.objects.filter(journey=journey, ended_at=FOR_EVER).exists():
        _close(journey, by)


def _close(journey: str, by: Access) -> None:
    Journey.objects.filter(pk=journey, closed_at=FOR_EVER).update(closed_at=clock.now())
    tasks.close(room="journey", about=journey, outcome="closed", by=by)
    sides = list(JourneySide.objects.filter(journey=journey).values_list("registration_id", flat=True))
    for registration in sorted(sides):
        # Whoever evaluates still needs those who finished; the care team no longer needs anybody.
        access.end_needs(registration=registration, because=journey, kind=NeedKind.CARE_TEAM, by=by)
    access.log(by=by, act="journey.close", subject=journey, about=sides)


def _own_open(episode: str, by: Access) -> Episode:
    row = Episode.objects.filter(pk=episode, service=by.service).first()
    if row is None:
        raise NotThere()
    allowed.require_own(by, row.registration_id, "team")
    access.lock(registrations=[row.registration_id], by=by)
    row.refresh_from_db()  # a colleague may have taken or ended it until now
    if row.ended_at != FOR_EVER:
        raise NotAllowed("This episode has ended. Refer the person again to open a new one.")
    return row
