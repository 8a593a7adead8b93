"""Joint journeys: two episodes joined, and closed when the last of them has ended."""

from itertools import permutations

from django.db import transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.access.rules import Handle, NeedKind
from alongside.journey import rules
from alongside.journey.actions.leading import may_need
from alongside.journey.actions.reviewing import next_review
from alongside.journey.actions.rows import TEAM
from alongside.journey.models import CareTeamMember, Episode, Journey, JourneySide
from alongside.journey.rules import Part
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.kernel.periods import FOR_EVER
from alongside.tasks import actions as tasks


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
            may_need(journey, episode.registration_id, episode.service, other.practitioner, other.service, by)
            _may_evaluate(journey, episode, other.service, by)
    led = next(episode for episode in episodes if episode.practitioner == lead)
    next_review(journey.pk, led.registration_id, led.service, lead, by)
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


def leave_journey(row: Episode, by: Access) -> None:
    """The side of an episode that has ended; the last one closes the journey."""
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
