"""Risk prompts in words: the answer as it was given, never a level."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions import texts
from alongside.definitions.instruments import Instrument, Item, instrument
from alongside.measures.rules import question_named
from alongside.safety.queries import Prompt
from alongside.safety.rules import Outcome
from alongside.web.ways import way
from alongside.web.words import talk_outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: when, the question (or its number where its words are not ours to show) and what was said."""

    at: datetime
    question: str
    said: str


def answers(prompt: Prompt, jurisdiction: str) -> list[Answer]:
    """Every answer that belongs to the prompt, question by question, the newest first, in the words of where the
    service is that asked."""
    return _listed(prompt, prompt.answers, jurisdiction)


def put_right(prompt: Prompt, jurisdiction: str) -> list[Answer]:
    """Answers that it was opened for and that stand no longer, the newest first."""
    return _listed(prompt, prompt.put_right, jurisdiction)


def _listed(prompt: Prompt, given: Sequence[tuple[datetime, Mapping[str, int]]], jurisdiction: str) -> list[Answer]:
    measure = instrument(prompt.instrument)
    words = texts.pack(measure.key, jurisdiction=jurisdiction)
    return [one for at, each in reversed(given) for one in _answers(measure, words, at, each)]


def _answers(measure: Instrument, words: texts.TextPack | None, at: datetime, given: Mapping[str, int]) -> list[Answer]:
    if not given:
        where = _("%(name)s, on paper") % {"name": measure.name}
        return [Answer(at, where, _("more than “not at all” to the question about self-harm"))]
    return [_answer(measure, words, item, at, given[item.key]) for item in measure.items if item.key in given]


def _answer(measure: Instrument, words: texts.TextPack | None, item: Item, at: datetime, value: int) -> Answer:
    if not words:
        yes = _("yes") if item.yes_no and value == 1 else _("answered %(value)s") % {"value": value}
        return Answer(at, question_named(measure, item), yes)
    said = words.answer(item, value)
    return Answer(at, _(words.question(item)), _(said) if said else str(value))


@dataclass(frozen=True, slots=True)
class Open:
    """An open prompt as the person's page names it."""

    id: str
    at: datetime
    name: str
    href: str


def open_ones(prompts: Iterable[Prompt], access: Access) -> list[Open]:
    """Those that nobody has closed, whoever has waited longest first."""
    waiting = sorted((one for one in prompts if one.open), key=lambda one: (one.opened_at, one.id))
    return [Open(one.id, one.answered_at, instrument(one.instrument).name, _href(one, access)) for one in waiting]


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed prompt as the measures page lists it: what came of the conversation, never a level. `slip` says that no
    answer of it stands any more."""

    at: datetime
    name: str
    came: str
    who: str
    closed_at: datetime
    slip: bool
    href: str


def closed_ones(prompts: Iterable[Prompt], known: Mapping[str, str], access: Access) -> list[Closed]:
    """Those that somebody closed, in the order in which they come."""
    return [_closed(one, one.closed_at, known, access) for one in prompts if one.closed_at]


def _closed(one: Prompt, closed_at: datetime, known: Mapping[str, str], access: Access) -> Closed:
    to, who = one.escalated_to, (known.get(one.closed_by, ""), known.get(one.service, ""))
    return Closed(
        at=one.answered_at,
        name=instrument(one.instrument).name,
        came=": ".join(part for part in (talk_outcome(Outcome(one.outcome)), to) if part),
        who=", ".join(part for part in who if part),
        closed_at=closed_at,
        slip=not one.answers,
        href=way("risk-prompt", one.id, access=access),
    )


def to_name(prompts: Iterable[Prompt]) -> set[str]:
    return {name for one in prompts for name in (one.closed_by, one.service)}


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where the conversation about an answer is, for the row of the answer, and what its link says."""

    href: str
    said: str


def conversations(prompts: Iterable[Prompt], access: Access) -> dict[str, Conversation]:
    """By response, as far as the reader may read them."""
    found = ((one, way("risk-prompt", one.id, access=access)) for one in prompts)
    return {
        response: Conversation(href, _leads_to(one, access))
        for one, href in found
        if href
        for response in one.responses
    }


def _leads_to(one: Prompt, access: Access) -> str:
    if not one.open:
        return _("What came of it")
    return _("Talk with them about it") if one.service == access.service else _("Read the answer")


def _href(one: Prompt, access: Access) -> str:
    return way("risk-prompt", one.id, access=access) if one.service == access.service else ""
