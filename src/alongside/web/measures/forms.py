"""Measures by question or by total, side by side, and days of use."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions import substances, texts
from alongside.definitions.instruments import UK, Instrument, Item, instrument, instruments
from alongside.measures import rules
from alongside.measures.rules import Given, Use
from alongside.web.forms import Form, Problem, fields
from alongside.web.languages import once
from alongside.web.measures.how import HowAnswered
from alongside.web.safety.forms import Talking
from alongside.web.use_words import substance_words, unit_words

FIRST = ("phq9", "gad7")  # asked at every contact
SCREEN = "audit_c"
BY_QUESTION = (*FIRST, SCREEN)  # the others are scored elsewhere and entered by total


class AsWritten(fields.Text):
    """A number that the rules read themselves, because they know how it must be spelt."""

    kind = "decimal"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, width=4, max_length=12, **kwargs)
        self.suffix = kwargs.get("help_text", "")


class Answer(forms.ChoiceField):
    """One question's answers, all in view; drawn as a row of a grid."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.error_messages["invalid_choice"] = gettext_lazy("Choose one of the answers shown")


@once
def _sheet_of(key: str, jurisdiction: str) -> dict[str, forms.Field]:
    """An instrument's total and questions as fields, in a jurisdiction's edition, made once for every form: nothing
    changes one."""
    one = instrument(key)
    total = AsWritten(label=_("%(name)s total") % {"name": one.name})
    total.suffix = _("of %(most)s") % {"most": f"{one.most_of_total.normalize():f}"}
    total.named = one.name
    words = texts.pack(key, jurisdiction=jurisdiction)
    totals = {key: total} | ({f"{key}_harm": _harm(one)} if one.hides_harm else {})
    questions = zip(_item_fields(one), _asked(one), strict=True)
    return totals | {name: _question(one, item, words) for name, item in questions}


def _harm(one: Instrument) -> fields.Tick:
    """A total hides the answer about self-harm, so that whoever copies it from paper says what it was."""
    said = _("On paper, the answer about self-harm is more than “not at all”")
    tick = fields.Tick(label=said)
    tick.named = _("%(name)s, self-harm") % {"name": one.name}
    return tick


def _question(one: Instrument, item: Item, words: texts.TextPack | None) -> Answer:
    label = f"{item.printed}. {_(words.question(item))}" if words else rules.question_said(item)
    choices = [(str(value), answer_words(item, value, words)) for value in item.values]
    field = Answer(label=label, choices=choices)
    # As a refusal at the top of the page begins, far from the box itself.
    field.named = rules.question_named(one, item)
    return field


def answer_words(item: Item, value: int, words: texts.TextPack | None) -> str:
    """An answer as it is chosen: its number, and its words where they are here."""
    said = words.answer(item, value) if words else None
    return f"{value} {_(said)}" if said else str(value)


@once
def _use_of(key: str) -> dict[str, forms.Field]:
    """A substance's days, amount and unit as fields, made once as those of an instrument are."""
    name = {"name": substance_words(key)}
    units = [(unit, unit_words(unit)) for unit in substances.substances()[key].units]
    days = AsWritten(label=_("%(name)s: days of the last 28") % name)
    days.suffix = _("of 28 days")
    made = {
        f"{key}_days": days,
        f"{key}_amount": AsWritten(label=_("%(name)s: how much on such a day") % name),
        f"{key}_unit": forms.ChoiceField(label=_("%(name)s: counted in") % name, choices=units, required=False),
        f"{key}_sure": fields.Tick(label=_("%(name)s: this amount is right") % name),
    }
    if key == "other":
        made["other_named"] = fields.Text(label=_("Which one"), required=False, width=20, max_length=60)
    for field in made.values():
        field.named = substance_words(key)
    return made


@cache
def _sheets(jurisdiction: str) -> dict[str, Callable[[], dict[str, forms.Field]]]:
    """Every instrument and substance in the order of the page, with what makes its fields there."""
    measures = {one.key: partial(_sheet_of, one.key, jurisdiction) for one in instruments() if one.by_total}
    return measures | {key: partial(_use_of, key) for key in substances.substances()}


