"""A discharge, with what it ends for others: what the person shared until treatment ends."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.consent import actions as consent
from alongside.journey import queries as journeys
from alongside.people import queries as persons
from alongside.sharing.actions.choosing import reroute
from alongside.transitions import actions as transitions


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
    """End an episode, and with it every consent that ends when treatment ends; returns the discharge's id.

    A registration has one stay at a time, so its treatment ends with it. Raises what `transitions.discharge` raises;
    then nothing has ended.
    """
    registration = journeys.episode(episode, access=by).registration
    access.lock(registrations=persons.joined(registration, access=by), by=by)
    ended = consent.end_with_treatment(registration=registration, by=by)
    made = transitions.discharge(
        episode=episode,
        end_code=end_code,
        ended_on=ended_on,
        return_route=return_route,
        version=version,
        words=words,
        cancel=cancel,
        by=by,
    )
    if ended:
        reroute(registration, by)
    return made
