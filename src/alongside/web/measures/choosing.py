"""Choosing a questionnaire: every one that can be entered by question, by what it is for."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from alongside.definitions import texts
from alongside.definitions.instruments import Instrument, Whose, instruments
from alongside.definitions.provenance import Sourced
from alongside.web import words
from alongside.web.measures.burden import asked_lately, is_asked
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
    asked: bool  # of the person: it adds to what they are asked


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
    return Choice(one.name, href, len(one.items), has_words, is_asked(one))


REACHED = {
    ">=": gettext_noop("cut-off %(value)s or more"),
    ">": gettext_noop("cut-off: above %(value)s"),
    "<=": gettext_noop("cut-off %(value)s or less"),
    "<": gettext_noop("cut-off: below %(value)s"),
}


def meaning(one: Instrument, whose: Whose) -> str:
    """Where the cut-off lies for somebody, where the service is, and how much change is more than chance, by the
    instrument's own definition. What nobody has checked is marked one by one: beside a figure that was, one that was
    not must not look alike."""
    shown, least = one.shown(whose), one.reliable_change
    said = []
    if shown:
        reached = _(REACHED[shown.operator]) % {"value": words.number(shown.value)}
        said.append(_marked(f"{reached} ({_(shown.words)})" if shown.words else reached, shown))
    if least:
        said.append(_marked(_("reliable change %(value)s") % {"value": words.number(least.value)}, least))
    if rest := ", ".join(_unchecked(one, whose.jurisdiction)):
        marked = any(figure and not figure.verified for figure in (shown, least))
        more = _("not checked either: %(what)s") if marked else _("not yet checked against its source: %(what)s")
        said.append(more % {"what": rest})
    return "; ".join(said)


def _marked(said: str, figure: Sourced) -> str:
    return said if figure.verified else _("%(figure)s, not yet checked against its source") % {"figure": said}


def _unchecked(one: Instrument, jurisdiction: str) -> Iterator[str]:
    """What else nobody has checked of what its pages show."""
    if not one.scoring_checked:
        yield _("how it is scored")
    if not one.bands_checked(jurisdiction):
        yield _("its bands")
    if one.yes_no and not one.yes_no.verified:
        yield _("that 1 is yes")
