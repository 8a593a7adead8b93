"""What one room's listing gives a reader, by itself: pages read several rooms' in one trip."""

from alongside.access import queries as allowed


def listed(listing):
    [found] = allowed.read_together(listing)
    return found
