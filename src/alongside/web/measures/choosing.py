"""Choosing a questionnaire: every one that can be entered by question, by what it is for."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from alongside.definitions import texts
from alongside.definitions.instruments import Instrument, instruments
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
        groups=list(_groups(who.mine)),
        served=served(who, request.access),
        burden=asked_lately(who, request.access),
        cancel=reverse("person-measures", args=[who.mine]),
    )


def _groups(registration: str) -> Iterator[tuple[str, list[Choice]]]:
    left = [one for one in instruments() if one.by_items]
    for name, domains in GROUPS.values():
        yield _(name), [_choice(one, registration) for one in left if one.domain in domains]
    named = set().union(*(domains for _name, domains in GROUPS.values()))
    yield _(OTHERS), [_choice(one, registration) for one in left if one.domain not in named]


def _choice(one: Instrument, registration: str) -> Choice:
    href = reverse("measures-enter", args=[registration, one.key])
    return Choice(one.name, href, len(one.items), texts.pack(one.key) is not None, one.verified)


def meaning(one: Instrument) -> str:
    """Where the cut-off lies and how much change is more than chance, by the instrument's own definition."""
    said = []
    if one.caseness:
        sign = _("or more") if one.caseness.operator == ">=" else _("and above")
        said.append(_("cut-off %(value)s %(sign)s") % {"value": words.number(one.caseness.value), "sign": sign})
    if one.reliable_change:
        said.append(_("reliable change %(value)s") % {"value": words.number(one.reliable_change.value)})
    if not one.verified:
        said.append(_("not yet checked against its source"))
    return "; ".join(said)
