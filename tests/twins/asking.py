"""Asking a route as somebody, and what of an answer is compared: all of it, but for what is random for everybody.

Three things are drawn afresh for each answer and say nothing: the token against forged forms (masked with random bits
each time), the nonce of the content security policy, and the key of a session. They are replaced by words. Ids of
submissions are random too, and come from a seed here; every clock stands still.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import time_machine
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from alongside.kernel import clock
from alongside.kernel.ids import seeded_ids
from alongside.organisations.models import User
from alongside.web.accounts import hats
from tests.twins import lived

_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value="|hx-headers=\'[^\']*X-CSRFToken": ")[0-9A-Za-z]{64}')
_NONCE = re.compile(rb"(nonce-|nonce=\")[0-9A-Za-z+/_=-]+")
RANDOM_COOKIES = {"alongside", "alongside-form"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What left: the status, headers, cookies and bytes of an answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    body: bytes

    def without(self, ids: Iterable[str]) -> "Answer":
        """As it reads where the reader's own words were other ones: what they sent may stand in it."""
        headers, body = repr(self.headers), _MARK.sub(rb"\1MARK", self.body)
        for one in ids:
            headers, body = headers.replace(one, "ID"), body.replace(one.encode(), b"ID")
        return Answer(self.status, ((headers, ""),), self.cookies, body)

    def says(self, words: Iterable[str]) -> list[str]:
        whole = repr(self.headers).encode() + self.body
        return [one for one in words if one.encode() in whole]


# A digest of the reader's own words, which stand readable on the same page.
_MARK = re.compile(rb'(name="(?:previewed|read_back)" value=")[0-9a-f]{64}')


@contextmanager
def standing_still() -> Iterator[None]:
    """Our own clock and the machine's: sessions, cookies and signatures hold the time, too."""
    with clock.at(lived.NOW), time_machine.travel(lived.NOW, tick=False):
        yield


class Visitor:
    """A browser of somebody, in one role; or of nobody."""

    def __init__(self, practitioner: str = "", assignment: str = "", user: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        if practitioner or user:
            who = {"pk": user} if user else {"practitioner": practitioner}
            self.client.force_login(User.objects.get(**who))
            session = self.client.session
            assert SESSION_KEY in session
            session[hats.WORN] = assignment
            session.save()
            with standing_still():
                self.client.get("/")  # what a session notes at its first page is noted

    def ask(self, path: str, method: str = "GET", data: Mapping[str, object] | None = None, **headers: str) -> Answer:
        """One request; what it wrote is undone."""
        return self.ask_all([Step(method, path, data, headers)])[0]

    def ask_all(self, steps: Iterable["Step"]) -> list[Answer]:
        """Requests one after the other, and after the last the page that it leads to; all of it is undone.

        At one instant and with the same seed for ids, so that asking again is asking the same.
        """
        kept = self.client.cookies.copy()
        with standing_still(), seeded_ids(1), transaction.atomic():
            answers = [read(self._send(one)) for one in steps]
            there = dict(answers[-1].headers).get("Location", "")
            if len(answers) > 1 or (answers[-1].status == 302 and there.startswith("/")):
                answers.append(read(self.client.get(there or "/")))
            transaction.set_rollback(True)
        self.client.cookies = kept
        cache.clear()
        return answers

    def _send(self, one: "Step"):
        if one.data is None:
            return self.client.generic(one.method, one.path, headers=one.headers)
        return self.client.post(one.path, one.data, headers=one.headers)


@dataclass(frozen=True, slots=True)
class Step:
    """One request of several. With `data`, a form that is sent."""

    method: str
    path: str
    data: Mapping[str, object] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def read(response) -> Answer:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = tuple(sorted((name, _unnonced(value)) for name, value in response.headers.items()))
    cookies = tuple(sorted(_cookie(name, one) for name, one in response.cookies.items()))
    return Answer(response.status_code, headers, cookies, _NONCE.sub(rb"\1N", _TOKEN.sub(rb"\1T", body)))


def _unnonced(value: str) -> str:
    return _NONCE.sub(rb"\1N", value.encode()).decode()


def _cookie(name: str, morsel) -> str:
    """Its name and what it allows; its value where that is not random."""
    said = morsel.OutputString()
    return said.replace(morsel.value, "RANDOM") if name in RANDOM_COOKIES and morsel.value else said
