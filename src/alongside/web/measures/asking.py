"""Asking somebody to answer by themselves, taking it back, and which of my people are due a measure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from alongside.access.context import Access
from alongside.caseload import queries as caseload
from alongside.definitions import texts
from alongside.definitions.instruments import Instrument, instrument, instruments
from alongside.definitions.routine import routine_of
from alongside.measures import actions, queries
from alongside.measures.queries import Asked
from alongside.measures.rules.asking import OPEN_FOR, Standing, why_not
from alongside.people.rules import Channel
from alongside.post import queries as post
from alongside.post.queries import Message
from alongside.post.rules import State
from alongside.web.forms import Form, fields
from alongside.web.measures.burden import asked_lately
from alongside.web.measures.elsewhere import served
from alongside.web.measures.sheets import FIRST
from alongside.web.pages import page, show
from alongside.web.subject import language_words, subject
from alongside.web.trying import attempt, done, sent_before
from alongside.web.ways import way

STANDS = {
    Standing.OPEN: gettext_noop("waits for an answer"),
    Standing.ANSWERED: gettext_noop("answered"),
    Standing.WITHDRAWN: gettext_noop("taken back"),
    Standing.LOCKED: gettext_noop("locked: the date of birth was wrong too often. Talk with them, and ask again"),
    Standing.EXPIRED: gettext_noop("ended without an answer"),
}
SENT = {
    State.QUEUED: gettext_noop("waits to be sent"),
    State.SENT: gettext_noop("sent"),
    State.DROPPED: gettext_noop("not sent"),
    State.FAILED: gettext_noop("could not be sent"),
    State.SETTLED: gettext_noop("could not be sent"),
}
BY = {Channel.EMAIL: gettext_noop("by email"), Channel.SMS: gettext_noop("by text message")}


class AskThem(Form):
    """What to ask, and how the link goes."""

    instruments = fields.Choices(label=gettext_lazy("What should they answer?"))
    channel = fields.Choice(
        label=gettext_lazy("How does the link go?"),
        choices=[(Channel.SMS, gettext_lazy("Text message")), (Channel.EMAIL, gettext_lazy("Email"))],
        help_text=gettext_lazy("Only in a way that their details call safe."),
    )

    def __init__(self, *args: Any, asked: Sequence[Instrument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {one.key: len(one.items) for one in asked}
        self.fields["instruments"].choices = [(one.key, one.name) for one in asked]
        self.fields["instruments"].hints = {key: _questions(count) for key, count in self.questions.items()}


def _questions(count: int) -> str:
    return ngettext("%(count)d question", "%(count)d questions", count) % {"count": count}


def askable(language: str, jurisdiction: str) -> list[Instrument]:
    """What may be asked there from a link of somebody who reads `language`, what is asked most often first."""
    found = [one for one in instruments() if not why_not(one, language, jurisdiction)]
    return sorted(found, key=lambda one: (FIRST.index(one.key) if one.key in FIRST else len(FIRST), one.name))


def unworded(language: str, jurisdiction: str) -> list[str]:
    """The names of what others may be asked there, and has no words in `language`."""
    offered = askable(language, jurisdiction)
    others = {one.language.partition("-")[0] for one in texts.packs()}
    known = {one.key: one for other in others for one in askable(other, jurisdiction)}
    return sorted(one.name for one in known.values() if one not in offered)


@page(purpose="direct_care", acts=("care",))
def ask(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    who = subject(registration, access=access)
    asked = askable(who.language, access.jurisdiction)
    form = AskThem(request.POST or None, asked=asked, initial={"instruments": list(FIRST)})
    if form.is_bound and attempt(form, lambda: _ask(form, registration, access)):
        if not sent_before(request, form):
            messages.success(request, _("Asked. The message leaves within a few minutes."))
        return redirect("person-measures", registration)
    return show(
        request,
        "measures/ask.jinja",
        person=who.person,
        subject=who,
        form=form if asked else None,
        language=language_words(who.language),
        unworded=unworded(who.language, access.jurisdiction),
        days=OPEN_FOR.days,
        served=served(who, access),
        burden=asked_lately(who, access),
        details=way("correct-identity", who.mine, access=access),
        cancel=reverse("person-measures", args=[who.mine]),
    )


def _ask(form: AskThem, registration: str, access: Access) -> str:
    entered = form.cleaned_data
    return actions.ask(
        registration=registration,
        instruments=entered["instruments"],
        channel=entered["channel"],
        submission=form.submission,
        by=access,
    )


@page(purpose="direct_care", acts=("care",))
def take_back(request: HttpRequest, ask: str) -> HttpResponse:
    access = request.access
    found = queries.ask(ask, access=access)
    form = Form(request.POST or None)  # nothing to fill in
    if form.is_bound and done(form, lambda: actions.withdraw_ask(ask=found.id, by=access)):
        messages.success(request, _("Taken back. The link opens nothing any more."))
        return redirect("person-measures", found.registration)
    who = subject(found.registration, access=access)
    said = present([found], [], access)[0]
    cancel = reverse("person-measures", args=[found.registration])
    return show(
        request, "measures/take_back.jinja", person=who.person, subject=who, form=form, asked=said, cancel=cancel
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One ask as a page says it. `take_back` is empty where there is nothing to take back."""

    at: datetime
    names: str
    how: str
    stands: str
    sent: str
    until: datetime | None
    take_back: str


