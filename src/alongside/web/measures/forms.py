"""Measures by question or by total, side by side, and days of use."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions import substances
from alongside.definitions.instruments import Instrument, instrument
from alongside.kernel.errors import Invalid, Several
from alongside.measures import rules
from alongside.measures.rules import Given, Use, Used
from alongside.web.forms import fields
from alongside.web.measures import paper
from alongside.web.measures.gaps import Gapped
from alongside.web.measures.how import HowAnswered
from alongside.web.measures.sheets import FIRST, SCREEN, by_total, item_fields, makers, whose
from alongside.web.safety.forms import Talking
from alongside.web.use_words import substance_words, unit_words


@dataclass(frozen=True, slots=True)
class Sheet:
    """One instrument in a form: its total, its questions, and whether they ought to be open."""

    key: str
    name: str
    total: forms.BoundField
    harm: forms.BoundField | None
    items: tuple[forms.BoundField, ...]
    stopping: forms.BoundField | None
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


class Measuring(Gapped):
    """Instruments and substances as fields: `phq9` or `phq9_item1` …, `alcohol_days`, `alcohol_amount`.

    A form that was sent has fields for what was entered; the hundred others are made when the page is drawn. The words
    of questions are those of the jurisdiction.
    """

    def __init__(self, *args: Any, jurisdiction: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sheets = makers(jurisdiction)
        self._entered = {name for name, value in self.data.items() if value.strip()}
        self._add(drawing=False)

    def _add(self, *, drawing: bool) -> None:
        asked = {whose()[name] for name in self._entered & whose().keys()}
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
        return [self._sheet(one) for one in by_total() if one.key not in (*FIRST, SCREEN)]

    def _sheet(self, one: Instrument) -> Sheet:
        items = tuple(self[name] for name in item_fields(one))
        answered = any(item.errors or item.value() for item in items)
        harm = self[paper.name_of(one)] if one.hides_harm else None
        return Sheet(one.key, one.name, self[one.key], harm, items, self.stopping(one), answered)

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

    def asked(self) -> Iterator[tuple[Instrument, Sequence[str]]]:
        return ((one, item_fields(one)) for one in by_total())

    # --- as the actions take it

    def given(self) -> list[Given]:
        """Every measure that somebody entered anything of."""
        return [found for one in by_total() if (found := self._given(one)) is not None]

    def _given(self, one: Instrument) -> Given | None:
        answers = [self._raw(name) for name in item_fields(one)]
        total = self._raw(one.key).strip()
        if not any(answers) and not total:
            return None
        if any(answers):
            return Given(one.key, answers, unfinished=self.stopped(one))
        return Given(one.key, total=total, harm=self._told_of_harm(one))

    def _told_of_harm(self, one: Instrument) -> bool | None:
        return paper.told(self.cleaned_data.get(paper.name_of(one)))

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
        for one in by_total():
            answered = any(entered.get(name) for name in item_fields(one))
            if answered and self._raw(one.key).strip():
                both = _("Give either every answer of %(name)s or its total, not both")
                self.add_error(one.key, both % {"name": one.name})
            elif one.key not in self.errors and self._told_of_harm(one) is not None and not self._given_total(one):
                self.add_error(one.key, self._harm_alone(one, answered=answered))
        return entered

    def _given_total(self, one: Instrument) -> bool:
        return bool(self._raw(one.key).strip())

    def _harm_alone(self, one: Instrument, *, answered: bool) -> str:
        """What is said of the paper belongs to a total: without one it would be lost unseen."""
        if answered:
            return _("The answers of %(name)s say it by themselves. Empty what the paper says of self-harm") % {
                "name": one.name
            }
        return _("Enter the total of %(name)s that goes with it, or empty what the paper says of self-harm") % {
            "name": one.name
        }


def _flags(given: Given) -> Sequence[str]:
    """A gap elsewhere on the page must not hide an answer: half a measure raises its flags all the same."""
    if given.answers is None:
        return (rules.HARM,) if given.harm else ()
    return rules.score(instrument(given.instrument), given.answers).flags


class MeasuredAlone(HowAnswered, Talking, Measuring):
    """Measures and use outside a contact, each of them recorded by itself: what they say together is checked here."""

    date = fields.CivilDate(label=gettext_lazy("Day on which it was answered"), not_future=True)

    def clean(self) -> dict[str, Any]:
        entered = super().clean()
        if not self.errors:
            with suppress(Several):  # days that cannot be are the action's to refuse
                self._check_last_use(rules.check_all((), self.uses()).uses)
        return entered

    def _check_last_use(self, uses: Sequence[Used]) -> None:
        try:
            rules.check_last_use(self.context, uses)
        except Invalid as problem:
            self.add_error(problem.field, problem.message)
