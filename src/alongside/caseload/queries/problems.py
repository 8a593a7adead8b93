"""What somebody is treated for, as far as it decides which measure they are asked."""

from collections.abc import Iterable

from alongside.access.context import Access
from alongside.definitions import talking_therapies
from alongside.journey import queries as journey
from alongside.outcomes.rules import chosen_descriptor


def own_measures(episodes: Iterable[str], *, access: Access) -> dict[str, str]:
    """The problem's own measure (its key) by episode, of those whose treatment is for a problem that has one. Of
    several problems the one counts that the national figures choose (`chosen_descriptor`)."""
    recorded = journey.problems(episodes, access=access)
    chosen = {episode: chosen_descriptor(found) for episode, found in recorded.items()}
    own = {episode: talking_therapies.instrument_for(one.code) for episode, one in chosen.items() if one}
    return {episode: key for episode, key in own.items() if key}
