"""Erasing goals, actions and agreements."""

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.plan.models import Action, Agreement, Goal, ItemStatus


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    mine = [model.objects.filter(registration=registration) for model in (Goal, Action, Agreement)]
    history = [ItemStatus.objects.filter(item__in=rows.values("pk")) for rows in mine[:2]]
    return access.erase_rows(rows=[*history, *mine], by=by)
