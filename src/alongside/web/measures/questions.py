"""One questionnaire as a form: a field for each question, how the person was, and which substance it is about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions import substances, texts
from alongside.definitions.instruments import Instrument, Item
from alongside.kernel import clock
from alongside.measures import rules
from alongside.measures.rules import Mode, Raw, Together
from alongside.web.forms import fields
from alongside.web.measures import gaps
from alongside.web.measures.gaps import Gapped
from alongside.web.measures.how import HowAnswered
from alongside.web.measures.sheets import Answer, AsWritten, answer_words
from alongside.web.measures.skipping import away
from alongside.web.use_words import substance_words, unit_words


@dataclass(frozen=True, slots=True)
class Weeks:
    """One substance's boxes: its four weeks and the amount on a day of use."""

    name: str
    boxes: list[forms.BoundField]

    @property
    def note(self) -> str:
        """Which boxes were filled in from somewhere, and from where: one calendar fills them all."""
        filled = [box.field for box in self.boxes if box.field.note]
        return f"{', '.join(one.short for one in filled)}: {filled[0].note}" if filled else ""


class Questions(HowAnswered, Gapped):
    """Called as the rules refuse them: `phq9_item3`, `sds_substance`, `weeks_since_use`."""

    date = fields.CivilDate(label=gettext_lazy("Day on which it was answered"), not_future=True)

    def __init__(self, *args: Any, measure: Instrument, words: texts.TextPack | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        if measure.per_substance:
            self.fields[f"{measure.key}_substance"] = forms.ChoiceField(
                label=_("Which substance is it about?"),
                choices=[("", _("Choose")), *((key, substance_words(key)) for key in substances.substances())],
                required=False,  # the rules refuse it without one, by its name
            )
            self.fields[f"{measure.key}_substance"].said_optional = False
        for item in measure.items:
            self.fields[self.name_of(item)] = _field(measure, item, words)
        self.fields[gaps.name_of(measure)] = gaps.tick(measure)
        for row in rules.asked_together(measure):
            self._count_in(row)

    def asked(self) -> Iterator[tuple[Instrument, Sequence[str]]]:
        yield self.measure, [self.name_of(item) for item in self.measure.items]

    @property
    def unfinished(self) -> bool:
        """Whether they did not want to go on."""
        return self.stopped(self.measure)

    def _count_in(self, row: Together) -> None:
        """Says in short what each box of a row is, and in what it is counted."""
        for number, item in row.weeks.items():
            field = self.fields[self.name_of(item)]
            field.short = _("Week %(number)s") % {"number": number}
            field.suffix = _("%(range)s days") % {"range": field.suffix}
        if row.amount:
            field = self.fields[self.name_of(row.amount)]
            field.short = _("On such a day")
            field.suffix = f"{field.suffix} {unit_words(row.unit)}"

    def name_of(self, item: Item) -> str:
        return f"{self.measure.key}_{item.key}"

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[self.name_of(item)] for item in self.measure.items]

    @property
    def drawn(self) -> Iterator[forms.BoundField | Weeks]:
        """The questions in order, those about the weeks of one substance in one row."""
        rows = {next(iter(one.weeks.values())).key: self._row(one) for one in rules.asked_together(self.measure)}
        within = {box.html_name for row in rows.values() for box in row.boxes}
        for item, bound in zip(self.measure.items, self.questions, strict=True):
            if item.key in rows:
                yield rows[item.key]
            elif bound.html_name not in within:
                yield bound

    def _row(self, one: Together) -> Weeks:
        items = [item for item in (*one.weeks.values(), one.amount) if item]
        return Weeks(substance_words(one.substance), [self[self.name_of(item)] for item in items])

    @property
    def has_boxes(self) -> bool:
        """Whether a number is typed anywhere, rather than chosen."""
        return any(item.has_numbers for item in self.measure.items)

    @property
    def goes_below_nought(self) -> bool:
        return any(min(item.values) < 0 for item in self.measure.items)

    @property
    def substance(self) -> forms.BoundField | None:
        return self[f"{self.measure.key}_substance"] if self.measure.per_substance else None

    @property
    def answers(self) -> dict[str, Raw]:
        return {item.key: str(self.cleaned_data.get(self.name_of(item)) or "") for item in self.measure.items}

    @property
    def about(self) -> str:
        """The substance that was chosen; empty where it asks about none."""
        return str(self.cleaned_data.get(f"{self.measure.key}_substance", ""))

    @property
    def mode(self) -> Mode:
        return Mode.IN_ROOM if self.cleaned_data["date"] == clock.today() else Mode.PAPER

    @property
    def to_talk_about(self) -> bool:
        """Whether an answer asks for a conversation, on a page half filled in too."""
        if not self.is_bound:
            return False
        self.is_valid()
        return rules.HARM in rules.score(self.measure, self.answers).flags


def question_words(item: Item, words: texts.TextPack | None) -> str:
    """`9. Thoughts that …`, or `Question 9` where its words are not ours to show."""
    return f"{item.printed}. {_(words.question(item))}" if words else rules.question_said(item)


def _choices(measure: Instrument, item: Item, words: texts.TextPack | None) -> list[tuple[str, str]]:
    """The answers; what may stay without one can be emptied again, which no browser lets a chosen answer be."""
    answers = [(str(value), answer_words(item, value, words)) for value in item.values]
    return [*answers, ("", _("No answer"))] if rules.may_stay_open(measure, item.number) else answers


def _field(measure: Instrument, item: Item, words: texts.TextPack | None) -> forms.Field:
    label = question_words(item, words)
    if item.between:
        field: forms.Field = AsWritten(label=label)
        field.suffix = _("%(least)d to %(most)d") % {"least": item.between[0], "most": item.between[1]}
    else:
        field = Answer(label=label, choices=_choices(measure, item, words))
    field.away = away(measure, item)
    field.stem = words.stem_of(item) if words else ""
    field.named = rules.question_named(measure, item)
    return field
