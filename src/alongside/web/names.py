"""What to call practitioners, teams and services on the screen, and what their services agreed.

None of it says anything about any person in treatment, and it changes rarely: each is remembered for a minute, so that
a list need not ask again at every look.
"""

from collections.abc import Iterable, Mapping
from time import monotonic

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions import agreements
from alongside.definitions.agreements import Agreement
from alongside.organisations import queries as organisations

KEPT = 60.0  # seconds
MOST = 5_000

_known: dict[str, tuple[str, float]] = {}


def names(ids: Iterable[str], *, access: Access) -> Mapping[str, str]:
    """Names by id; somebody who cannot be named is not there."""
    wanted = {one for one in ids if one}
    now = monotonic()
    missing = {one for one in wanted if _known.get(one, ("", 0.0))[1] <= now}
    if missing:
        _remember(organisations.names(missing, access=access), now)
    return {one: _known[one][0] for one in wanted if one in _known}


def _remember(found: Mapping[str, str], now: float) -> None:
    if len(_known) > MOST:
        _known.clear()
    _known.update({one: (name, now + KEPT) for one, name in found.items()})


_agreed: dict[str, tuple[Agreement, float]] = {}


def agreement(*, access: Access) -> Agreement:
    """What the reader's service promised its partners."""
    kept, until = _agreed.get(access.service, (None, 0.0))
    if kept is None or until <= monotonic():
        kept = agreements.agreement(organisations.place(access.service, access=access).agreement)
        _agreed[access.service] = (kept, monotonic() + KEPT)
    return kept


def who(one: str, known: Mapping[str, str], access: Access) -> str:
    """`you`, `your team`, or a name."""
    if one == access.actor:
        return _("you")
    if one in access.teams:
        return _("your team")
    return known.get(one, "")
