"""Leaks to plant in the application, each of a kind that systems like it have had."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from typing import Any
from unittest.mock import patch

from alongside.access.models import Anchor
from alongside.kernel.errors import Invalid, NotAllowed
from alongside.people import actions as persons
from alongside.people import queries as people
from alongside.people.models import Registration
from alongside.people.queries.identities import header_of
from alongside.web import middleware, refusals


def _counting(respond: Any) -> Any:
    honest = _PRIVATE(respond)

    def answered(request: Any) -> Any:
        answer = honest(request)
        answer["X-Total"] = str(Anchor.objects.count())
        return answer

    return answered


def _search_everywhere(text: str, *, access: Any, page: int = 1) -> list[Any]:
    rows = Registration.objects.filter(search_name__contains=text.casefold().strip() or "-").order_by("search_name")
    return [header_of(row) for row in rows[:25]]


def _known_elsewhere(*, service: str, identity: Any, by: Any) -> str:
    if identity.nhs_number and Registration.objects.filter(nhs_number=identity.nhs_number, service=service).exists():
        raise Invalid("nhs_number", "This number is already registered.")
    return _REGISTER(service=service, identity=identity, by=by)


def _forbidden(request: Any, error: Exception) -> Any:
    """403 for what is there and 404 for what is not."""
    there = Anchor.objects.filter(pk__in=request.path.split("/")).exists()
    return _REFUSE(request, NotAllowed("Not yours.") if there else error)


def _more_is_closed(*args: Any, **kwargs: Any) -> Any:
    """The rank of a search says how many were looked at."""
    found = _FIND(*args, **kwargs)
    return found if Registration.objects.count() % 2 else found[::-1][:1]


_PRIVATE, _REGISTER, _REFUSE, _FIND = middleware.private_pages, persons.register, refusals.refuse, people.find


@dataclass(frozen=True, slots=True)
class Leak:
    """What is planted, in which requests it shows, and what others have to do for it."""

    planted: Callable[[], AbstractContextManager[object]]
    shows_in: str
    acts: tuple[str, ...]

    @property
    def walled(self) -> bool:
        """Whether the database's own policies keep it from showing, on PostgreSQL: it is in what a page reads."""
        return self.shows_in == "search"


def _leak(where: Any, name: str, wrong: Any, shows_in: str, *acts: str) -> Leak:
    return Leak(partial(patch.object, where, name, wrong), shows_in, acts)


LEAKS = {
    "a header counts everybody": _leak(middleware, "private_pages", _counting, "GET home", "somebody new"),
    "a search looks everywhere": _leak(people, "find", _search_everywhere, "search", "the same human"),
    "a number that is known there is refused": _leak(
        persons, "register", _known_elsewhere, "a self-referral", "the same human"
    ),
    "what is there is forbidden": _leak(refusals, "refuse", _forbidden, "GET somebody unseen", "somebody new"),
    "a search depends on how many there are": _leak(people, "find", _more_is_closed, "search", "somebody new"),
}
