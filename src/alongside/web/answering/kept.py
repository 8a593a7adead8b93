"""Who opened which link in this browser: kept in the session for half an hour after the last answer. The answers
themselves are on the server, so that another telephone can go on with them."""

import time
from typing import Any

from django.http import HttpRequest

from alongside.access.context import Access
from alongside.measures.rules import asking

OPENED, SENT = "answering", "answered"
LONGEST = 30 * 60  # seconds: a telephone that was put down somewhere


def remember(request: HttpRequest, token: str, ask: str) -> None:
    """The link was opened with the second fact. A new session key: whoever knew the old one has not said it."""
    request.session.cycle_key()
    request.session[OPENED] = {"link": asking.digest(token), "ask": ask, "at": int(time.time())}


def access(request: HttpRequest, token: str) -> tuple[str, Access] | None:
    """(ask, who answers) where this browser opened this link and did not leave it alone for too long."""
    kept: dict[str, Any] = request.session.get(OPENED, {})
    if not kept or kept["link"] != asking.digest(token) or time.time() - kept["at"] > LONGEST:
        return None
    return kept["ask"], Access.link(kept["ask"])


def go_on(request: HttpRequest) -> None:
    """Still there."""
    request.session[OPENED] = request.session[OPENED] | {"at": int(time.time())}


def forget(request: HttpRequest) -> None:
    for key in (OPENED, SENT):
        request.session.pop(key, None)
