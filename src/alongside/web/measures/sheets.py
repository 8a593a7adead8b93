"""The fields of every instrument and substance, made once a language for all forms: their words hardly ever change."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions import substances, texts
from alongside.definitions.instruments import UK, Instrument, Item, instrument, instruments
from alongside.measures import rules
from alongside.web.forms import fields
from alongside.web.languages import once
from alongside.web.measures import gaps, paper
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
        self.note = ""  # where what stands in it came from


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
    totals = {key: total} | ({paper.name_of(one): paper.PaperHarm(one)} if one.hides_harm else {})
    questions = zip(item_fields(one), _asked(one), strict=True)
    stopping = {gaps.name_of(one): gaps.tick(one)} if _asked(one) else {}
    return totals | {name: _question(one, item, words) for name, item in questions} | stopping


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
    return f"{value} {_(said) if said else number_words(item, value)}".rstrip()


def number_words(item: Item, value: int) -> str:
    """What the definition itself says that an answer is, whatever it scores; empty where its number is all there is.
    Without it a 9 at the end of 0 to 8 reads as the worst."""
    if value == item.not_applicable:
        return _("does not apply")
    if item.yes_no:
        return _("yes") if value else _("no")
    return ""


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
def makers(jurisdiction: str) -> dict[str, Callable[[], dict[str, forms.Field]]]:
    """Every instrument and substance in the order of the page, with what makes its fields there."""
    measures = {one.key: partial(_sheet_of, one.key, jurisdiction) for one in instruments() if one.by_total}
    return measures | {key: partial(_use_of, key) for key in substances.substances()}


@cache
def whose() -> dict[str, str]:
    """The instrument or substance of each field that somebody fills in: a browser sends a unit that nobody chose. They
    are called the same everywhere."""
    return {name: key for key, make in makers(UK).items() for name in make() if not name.endswith("_unit")}


@cache
def by_total() -> tuple[Instrument, ...]:
    return tuple(one for one in instruments() if one.by_total)


def _asked(one: Instrument) -> tuple[Item, ...]:
    return one.items if one.key in BY_QUESTION else ()


def item_fields(one: Instrument) -> list[str]:
    return [f"{one.key}_item{number}" for number, _item in enumerate(_asked(one), 1)]
