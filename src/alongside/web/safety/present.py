"""Risk prompts in words: the answer as it was given, never a level."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions import texts
from alongside.definitions.instruments import instrument
from alongside.safety.queries import Prompt
from alongside.web.ways import way


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: when, the question (or its number where its words are not ours to show) and what was said."""

    at: datetime
    question: str
    said: str


def answers(prompt: Prompt) -> list[Answer]:
    """Every answer that belongs to the prompt, the newest first."""
    return [_answer(prompt, at, value) for at, value in reversed(prompt.answers)]


def _answer(prompt: Prompt, at: datetime, value: int) -> Answer:
    measure = instrument(prompt.instrument)
    flag = next((one for one in measure.flags if one.key == prompt.flag), None)
    number = flag.items[0] if flag else 0
    words = texts.pack(measure.key)
    if not flag or len(flag.items) > 1 or not words:
        where = _("%(name)s, a question about self-harm") % {"name": measure.name}
        return Answer(at, where, _("answered %(value)s") % {"value": value})
    item = measure.items[number - 1]
    said = words.answer(item, value)
    return Answer(at, _(words.question(item)), _(said) if said else str(value))


@dataclass(frozen=True, slots=True)
class Open:
    """An open prompt as the person's page names it."""

    at: datetime
    name: str
    href: str


def open_ones(prompts: Sequence[Prompt], access: Access) -> list[Open]:
    return [
        Open(one.answers[-1][0] if one.answers else one.opened_at, instrument(one.instrument).name, _href(one, access))
        for one in prompts
    ]


def _href(one: Prompt, access: Access) -> str:
    return way("risk-prompt", one.id, access=access) if one.service == access.service else ""
