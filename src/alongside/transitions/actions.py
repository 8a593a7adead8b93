"""Handing over the lead, and discharge."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.contacts import actions as meeting
from alongside.contacts import queries as contacts
from alongside.contacts.rules import FollowUp
from alongside.definitions import agreements, policy
from alongside.journey import actions as journey
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import Invalid, NotAllowed, NotThere, Stale
from alongside.organisations import queries as organisations
from alongside.people import queries as people
from alongside.screening import actions as screening
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder
from alongside.transitions import rules
from alongside.transitions.models import Discharge, Handover, HandoverNote, HandoverStatus
from alongside.transitions.rules import State

TEAM = policy.categories_mask("team")


@transaction.atomic
def propose_handover(*, registration: str, to: str, words: str, by: Access) -> str:
    """Ask another of the care team to take the lead; the asker leads until they say yes. Returns the handover's id."""
    by.check_may("care")
    allowed.require_own(by, registration, "team")
    access.lock(registrations=[registration], by=by)  # of two proposals at the same moment one is made
    joined = journeys.journey_for(people.joined(registration, access=by), access=by)
    if joined is None or joined.lead != by.actor:
        raise NotAllowed("Only the lead practitioner can hand the lead over.")
    member = next((one for one in joined.team if one.practitioner == to and to != by.actor), None)
    if member is None:
        raise Invalid("to", "Choose somebody else of the care team.")
    if not words.strip():
        raise Invalid("words", "Say in a sentence or two what the new lead needs to know.")
    if Handover.objects.filter(journey=joined.id, state=State.PROPOSED).exists():
        raise Stale("A handover of this journey is waiting for an answer already.")
    spine = Handover.objects.create(
        journey=joined.id, from_practitioner=by.actor, to_practitioner=to, state=State.PROPOSED
    )
    HandoverStatus.objects.create(handover=spine, state=State.PROPOSED, by=by.actor)
    _say(spine, registration, by.service, words, by)
    if not _still_read(spine, by):  # the person closed it to them: nobody takes over what they may not read
        raise Invalid("to", "Choose somebody else of the care team.")
    _ask(spine, registration, member.service, by)
    access.log(by=by, act="transitions.propose_handover", subject=spine.pk, about=[registration])
    return spine.pk


def _say(spine: Handover, registration: str, service: str, words: str, by: Access) -> None:
    HandoverNote.objects.create(
        registration_id=registration,
        service=service,
        needs=TEAM,
        author=by.actor,
        occurred_at=clock.now(),
        handover=spine,
        words=words.strip(),
    )


def _ask(spine: Handover, registration: str, service: str, by: Access) -> None:
    promise = agreements.agreement(organisations.place(service, access=by).agreement).handover
    own = journeys.side_of(spine.journey, service, access=by)
    owed = tasks.open_task(
        room="transitions",
        about=spine.pk,
        kind="answer_handover",
        registration=own,
        service=service,
        needs=TEAM,
        holder=Holder(practitioner=spine.to_practitioner),
        due_at=promise.within.after(spine.proposed_at, organisations.hours_of(service, access=by)),
        by=by,
    )
    if own != registration:
        access.copied_from(record=owed, registration=registration, needs=TEAM, occurred_at=spine.proposed_at, by=by)


@transaction.atomic
def accept_handover(*, handover: str, by: Access) -> None:
    """Take the lead. From this instant the receiver leads, without a gap."""
    spine = _waiting(handover, by)
    _move(spine, State.ACCEPTED, by)
    journey.hand_lead(journey=spine.journey, to=spine.to_practitioner, by=by)
    access.log(by=by, act="transitions.accept_handover", subject=handover)


@transaction.atomic
def return_handover(*, handover: str, words: str, by: Access) -> None:
    """Say no to the lead, with a reason. The sender is still lead and has never stopped being it."""
    if not words.strip():
        raise Invalid("words", "Say why, so that your colleague knows what to do next.")
    spine = _waiting(handover, by)
    _move(spine, State.RETURNED, by)
    registration = journeys.side_of(spine.journey, by.service, access=by)
    _say(spine, registration, by.service, words, by)
    access.log(by=by, act="transitions.return_handover", subject=handover, about=[registration])


def _waiting(handover: str, by: Access) -> Handover:
    by.check_may("care")
    spine = Handover.objects.filter(pk=handover, to_practitioner=by.actor).first()
    if spine is None:
        raise NotThere()
    allowed.require_own(by, journeys.side_of(spine.journey, by.service, access=by), "team")
    # Registrations first, as a change of sharing locks them: two orders would be a deadlock.
    access.lock(registrations=journeys.sides(spine.journey, access=by), by=by)
    spine.refresh_from_db()
    if spine.state != State.PROPOSED:
        raise Stale("This handover was answered already.")
    return spine