def asked_of(registrations: Iterable[str], access: Access) -> list[Line]:
    """What was asked of somebody, the newest first."""
    found = queries.asks(registrations, access=access)
    return present(found, post.messages([one.id for one in found], access=access) if found else [], access)


def present(found: Iterable[Asked], sent: Iterable[Message], access: Access) -> list[Line]:
    states = {one.about: one.state for one in reversed(list(sent))}  # the first message of each: its invitation
    return [_line(one, states.get(one.id), access) for one in found]


def _line(one: Asked, sent: State | None, access: Access) -> Line:
    is_open = one.standing is Standing.OPEN
    mine = is_open and one.service == access.service
    return Line(
        at=one.asked_at,
        names=names(one.instruments),
        how=_(BY[Channel(one.channel)]),
        stands=_(STANDS[one.standing]),
        sent=_(SENT[sent]) if sent and is_open else "",
        until=one.expires_at if is_open else None,
        take_back=way("measures-take-back", one.id, access=access) if mine else "",
    )


def names(keys: Iterable[str]) -> str:
    return ", ".join(instrument(key).name for key in keys)


@dataclass(frozen=True, slots=True)
class DueLine:
    """One person of the list of what is due."""

    name: str
    href: str
    next: datetime | None
    due: list[tuple[str, str]]  # what is due, and where it is entered; empty where it has no questions here
    asked: str
    until: datetime | None
    ask: str


@page(purpose="direct_care", acts=("care",), methods=("GET",))
def due(request: HttpRequest) -> HttpResponse:
    access = request.access
    usual = routine_of(access.kind)
    lines = [_due(one, access) for one in caseload.measures_due(access=access)]
    return show(request, "measures/due.jinja", lines=lines, routine=usual)


def _due(one: caseload.Due, access: Access) -> DueLine:
    registration = one.person.registration
    return DueLine(
        name=one.person.name,
        href=reverse("person", args=[registration]),
        next=one.next.at if one.next else None,
        due=[(instrument(key).name, _entering(registration, key, access)) for key in one.due],
        asked=names(one.asked),
        until=one.until,
        ask=way("measures-ask", registration, access=access) if _to_ask(one, access.jurisdiction) else "",
    )


def _entering(registration: str, key: str, access: Access) -> str:
    return way("measures-enter", registration, key, access=access) if instrument(key).by_items else ""


def _to_ask(one: caseload.Due, jurisdiction: str) -> bool:
    """Whether anything that is due and not asked yet could be answered from a link."""
    works = {each.key for each in askable(one.person.language, jurisdiction)}
    return bool((set(one.due) - set(one.asked)) & works)
