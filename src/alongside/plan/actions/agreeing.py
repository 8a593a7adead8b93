"""The person, or a service, agrees the plan as it stands."""

from django.db import transaction

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.people import queries as people
from alongside.plan import queries
from alongside.plan.actions.rows import log
from alongside.plan.models import Agreement
from alongside.plan.rules import NEEDS, AgreedBy


@transaction.atomic
def agree(*, registration: str, agreed_by: str, by: Access, words: str = "") -> str:
    """The person (or the writer's service) agrees the plan as the writer may see it now; returns the agreement's id.

    What is added later is not agreed until somebody agrees again.
    """
    by.check_may("care")
    anchor = allowed.require_own(by, registration, "plan")
    if agreed_by not in set(AgreedBy):
        raise Invalid("agreed_by", "Choose who agreed: {known}.", known=", ".join(AgreedBy))
    items = queries.items(people.joined(registration, access=by), access=by)
    if not items:
        raise Invalid("plan", "There is nothing in the plan to agree yet. Add a goal first.")
    made = Agreement.objects.create(
        registration=anchor,
        service=anchor.service,
        needs=NEEDS,
        author=by.actor,
        occurred_at=clock.now(),
        agreed_by=agreed_by,
        items=items,
        words=words.strip(),
    )
    log("agree", made, by)
    return made.pk
