"""Erasing episodes and one side of journeys; the spine goes with the last side."""

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.journey.models import CareTeamMember, Episode, Journey, JourneySide, Problem


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    mine = [
        model.objects.filter(registration=registration) for model in (Problem, CareTeamMember, JourneySide, Episode)
    ]
    spines = sorted({one for rows in mine[1:] for one in rows.values_list("journey_id", flat=True) if one})
    alone = Journey.objects.filter(pk__in=spines, sides=None, team=None, episodes=None)
    return access.erase_rows(rows=[*mine, alone], by=by)
