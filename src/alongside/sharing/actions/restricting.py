"""Keeping a registration to a few by name, with all that others of its service owed about it."""

from collections.abc import Collection

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.journey import queries as journeys
from alongside.kernel.errors import Invalid
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.people.rules import Same
from alongside.safety.rules import REVIEW
from alongside.sharing.actions.choosing import reroute, take_over
from alongside.tasks import actions as tasks


@transaction.atomic
def restrict(*, registration: str, named: Collection[str], keeper: str, reason: str, by: Access) -> None:
    """Keep a registration of the own service to `named` practitioners: to everybody else there it is not there, but for
    whoever oversees privacy. What a team or anybody else owes about it is owed by `keeper`, and so is what comes.

    Whoever treats the person now has to be among them: `Invalid("named", …)` otherwise, and whatever else is missing.
    """
    by.check_may("oversee")
    allowed.require_own(by, registration, "identity", "choices")
    access.lock(registrations=persons.joined(registration, access=by), by=by)
    also = persons.merged(registration, access=by)
    if also and also.state is Same.STANDS:
        raise Invalid("named", "This record is joined with another one of the same person here. Take them apart first.")
    chosen = people.restrict(registration=registration, named=named, keeper=keeper, reason=reason, by=by)
    _check_treats(registration, chosen, by)
    others = tasks.keep_by_name(
        registration=registration, service=by.service, keepers=chosen, to=keeper, but_for=REVIEW, by=by
    )
    for one in others:
        take_over(one, by.service, keeper, by, of=registration)
    reroute(registration, by)
    access.log(by=by, act="sharing.restrict", subject=registration, about=[registration], detail={"named": chosen})


@transaction.atomic
def lift_restriction(*, registration: str, reason: str, by: Access) -> None:
    """The registration is its service's again as all others are. What was owed by name stays so."""
    people.lift(registration=registration, reason=reason, by=by)
    reroute(registration, by)
    access.log(by=by, act="sharing.lift_restriction", subject=registration, about=[registration])


def _check_treats(registration: str, chosen: Collection[str], by: Access) -> None:
    stay = journeys.open_episode(registration, access=by)
    if stay and stay.practitioner and stay.practitioner not in chosen:
        raise Invalid("named", "Whoever treats them now has to be among them. Hand the person over first.")
