"""How much of each kind stands in our record today, from what the reader may see of it: for the preview."""

from collections.abc import Callable

from alongside.access.context import Access
from alongside.consultation import queries as consultations
from alongside.contacts import queries as contacts
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.journey import queries as journeys
from alongside.measures import queries as measures
from alongside.plan import queries as plans
from alongside.referral import queries as referrals

Counter = Callable[[str, Access], int]


def counts(registration: str, mask: Mask, *, access: Access) -> dict[str, int]:
    """Entries by kind, of the chosen kinds that can be counted; a statement or two for each."""
    return {key: COUNTERS[key](registration, access) for key in policy.category_keys(mask) if key in COUNTERS}


def _appointments(registration: str, access: Access) -> int:
    return len(contacts.timeline([registration], access=access))


def _scores(registration: str, access: Access) -> int:
    return sum(map(len, measures.series([registration], access=access).values()))


def _uses(registration: str, access: Access) -> int:
    return sum(map(len, measures.uses([registration], access=access).values()))


def _plan(registration: str, access: Access) -> int:
    return len(plans.plan([registration], access=access).items)


def _questions(registration: str, access: Access) -> int:
    return len(consultations.about([registration], access=access))


def _referrals(registration: str, access: Access) -> int:
    return len(referrals.about([registration], access=access))


def _episodes(registration: str, access: Access) -> int:
    return len(journeys.episodes([registration], access=access))


COUNTERS: dict[str, Counter] = {
    "team": _episodes,
    "referral": _referrals,
    "appointments": _appointments,
    "mood_scores": _scores,
    "use_pattern": _uses,
    "plan": _plan,
    "consultation": _questions,
}
