"""The review that is owed for every open episode and journey: by whom, and when."""

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import agreements
from alongside.journey import rules
from alongside.journey.actions.rows import TEAM, own_open
from alongside.journey.models import CareTeamMember
from alongside.journey.rules import Part
from alongside.kernel import clock
from alongside.kernel.periods import FOR_EVER
from alongside.organisations import queries as organisations
from alongside.tasks import actions as tasks
from alongside.tasks.rules import Holder


@transaction.atomic
def reviewed(*, about: str, by: Access) -> None:
    """The holder looked at the whole, an episode or a journey: the review is done and the next one is due."""
    by.check_may("care")
    member = CareTeamMember.objects.filter(journey=about, part=Part.LEAD, until_at=FOR_EVER).first()
    row = member or own_open(about, by)
    allowed.require_own(by, row.registration_id, "team")
    access.lock(registrations=[row.registration_id], by=by)
    next_review(about, row.registration_id, row.service, row.practitioner, by)
    access.log(by=by, act="journey.reviewed", subject=about, about=[row.registration_id])


def next_review(about: str, registration: str, service: str, practitioner: str, by: Access) -> None:
    """The review that was owed is done; `practitioner` owes the next one."""
    tasks.close(room="journey", about=about, outcome="taken", by=by)
    tasks.open_task(
        room="journey",
        about=about,
        kind="review",
        registration=registration,
        service=service,
        needs=TEAM,
        holder=Holder(practitioner=practitioner),
        due_at=rules.review_due(clock.today(), _review_weeks(service, by), organisations.hours_of(service, access=by)),
        by=by,
    )


def _review_weeks(service: str, by: Access) -> int:
    return agreements.agreement(organisations.place(service, access=by).agreement).review.weeks
