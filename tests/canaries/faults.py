"""Faults to plant before a walk: each of the four counts has to notice its own."""

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from unittest.mock import patch

from django.http import HttpResponse

from alongside.access import predicate, reading
from alongside.tasks.models import Task
from alongside.web import pages
from tests.canaries.made import WORD


def everything_is_visible() -> AbstractContextManager[object]:
    return patch.object(predicate, "sql", lambda *columns: "(1 = 1)")


def nothing_is_noted() -> AbstractContextManager[object]:
    return patch.object(reading.Reading, "note", lambda self, *of: None)


@contextmanager
def everything_is_noted() -> Iterator[None]:
    honest = reading.Reading.note

    def note(read: reading.Reading, *of: object) -> None:
        honest(read, *of)
        for task in Task.objects.all():
            honest(read, task.registration_id, task.needs, task.pk)

    with patch.object(reading.Reading, "note", note):
        yield


def pages_are_logged() -> AbstractContextManager[object]:
    honest = pages.render

    def render(*of: object) -> HttpResponse:
        answer = honest(*of)
        logging.getLogger("alongside.web").info("drawn: %s", " ".join(WORD.findall(answer.content.decode())[:1]))
        return answer

    return patch.object(pages, "render", render)


LEAKED, UNAUDITED, OVER_AUDITED, SPILLED = "leaked", "unaudited", "over_audited", "spilled"
FAULTS: dict[str, tuple[str, Callable[[], AbstractContextManager[object]]]] = {
    "everything is visible": (LEAKED, everything_is_visible),
    "nothing is noted": (UNAUDITED, nothing_is_noted),
    "everything is noted": (OVER_AUDITED, everything_is_noted),
    "pages are logged": (SPILLED, pages_are_logged),
}
