"""Where a word may never be, whoever may read it: logs, addresses, headers, messages, caches, sessions, columns that
are no part of a record, the words of an error."""

import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import models
from django.http import HttpResponse

from alongside.post.models import Postcard
from tests.canaries.made import WORD

BODIES_OF_THEIR_OWN = (Postcard,)  # what a demonstration would have sent: looked at by itself
_LINKS = ("href", "action", "src", "hx-get", "hx-post", "formaction")


class Logs(logging.Handler):
    """Everything that any logger says, with its arguments and what it was raised by."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith("django.db"):  # the statements themselves, in debug mode alone
            return
        text = logging.Formatter("%(message)s").format(record)
        self.said.append(f"{record.name}: {text} {record.args!r}")


@contextmanager
def listening() -> Iterator[Logs]:
    """All logs, of the loggers that keep theirs to themselves, too."""
    logs = Logs()
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in settings.LOGGING["loggers"])]
    for one in loggers:
        one.addHandler(logs)
    try:
        yield logs
    finally:
        for one in loggers:
            one.removeHandler(logs)


def in_logs(logs: Logs) -> Iterator[str]:
    yield from (f"log: {line[:200]}" for line in logs.said if WORD.search(line))


def in_headers(answers: Iterable[tuple[str, HttpResponse]]) -> Iterator[str]:
    """Location, cookies, file names and every other header; and the addresses that a page leads to."""
    for what, answer in answers:
        for name, value in [*answer.items(), *(("cookie", one.OutputString()) for one in answer.cookies.values())]:
            if WORD.search(value):
                yield f"header {name}: {what}"
        if answer.status_code >= 500 and WORD.search(answer.content.decode()):
            yield f"words of an error: {what}"
        if answer.get("Content-Type", "").startswith("text/html"):
            yield from (f"address {one}: {what}" for one in _addresses(answer) if WORD.search(one))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in _LINKS and value]


def _addresses(answer: HttpResponse) -> list[str]:
    parser = _Links()
    parser.feed(answer.content.decode())
    return parser.found


def in_columns() -> Iterator[str]:
    """Every column of every table that is said to hold nothing private: the ledger's, tasks', the outbox's."""
    for model in apps.get_models():
        notes = getattr(model, "PRIVACY", {})
        if not model.__module__.startswith("alongside.") or model in BODIES_OF_THEIR_OWN:
            continue
        open_ones = [one for one in model._meta.concrete_fields if notes.get(one.name, "neither") == "neither"]
        for row in model.objects.all():
            yield from (f"{model.__name__}.{one.name}" for one in open_ones if _says(row, one))


def _says(row: models.Model, column: models.Field) -> bool:
    value = getattr(row, column.attname)
    return isinstance(value, (str, list, dict)) and bool(WORD.search(str(value)))


def in_sessions() -> Iterator[str]:
    for one in Session.objects.all():
        if WORD.search(json.dumps(one.get_decoded(), default=str)):
            yield "session"


def in_caches() -> Iterator[str]:
    """The files of the cache as they stand, packed or not."""
    from django.core.cache import cache

    place = Path(settings.CACHES["default"]["LOCATION"])
    for file in place.rglob("*.djcache"):
        with file.open("rb") as content:
            kept = cache._is_expired(content) or content.read()
        if kept is not True and WORD.search(_unpacked(kept)):
            yield f"cache: {file.name}"


def _unpacked(kept: bytes) -> str:
    import zlib

    return zlib.decompress(kept).decode(errors="replace")


def in_letters() -> Iterator[str]:
    """Subjects and addresses' neighbours: a letter's words are the person's own name at most, and not even that."""
    for letter in mail.outbox:
        yield from ("email" for words in (letter.subject, letter.body) if WORD.search(words))
    for card in Postcard.objects.all():
        yield from ("postcard" for words in (card.subject, card.text) if WORD.search(words))
