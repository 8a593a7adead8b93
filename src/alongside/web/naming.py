"""What to call practitioners, teams and services. Staff names are asked for once a minute, not on every page."""

from collections.abc import Iterable

from django.core.cache import cache

from alongside.access.context import Access
from alongside.organisations import queries as organisations

SECONDS = 60


def names(ids: Iterable[str], *, access: Access) -> dict[str, str]:
    """Names by id. No person in treatment is ever kept here."""
    wanted = {_key(one): one for one in ids if one}
    known = {wanted[key]: name for key, name in cache.get_many(wanted).items()}
    missing = set(wanted.values()) - known.keys()
    if missing:
        fresh = organisations.names(missing, access=access)
        cache.set_many({_key(one): name for one, name in fresh.items()}, SECONDS)
        known.update(fresh)
    return known


def _key(one: str) -> str:
    return f"name:{one}"
