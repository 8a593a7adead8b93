"""What to call practitioners, teams and services. Staff names are asked for once a minute, not on every page."""

import time
from collections.abc import Iterable

from alongside.access.context import Access
from alongside.organisations import queries as organisations

SECONDS = 60
_known: dict[str, tuple[float, str]] = {}  # in this process alone: (when it was asked for, the name)


def names(ids: Iterable[str], *, access: Access) -> dict[str, str]:
    """Names by id. No person in treatment is ever kept here."""
    wanted, since = {one for one in ids if one}, time.monotonic() - SECONDS
    missing = {one for one in wanted if _known.get(one, (since, ""))[0] <= since}
    if missing:
        now = time.monotonic()
        _known.update({one: (now, name) for one, name in organisations.names(missing, access=access).items()})
    return {one: _known[one][1] for one in wanted if one in _known}
