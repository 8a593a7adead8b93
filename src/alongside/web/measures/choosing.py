"""Choosing a questionnaire: every one that can be entered by question, by what it is for."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from alongside.definitions import texts
from alongside.definitions.instruments import Instrument, Whose, instruments
from alongside.web import words
from alongside.web.measures.burden import asked_lately
from alongside.web.measures.elsewhere import served
from alongside.web.pages import page, show
from alongside.web.subject import subject

GROUPS = {
    "mood": (gettext_noop("Mood and anxiety"), {"depression", "anxiety", "distress"}),
    "trauma": (gettext_noop("Trauma"), {"trauma", "post-traumatic stress disorder"}),
    "use": (gettext_noop("Drinking and drug use"), {"alcohol", "drugs", "tobacco"}),
    "life": (
        gettext_noop("Life, goals and recovery"),
        {"functioning", "quality_of_life", "recovery", "goals", "experience"},
    ),
}
OTHERS = gettext_noop("One problem in particular")


@dataclass(frozen=True, slots=True)
class Choice:
    """One questionnaire in the list."""

    name: str
    href: str
    questions: int
    has_words: bool
    verified: bool


@page(purpose="direct_care", acts=("care",), methods=("GET",))
def choose(request: HttpRequest, registration: str) -> HttpResponse:
    who = subject(registration, access=request.access)
    return show(
        request,
        "measures/choose.jinja",
        person=who.person,
        subject=who,
        groups=list(_groups(who.mine, request.access.jurisdiction)),
        served=served(who, request.access),
        burden=asked_lately(who, request.access),
        cancel=reverse("person-measures", args=[who.mine]),
    )


def _groups(registration: str, jurisdiction: str) -> Iterator[tuple[str, list[Choice]]]:
    left = [one for one in instruments() if one.by_items]
    for name, domains in GROUPS.values():
        yield _(name), [_choice(one, registration, jurisdiction) for one in left if one.domain in domains]
    named = set().union(*(domains for _name, domains in GROUPS.values()))
    yield _(OTHERS), [_choice(one, registration, jurisdiction) for one in left if one.domain not in named]


def _choice(one: Instrument, registration: str, jurisdiction: str) -> Choice:
    href = reverse("measures-enter", args=[registration, one.key])
    has_words = texts.pack(one.key, jurisdiction=jurisdiction) is not None
    return Choice(one.name, href, len(one.items), has_words, one.verified)


REACHED = {
    ">=": gettext_noop("cut-off %(value)s or more"),
    ">": gettext_noop("cut-off: above %(value)s"),
    "<=": gettext_noop("cut-off %(value)s or less"),
    "<": gettext_noop("cut-off: below %(value)s"),
}


def meaning(one: Instrument, whose: Whose) -> str:
    """Where the cut-off lies for somebody, where the service is, and how much change is more than chance, by the
    instrument's own definition."""
    said = []
    if shown := one.shown(whose):
        reached = _(REACHED[shown.operator]) % {"value": words.number(shown.value)}
        said.append(f"{reached} ({_(shown.words)})" if shown.words else reached)
    if one.reliable_change:
        said.append(_("reliable change %(value)s") % {"value": words.number(one.reliable_change.value)})
    if not one.verified:
        said.append(_("not yet checked against its source"))
    return "; ".join(said)
