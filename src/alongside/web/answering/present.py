"""What the person reads: their questions with the words of their language, and by when somebody reads the answers."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions.texts import TextPack
from alongside.kernel import clock
from alongside.measures.queries import Opened
from alongside.measures.rules import asking
from alongside.measures.rules.asking import LEFT_OUT, Question
from alongside.organisations import queries as organisations
from alongside.safety import rules as safety


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the answers, and by when they talk with somebody who thinks of dying."""

    service: str
    phone: str
    by: datetime


def reader(service: str) -> Reader:
    place = organisations.place(service, access=Access.public())
    hours = organisations.hours_of(service, access=Access.public())
    return Reader(place.name, place.phone, safety.due_at(clock.now(), hours))


@dataclass(frozen=True, slots=True)
class Row:
    """One question as it is read over."""

    question: str
    said: str
    href: str


def rows(ask: Opened, token: str) -> list[Row]:
    return [_row(one, ask, token) for one in asking.applying(ask.instruments, ask.drafts)]


def _row(one: Question, ask: Opened, token: str) -> Row:
    words = words_of(one, ask)
    href = reverse("answer-question", args=[token, one.place])
    return Row(_(words.question(one.item)), _said(one, ask.drafts.get(one.place, ""), words), href)


def _said(one: Question, draft: str, words: TextPack) -> str:
    if draft in ("", LEFT_OUT):
        return _("Not answered")
    said = words.answer(one.item, int(draft)) if draft.lstrip("-").isdecimal() else None
    return _(said) if said else draft


def words_of(one: Question, ask: Opened) -> TextPack:
    """The words that there were when it was asked. A pack that was taken away meanwhile is a fault, and seen."""
    words = asking.words_of(one.measure, ask.language, ask.jurisdiction)
    if words is None:
        raise LookupError(f"The words of {one.measure.key} are gone while somebody answers it.")
    return words
