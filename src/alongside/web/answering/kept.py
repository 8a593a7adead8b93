"""Who opened which link in this browser: kept in the session for half an hour after the last answer. The answers
themselves are on the server, so that another telephone can go on with them."""

import time
from typing import Any

from django.http import HttpRequest

from alongside.access.context import Access
from alongside.kernel import links

OPENED, SENT = "answering", "answered"
LONGEST = 30 * 60  # seconds: a telephone that was put down somewhere


def remember(request: HttpRequest, token: str, ask: str) -> None:
    """The link was opened with the second fact. A new session key: whoever knew the old one has not said it."""
    request.session.cycle_key()
    request.session[OPENED] = {"link": links.digest(token), "ask": ask, "at": int(time.time())}


def access(request: HttpRequest, token: str) -> tuple[str, Access] | None:
    """(ask, who answers) where this browser opened this link and did not leave it alone for too long."""
    kept: dict[str, Any] = request.session.get(OPENED, {})
    if not kept or kept["link"] != links.digest(token) or time.time() - kept["at"] > LONGEST:
        return None
    return kept["ask"], Access.link(kept["ask"])


def go_on(request: HttpRequest) -> None:
    """Still there."""
    request.session[OPENED] = request.session[OPENED] | {"at": int(time.time())}


def remember_sent(request: HttpRequest, **known: Any) -> None:
    """What the last page says, which names no answer."""
    request.session[SENT] = known | {"at": int(time.time())}


def sent(request: HttpRequest) -> dict[str, Any]:
    """The same; empty where nothing was sent from this browser, or it was left alone for too long."""
    known: dict[str, Any] = request.session.get(SENT, {})
    if known and time.time() - known["at"] > LONGEST:
        request.session.pop(SENT)
        return {}
    return known


def forget(request: HttpRequest) -> None:
    for key in (OPENED, SENT):
        request.session.pop(key, None)
