"""What to call practitioners, teams and services on the screen."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.organisations import queries as organisations
from alongside.web.remembered import Remembered

_names = Remembered[str]()


def names(ids: Iterable[str], *, access: Access) -> dict[str, str]:
    """Names by id; somebody who cannot be named is not there."""
    known = {one: _names.get(one) for one in set(ids) if one}
    missing = {one for one, name in known.items() if name is None}
    if missing:
        found = organisations.names(missing, access=access)
        _names.keep(found)
        known.update(found)
    return {one: name for one, name in known.items() if name is not None}


def who(one: str, known: Mapping[str, str], access: Access) -> str:
    """`you`, `your team`, or a name."""
    if one == access.actor:
        return _("you")
    if one in access.teams:
        return _("your team")
    return known.get(one, "")