@cache
def _whose() -> dict[str, str]:
    """The instrument or substance of each field that somebody fills in: a browser sends a unit that nobody chose. They
    are called the same everywhere."""
    return {name: key for key, make in _sheets(UK).items() for name in make() if not name.endswith("_unit")}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One instrument in a form: its total, its questions, and whether they ought to be open."""

    key: str
    name: str
    total: forms.BoundField
    harm: forms.BoundField | None
    items: tuple[forms.BoundField, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class UseRow:
    """One substance in a form."""

    key: str
    name: str
    days: forms.BoundField
    amount: forms.BoundField
    unit: forms.BoundField | None
    unit_name: str
    sure: forms.BoundField
    named: forms.BoundField | None


class Measuring(Form):
    """Instruments and substances as fields: `phq9` or `phq9_item1` …, `alcohol_days`, `alcohol_amount`.

    A form that was sent has fields for what was entered; the hundred others are made when the page is drawn. The words
    of questions are those of the jurisdiction.
    """

    def __init__(self, *args: Any, jurisdiction: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sheets = _sheets(jurisdiction)
        self._entered = {name for name, value in self.data.items() if value.strip()}
        self._add(drawing=False)

    def _add(self, *, drawing: bool) -> None:
        asked = {_whose()[name] for name in self._entered & _whose().keys()}
        for key, make in self._sheets.items():
            if drawing or key in asked:
                made = make()
                self.fields |= {name: field for name, field in made.items() if name not in self.fields}

    # --- as the page draws it

    @property
    def first_sheets(self) -> list[Sheet]:
        self._add(drawing=True)
        return [self._sheet(instrument(key)) for key in FIRST]

    @property
    def screen(self) -> Sheet:
        self._add(drawing=True)
        return self._sheet(instrument(SCREEN))

    @property
    def other_sheets(self) -> list[Sheet]:
        self._add(drawing=True)
        return [self._sheet(one) for one in _by_total() if one.key not in (*FIRST, SCREEN)]

    def _sheet(self, one: Instrument) -> Sheet:
        items = tuple(self[name] for name in _item_fields(one))
        answered = any(item.errors or item.value() for item in items)
        harm = self[f"{one.key}_harm"] if one.hides_harm else None
        return Sheet(one.key, one.name, self[one.key], harm, items, answered)

    @property
    def use_rows(self) -> list[UseRow]:
        self._add(drawing=True)
        return [self._use_row(one) for one in substances.substances().values()]

    def _use_row(self, one: substances.Substance) -> UseRow:
        key = one.key
        return UseRow(
            key=key,
            name=substance_words(key),
            days=self[f"{key}_days"],
            amount=self[f"{key}_amount"],
            unit=self[f"{key}_unit"] if len(one.units) > 1 else None,
            unit_name=unit_words(one.units[0]) if len(one.units) == 1 else "",
            sure=self[f"{key}_sure"],
            named=self["other_named"] if key == "other" else None,
        )

    # --- as the summary says it

    def problems(self) -> Iterator[Problem]:
        """As of every form, but one line for all the questions of an instrument that have no answer."""
        self._gaps = {names[0]: (one, names) for one in _by_total() if (names := self._unanswered(one))}
        self._said_once = {name for _one, names in self._gaps.values() for name in names[1:]}
        yield from super().problems()

    def problems_of(self, bound: forms.BoundField) -> Iterator[Problem]:
        if bound.name in self._gaps:
            yield Problem(f"#{bound.auto_id}", _said_of_gaps(*self._gaps[bound.name]))
        elif bound.name not in self._said_once:
            yield from super().problems_of(bound)

    def _unanswered(self, one: Instrument) -> list[str]:
        """An empty answer is refused only where another answer of the same instrument was given."""
        return [name for name in _item_fields(one) if name in self.errors and not self.data.get(name, "").strip()]

    # --- as the actions take it

    def given(self) -> list[Given]:
        """Every measure that somebody entered anything of."""
        return [found for one in _by_total() if (found := self._given(one)) is not None]

    def _given(self, one: Instrument) -> Given | None:
        answers = [self._raw(name) for name in _item_fields(one)]
        total = self._raw(one.key).strip()
        if not any(answers) and not total:
            return None
        harm = bool(self.cleaned_data.get(f"{one.key}_harm")) and not any(answers)
        return Given(one.key, answers if any(answers) else None, total or None, harm=harm)

    def uses(self) -> list[Use]:
        return [found for key in substances.substances() if (found := self._use(key)) is not None]

    def _use(self, key: str) -> Use | None:
        days, amount = (self._raw(f"{key}_{part}").strip() for part in ("days", "amount"))
        named = self._raw("other_named").strip() if key == "other" else ""
        if not (days or amount or named):
            return None
        unit = self._raw(f"{key}_unit") or substances.substances()[key].units[0]
        return Use(key, days, amount or None, unit if amount else "", named, bool(self._raw(f"{key}_sure")))

    def _raw(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")

    @property
    def to_talk_about(self) -> bool:
        """Whether an answer asks for a conversation before the person leaves, on a page half filled in too."""
        if not self.is_bound:
            return False
        self.is_valid()
        return any(rules.HARM in flags for flags in map(_flags, self.given()))

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or self.cleaned_data
        for one in _by_total():
            answered = any(entered.get(name) for name in _item_fields(one))
            if answered and self._raw(one.key).strip():
                both = _("Give either every answer of %(name)s or its total, not both")
                self.add_error(one.key, both % {"name": one.name})
        return entered


@cache
def _by_total() -> tuple[Instrument, ...]:
    return tuple(one for one in instruments() if one.by_total)


def _asked(one: Instrument) -> tuple[Item, ...]:
    return one.items if one.key in BY_QUESTION else ()


def _item_fields(one: Instrument) -> list[str]:
    return [f"{one.key}_item{number}" for number, _item in enumerate(_asked(one), 1)]


def _said_of_gaps(one: Instrument, names: Sequence[str]) -> str:
    numbers = [name.rpartition("_item")[2] for name in names]
    said = {"name": one.name, "which": ", ".join(numbers), "missing": len(numbers), "all": len(one.items)}
    if len(numbers) == 1:
        return _("%(name)s, question %(which)s: choose an answer") % said
    return _("%(name)s: %(missing)d of %(all)d questions have no answer: %(which)s") % said


def _flags(given: Given) -> Sequence[str]:
    """A gap elsewhere on the page must not hide an answer: half a measure raises its flags all the same."""
    if given.answers is None:
        return (rules.HARM,) if given.harm else ()
    return rules.score(instrument(given.instrument), given.answers).flags


class MeasuredAlone(HowAnswered, Talking, Measuring):
    """Measures and use outside a contact."""

    date = fields.CivilDate(label=gettext_lazy("Day on which it was answered"), not_future=True)
