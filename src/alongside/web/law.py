"""What the law has go with a page: the notice of 42 CFR Part 2, and the scope of the consent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.queries import Why
from alongside.definitions import policy
from alongside.kernel.periods import FOR_EVER
from alongside.web import naming


@dataclass(frozen=True, slots=True)
class Scope:
    """What one service disclosed by consent: the notice, the kinds, and until when."""

    service: str
    notice: str
    kinds: list[str]
    until: datetime | None


def scopes(access: Access | None) -> list[Scope]:
    """One for each other service whose records the page shows and whose law asks for it; else nothing is asked."""
    found = allowed.noticed(access=access) if access and access.jurisdiction else []
    if not found:
        return []
    names = naming.names({one.service for one in found}, access=access)
    return [_scope(service, [one for one in found if one.service == service], names) for service in sorted(names)]


def notices(access: Access) -> list[list[str]]:
    """The last lines of a file that is taken away: what has to go with another service's records in it, and with those
    of the reader's own service where that is under 42 CFR Part 2. None where no law asks for any."""
    lines = [[one.service, one.notice, _covers(one)] for one in scopes(access)]
    own = policy.packs()[allowed.pack_of(access.service, access=access)]
    if own.notice:
        ours = naming.names({access.service}, access=access).get(access.service, "")
        scope = _("Our own record: whoever it is given to needs the person's consent, or another ground of this law.")
        lines.append([ours, own.notice, scope])
    return [[], *lines] if lines else []


def _covers(one: Scope) -> str:
    said = _("Disclosed by %(service)s by consent, which covers: %(kinds)s")
    values = {"service": one.service, "kinds": "; ".join(one.kinds)}
    until = _(", until %(until)s") % {"until": f"{one.until:%Y-%m-%d}"} if one.until else ""
    return said % values + until


def _scope(service: str, found: Sequence[Why], names: Mapping[str, str]) -> Scope:
    until = min(one.until for one in found)
    return Scope(
        service=names[service],
        notice=next(one.notice for one in policy.packs().values() if one.notice),
        kinds=[_(policy.categories()[one.kind].words) for one in found],
        until=until if until != FOR_EVER else None,
    )
