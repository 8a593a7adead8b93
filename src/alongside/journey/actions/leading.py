"""Who is in the care team, needs to know about the other side, and leads."""

from datetime import datetime

from django.db import transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.access.rules import Handle, NeedKind
from alongside.journey.actions.reviewing import next_review
from alongside.journey.actions.rows import TEAM
from alongside.journey.models import CareTeamMember, Journey, JourneySide
from alongside.journey.rules import Part
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.kernel.periods import FOR_EVER


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
    again(before, Part.MEMBER, now)
    again(after, Part.LEAD, now)
    next_review(journey, after.registration_id, after.service, to, by)
    about = [before.registration_id, after.registration_id]
    access.log(by=by, act="journey.hand_lead", subject=journey, about=about, detail={"to": to})


def again(row: CareTeamMember, part: Part, now: datetime) -> None:
    """The same member in a part from now on; the row that said otherwise has ended."""
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


def may_need(journey: Journey, registration: str, discloser: str, practitioner: str, service: str, by: Access) -> None:
    """The practitioner of one side needs to know about the other, as far as the person agreed."""
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
