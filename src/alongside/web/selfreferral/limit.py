"""How often the form may be sent from one connection: enough for a library or a hostel, too few for a machine.

Counted in the cache by address and hour, under a hash, apart from everything that was written; gone after the hour.
"""

import hashlib
import ipaddress
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed
from alongside.organisations.queries import Place
from alongside.web import times

MOST = 20  # forms in an hour
HOUR = timedelta(hours=1)
NETWORK = 64  # bits of an IPv6 address that name one connection; the rest is the visitor's to choose


def reached(request: HttpRequest) -> bool:
    """Whether this connection has sent as many forms as we take in this hour."""
    return cache.get(_key(request), 0) >= MOST


def check(request: HttpRequest, service: Place) -> None:
    """Raises `NotAllowed` with what to do instead where no more is taken from this connection in this hour."""
    if not reached(request):
        return
    said = _("This was not sent: many forms came from this internet connection in the last hour.")
    ring = _("Ring %(service)s on %(phone)s.") % {"service": service.name, "phone": service.phone}
    later = _("Or fill in the form again after %(time)s.") % {"time": times.moment(_this_hour() + HOUR)}
    raise NotAllowed(" ".join([said, *([ring] if service.phone else []), later]))


def count(request: HttpRequest) -> None:
    """One more was sent. Set and not `incr`, which would forget the count after the cache's five minutes."""
    cache.set(_key(request), cache.get(_key(request), 0) + 1, HOUR.total_seconds())


def _key(request: HttpRequest) -> str:
    named = f"{_connection(request)} {_this_hour().isoformat()}"
    return f"selfreferral-{hashlib.sha256(named.encode()).hexdigest()}"


def _this_hour() -> datetime:
    return clock.now().replace(minute=0, second=0, microsecond=0)


def _connection(request: HttpRequest) -> str:
    """The visitor's address as our own proxies tell it."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/{NETWORK}", strict=False))
    return str(address)
