"""What a response says now, and everything that it said before it was put right: who did, when and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.definitions import texts
from alongside.definitions.instruments import Item, instrument
from alongside.measures import queries
from alongside.measures.queries import Answered
from alongside.organisations import queries as organisations
from alongside.people import queries as people
from alongside.people.queries import PutRight
from alongside.web import naming, putting_right, times, words
from alongside.web.measures.questions import question_words
from alongside.web.measures.result import comes_to
from alongside.web.measures.saying import from_whom
from alongside.web.measures.sheets import answer_words
from alongside.web.pages import page, show
from alongside.web.putting_right import Right
from alongside.web.subject import subject
from alongside.web.ways import way


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said: of a version its question and answer; of a change what it was and what it became."""

    what: str
    said: str
    became: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version as the page tells it. `right` says who put it right and why, and `changes` what became of it; both
    are empty for the one that stands."""

    said: str
    at: datetime
    recorded_at: datetime
    who: str
    lines: Sequence[Line]
    right: Right | None = None
    changes: Sequence[Line] = ()


@page(purpose="direct_care", methods=("GET",))
def of_response(request: HttpRequest, response: str) -> HttpResponse:
    access = request.access
    found = queries.history(response, access=access)
    now = found[0]
    rights = {one.record: one for one in people.corrections([now.registration], access=access)}
    told = {id_ for one in found[1:] if one.id in rights for id_ in putting_right.to_name(rights[one.id])}
    known = naming.names({id_ for one in found for id_ in (one.author, one.service)} | told, access=access)
    asked_at = organisations.place(now.service, access=access).jurisdiction  # in whose words they answered
    who = subject(now.registration, access=access)
    return show(
        request,
        "measures/history.jinja",
        person=who.person,
        subject=who,
        name=instrument(now.instrument).name,
        stands=_version(now, known, asked_at),
        before=[_before(one, later, rights, known, asked_at) for later, one in pairwise(found)],
        correct=way("response-correct", now.id, access=access) if now.service == access.service else "",
        contact=reverse("contact", args=[now.contact]) if now.contact else "",
    )


def _version(one: Answered, known: Mapping[str, str], jurisdiction: str) -> Version:
    measure = instrument(one.instrument)
    told = comes_to(measure, one.value, one.band, one.out_of, dict(one.parts), jurisdiction)
    return Version(
        said=told or _("answered"),
        at=one.at,
        recorded_at=one.recorded_at,
        who=from_whom(one.author, one.service, one.context, known),
        lines=list(_lines(one, jurisdiction)),
    )


def _before(
    one: Answered, later: Answered, rights: Mapping[str, PutRight], known: Mapping[str, str], jurisdiction: str
) -> Version:
    whole, right = _version(one, known, jurisdiction), rights.get(one.id)
    return Version(
        said=whole.said,
        at=whole.at,
        recorded_at=whole.recorded_at,
        who=whole.who,
        lines=whole.lines,
        right=putting_right.in_words(right, known) if right else None,
        changes=list(_changes(_facts(one, jurisdiction), _facts(later, jurisdiction))),
    )


def _lines(one: Answered, jurisdiction: str) -> Iterator[Line]:
    """Every question with its answer, then how it was answered, where that was not as usual."""
    facts = _facts(one, jurisdiction)
    yield from (Line(what, said) for what, said in facts.items() if said)


def _facts(one: Answered, jurisdiction: str) -> dict[str, str]:
    """What one version said, by what it said it of, in the order of the form."""
    measure, pack = instrument(one.instrument), texts.pack(one.instrument, jurisdiction=jurisdiction)
    given = zip(measure.items, one.answers or (), strict=False)
    facts = {question_words(item, pack): _answer(item, value, pack) for item, value in given}
    if one.answers is None:
        facts[_("Total")] = words.score(measure, one.value)
    facts[_("Substance")] = words.substance_words(one.substance) if one.substance else ""
    facts[_("Day on which it was answered")] = str(times.day_and_weekday(one.at).striptags())
    facts[_("How they were, and who helped")] = words.circumstances(one.context)
    return facts


def _answer(item: Item, value: int | str | None, pack: texts.TextPack | None) -> str:
    if value is None:
        return _("No answer")
    return answer_words(item, value, pack) if isinstance(value, int) else value


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Line]:
    for what in dict.fromkeys([*before, *after]):
        if before.get(what, "") != after.get(what, ""):
            yield Line(what, before.get(what, "") or "–", after.get(what, "") or "–")
