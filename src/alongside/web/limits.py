"""How often something may be done from one connection in an hour: enough for a library or a hostel, too few for a
machine.

Counted in the cache by address and hour, under a hash, apart from everything that was written; gone after the hour.
"""

import hashlib
import ipaddress
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from alongside.kernel import clock

HOUR = timedelta(hours=1)
NETWORK = 64  # bits of an IPv6 address that name one connection; the rest is the visitor's to choose


def counted(request: HttpRequest, what: str) -> int:
    """How often this connection has done it in this hour."""
    return int(cache.get(_key(request, what), 0))


def count(request: HttpRequest, what: str) -> None:
    """Once more. Set and not `incr`, which would forget the count after the cache's five minutes."""
    cache.set(_key(request, what), counted(request, what) + 1, HOUR.total_seconds())


def until() -> datetime:
    """When the count begins again."""
    return _this_hour() + HOUR


def _key(request: HttpRequest, what: str) -> str:
    named = f"{_connection(request)} {_this_hour().isoformat()}"
    return f"{what}-{hashlib.sha256(named.encode()).hexdigest()}"


def _this_hour() -> datetime:
    return clock.now().replace(minute=0, second=0, microsecond=0)


def _connection(request: HttpRequest) -> str:
    """The visitor's address as our own proxies tell it."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/{NETWORK}", strict=False))
    return str(address)
