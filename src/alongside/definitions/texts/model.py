"""The shape of a text pack, and what makes it fit its instrument."""

from functools import cached_property

from pydantic import Field

from alongside.definitions.instruments import Instrument, Item
from alongside.definitions.languages import LanguageTag
from alongside.definitions.provenance import Checked, Content, Jurisdiction, Text
from alongside.kernel.errors import Invalid


class AnswerText(Content):
    """The words of one answer."""

    value: int
    text: Text


class ItemText(Content):
    """The words of one question; with a stem and words of its answers where it has its own."""

    text: Text
    stem: Text | None = None
    answers: tuple[AnswerText, ...] = ()


class TextPack(Checked):
    """The words of one instrument in one language. `answers` are shared by every question without its own.

    `stem` is what stands before all questions; `jurisdiction` is given where the wording holds in one only (units of
    alcohol, not drinks). `verified` is true only where the owner's own page was seen.
    """

    instrument: Text
    language: LanguageTag
    licence: Text
    attribution: Text
    jurisdiction: Jurisdiction | None = None
    title: Text | None = None
    stem: Text | None = None
    answers: tuple[AnswerText, ...] = ()
    items: tuple[ItemText, ...] = Field(min_length=1)

    @cached_property
    def _shared(self) -> dict[int, str]:
        return {one.value: one.text for one in self.answers}

    def question(self, item: Item) -> str:
        return self.items[item.number - 1].text

    def stem_of(self, item: Item) -> str | None:
        """What stands before a question: its own stem, or the one before all."""
        return self.items[item.number - 1].stem or self.stem

    def answer(self, item: Item, value: int) -> str | None:
        """The words of an answer; None where a number needs none."""
        own = {one.value: one.text for one in self.items[item.number - 1].answers}
        return (own or self._shared).get(value)


def check_fits(pack: TextPack, measure: Instrument, name: str) -> None:
    """Raises `Invalid(name, …)` where the pack has not the words of every question and every answer, or of others."""
    if len(pack.items) != len(measure.items):
        raise Invalid(
            name,
            "{instrument} has {wanted} questions and the pack {found}.",
            instrument=measure.name,
            wanted=len(measure.items),
            found=len(pack.items),
        )
    for item in measure.items:
        _check_answers(pack, item, name)


def _check_answers(pack: TextPack, item: Item, name: str) -> None:
    if item.between and not pack.items[item.number - 1].answers:
        return
    words = {one.value for one in pack.items[item.number - 1].answers or pack.answers}
    if words != set(item.values):
        raise Invalid(
            name,
            "Question {number} may be answered {allowed}; the pack has words for {found}.",
            number=item.number,
            allowed=", ".join(map(str, item.values)),
            found=", ".join(map(str, sorted(words))) or "none",
        )
