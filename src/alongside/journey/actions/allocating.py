"""Who takes an episode: from the team, from a colleague, or from somebody who leaves."""

from django.db import transaction
from django.db.models import F

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.access.rules import Handle, NeedKind
from alongside.journey.actions.leading import again, may_need
from alongside.journey.actions.reviewing import next_review
from alongside.journey.actions.rows import own_open
from alongside.journey.models import CareTeamMember, Episode
from alongside.journey.rules import Part
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.kernel.periods import FOR_EVER
from alongside.organisations import queries as organisations


@transaction.atomic
def allocate(*, episode: str, practitioner: str, by: Access) -> None:
    """A practitioner of the service takes the episode, from the team or from a colleague."""
    by.check_may("triage")
    row = own_open(episode, by)
    take(row, practitioner, by)


@transaction.atomic
def take_over(*, leaver: str, service: str, to: str, by: Access, of: str = "") -> None:
    """Every open episode that a leaver holds in a service is a colleague's, and the lead of its journey with it. Called
    by `sharing`, which has locked them. `of` one registration alone, where the person wants somebody else."""
    held = Episode.objects.filter(practitioner=leaver, service=service, ended_at=FOR_EVER)
    for row in held.filter(**({"registration": of} if of else {})).order_by("registration"):
        take(row, to, by)


def take(episode: Episode, practitioner: str, by: Access) -> None:
    """Somebody of the episode's service has it from now on: the need to read, the review, the place in the team."""
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
    next_review(episode.pk, episode.registration_id, episode.service, practitioner, by)
    _replace_member(episode, practitioner, by)
    detail = {"practitioner": practitioner}
    access.log(by=by, act="journey.allocate", subject=episode.pk, about=[episode.registration_id], detail=detail)


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
    again(before, Part(before.part), now)
    if before.part == Part.LEAD:
        next_review(episode.journey_id, episode.registration_id, episode.service, practitioner, by)
    for other in others:
        access.end_needs(
            registration=other,
            because=episode.journey_id,
            handle=Handle.caseload(episode.practitioner, episode.service),
            by=by,
        )
        may_need(before.journey, other, _service_of(other), practitioner, episode.service, by)


def _service_of(registration: str) -> str:
    return Episode.objects.filter(registration=registration).values_list("service", flat=True)[0]