def _move(spine: Handover, to: State, by: Access) -> None:
    Handover.objects.filter(pk=spine.pk).update(state=to)
    HandoverStatus.objects.create(handover=spine, state=to, by=by.actor)
    tasks.close(room="transitions", about=spine.pk, outcome=to, by=by)


@transaction.atomic
def discharge(
    *,
    episode: str,
    end_code: str,
    ended_on: date,
    return_route: str,
    by: Access,
    version: int,
    words: str = "",
    cancel: Sequence[str] = (),
) -> str:
    """End an episode; returns the discharge's id. The journey closes when its last episode has ended.

    `cancel` are planned contacts of the episode (ids) that are cancelled with it, by the service, with nothing to
    rebook; others stay in the diary of whoever was to meet the person. What screening found and nobody took to its end
    is closed as left.

    Raises `Invalid` for an unknown end code, dates that run backwards or no route back; `NotAllowed` while the
    practitioner still leads a journey that goes on; `Stale` if the episode changed since `version`, or one of `cancel`
    is no longer planned; `NotThere` for a contact of another episode.
    """
    by.check_may("care")
    row = journeys.episode(episode, access=by)
    kind = organisations.place(by.service, access=by).kind
    rules.check_end_code(kind, end_code)
    if not return_route.strip():
        raise Invalid("return_route", "Say how the person can come back, and to whom.")
    last = _last_kept(episode, by)
    _cancel(cancel, episode, by)
    journey.end_episode(
        episode=episode, end_code=end_code, ended_on=ended_on, version=version, last_contact=last, by=by
    )
    screening.leave(registration=row.registration, by=by)
    made = Discharge.objects.create(
        registration_id=row.registration,
        service=row.service,
        needs=TEAM,
        author=by.actor,
        occurred_at=clock.now(),
        episode=episode,
        end_code=end_code,
        words=words.strip(),
        return_route=return_route.strip(),
    )
    access.log(by=by, act="transitions.discharge", subject=made.pk, about=[row.registration])
    return made.pk


def _cancel(planned: Sequence[str], episode: str, by: Access) -> None:
    for contact in planned:
        if contacts.contact(contact, access=by).episode != episode:
            raise NotThere()
        meeting.cancel(contact=contact, attendance="cancelled_by_service", by=by)
        meeting.close_follow_up(contact=contact, outcome=FollowUp.TREATMENT_ENDED, by=by)


def _last_kept(episode: str, by: Access) -> date | None:
    kept = contacts.kept_by_episode([episode], access=by).get(episode)
    return max(kept).astimezone(LONDON).date() if kept else None


def reroute(*, registration: str, by: Access) -> None:
    """A proposed handover that its receiver may no longer read goes back to the sender, who leads as before."""
    on = journeys.journeys_of(registration, access=by)
    for spine in Handover.objects.filter(journey__in=on, state=State.PROPOSED).order_by("pk"):
        if not _still_read(spine, by):
            _move(spine, State.RETURNED, by)
            access.log(by=by, act="transitions.reroute", subject=spine.pk, about=[registration])


def _still_read(spine: Handover, by: Access) -> bool:
    """Whether the receiver may read what the sender said: they are in the team, and the two sides are joined."""
    service = journeys.member_for(spine.journey, spine.to_practitioner, access=by)
    if not service:
        return False
    own = journeys.side_of(spine.journey, service, access=by)
    said = HandoverNote.objects.filter(handover=spine, registration__in=people.joined(own, access=by))
    return allowed.visible(organisations.reader(spine.to_practitioner, service, access=by), said).exists()


@transaction.atomic
def take_over(*, leaver: str, service: str, to: str, by: Access, of: str = "") -> None:
    """A lead that was offered to somebody who leaves goes back to whoever offered it, who leads as before: a colleague
    was not asked. Called by `sharing`. `of` one registration alone, where the person wants somebody else."""
    offered = Handover.objects.filter(to_practitioner=leaver, state=State.PROPOSED)
    for spine in offered.filter(journey__in=journeys.journeys_of(of, access=by)) if of else offered:
        _move(spine, State.RETURNED, by)
        access.log(by=by, act="transitions.take_over", subject=spine.pk)


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    mine = {"registration": registration}
    alone = [one for one in journeys.journeys_of(registration, access=by) if _alone(one, registration, by)]
    rows = [
        HandoverNote.objects.filter(**mine),
        HandoverStatus.objects.filter(handover__journey__in=alone),
        Handover.objects.filter(journey__in=alone),
        Discharge.objects.filter(**mine),
    ]
    return access.erase_rows(rows=rows, by=by)


def _alone(journey_id: str, registration: str, by: Access) -> bool:
    return set(journeys.sides(journey_id, access=by)) <= {registration}
