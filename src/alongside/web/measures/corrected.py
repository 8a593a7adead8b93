"""What should stand instead: of a questionnaire by its questions or its total, and of days of use."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions.instruments import Instrument, instrument
from alongside.definitions.substances import Substance
from alongside.measures import rules
from alongside.measures.queries import Answered
from alongside.measures.rules import Mode, Use
from alongside.safety.rules import Talk, is_rise
from alongside.web import words
from alongside.web.forms import fields
from alongside.web.measures import gaps, paper
from alongside.web.measures.how import NOTICED
from alongside.web.measures.questions import Questions
from alongside.web.measures.sheets import AsWritten
from alongside.web.putting_right import Correcting
from alongside.web.safety.forms import Talking, outcomes
from alongside.web.use_words import substance_words, unit_words

NOT_NOW = "not_now"  # of the conversation: a choice that was made cannot be unmade, so there is one that says nothing
YES_NO = {True: "yes", False: "no", None: ""}


class ResponseCorrected(Talking, Correcting):
    """One response put right. `before` is what it was."""

    def __init__(self, *args: Any, before: Answered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure, self.before = instrument(before.instrument), before
        self.fields["risk_outcome"].choices = [(NOT_NOW, _("Nothing to say of it now")), *outcomes()]
        self.initial.setdefault("risk_outcome", NOT_NOW)

    @property
    def talk(self) -> Talk | None:
        said = super().talk
        return None if said is None or said.outcome == NOT_NOW else said

    @property
    def asks_about_harm(self) -> bool:
        return any(flag.key == rules.HARM for flag in self.measure.flags)

    @property
    def told_of_harm(self) -> bool:
        """Whether what stood there before did."""
        return rules.HARM in self.before.flags


class AnswersCorrected(Questions, ResponseCorrected):
    """Every question, filled with what was answered."""

    def __init__(self, *args: Any, before: Answered, sees_use: bool, **kwargs: Any) -> None:
        measure = instrument(before.instrument)
        kwargs["initial"] = _as_it_was(measure, before)
        super().__init__(*args, measure=measure, before=before, **kwargs)
        for name in () if sees_use else NOTICED:
            del self.fields[name]  # what one cannot see stays as it is
        self.order_fields([f"{measure.key}_substance", *map(self.name_of, measure.items)])

    @property
    def mode(self) -> Mode:
        return self.before.context.mode

    @property
    def rises(self) -> bool:
        """Whether an answer about self-harm says more than it did, on a page half filled in too."""
        if not self.to_talk_about:
            return False
        then = [rules.raising(self.measure, rules.HARM, self.before.answers)] if self.told_of_harm else []
        return is_rise(rules.raising(self.measure, rules.HARM, self.answers), then)

    @property
    def given(self) -> dict[str, Any]:
        """What should stand, as the action takes it."""
        return {
            "answers": self.answers,
            "unfinished": self.unfinished,
            "substance": self.about,
            "context": self.context,
        }


def _as_it_was(measure: Instrument, before: Answered) -> dict[str, Any]:
    noticed, key = before.context.noticed, measure.key
    given = zip(measure.items, before.answers or (), strict=False)
    answers = {f"{key}_{item.key}": "" if value is None else str(value) for item, value in given}
    return answers | {
        gaps.name_of(measure): rules.is_unfinished(measure, before.value),
        f"{key}_substance": before.substance,
        "date": timezone.localtime(before.at).date(),
        "language": before.context.language,
        "helper": before.context.helper.value,
        "intoxicated": YES_NO[noticed.intoxicated],
        "in_withdrawal": YES_NO[noticed.in_withdrawal],
        "weeks_since_use": "" if noticed.weeks_since_use is None else str(noticed.weeks_since_use),
    }


class TotalCorrected(ResponseCorrected):
    """A total, where only the total was entered. It hides the answer about self-harm: what told of it goes on to."""

    date = fields.CivilDate(label=gettext_lazy("Day on which it was answered"), not_future=True)
    questions: Iterable[forms.BoundField] = ()

    def __init__(self, *args: Any, before: Answered, **kwargs: Any) -> None:
        measure, day = instrument(before.instrument), timezone.localtime(before.at).date()
        kwargs["initial"] = {
            "date": day,
            measure.key: _spelt(measure, before.value),
            paper.name_of(measure): paper.NOT_AT_ALL,
        }
        super().__init__(*args, before=before, **kwargs)
        self.fields[measure.key] = AsWritten(label=_("Total that should stand"))
        self.fields[measure.key].named = measure.name
        self.fields[measure.key].said_optional = False
        self.fields[measure.key].suffix = _("of %(most)s") % {"most": f"{measure.most_of_total.normalize():f}"}
        if measure.hides_harm and not self.told_of_harm:
            self.fields[paper.name_of(measure)] = paper.PaperHarm(measure)
        self.order_fields([measure.key, paper.name_of(measure), "date"])

    @property
    def total(self) -> forms.BoundField:
        return self[self.measure.key]

    @property
    def harm(self) -> forms.BoundField | None:
        name = paper.name_of(self.measure)
        return self[name] if name in self.fields else None

    @property
    def rises(self) -> bool:
        return self.is_bound and self.is_valid() and self._tells_of_harm() is True

    to_talk_about = rises

    def _tells_of_harm(self) -> bool | None:
        return paper.told(self.cleaned_data.get(paper.name_of(self.measure)))

    @property
    def given(self) -> dict[str, Any]:
        total = str(self.cleaned_data[self.measure.key] or "").strip()
        return {"total": total, "harm": self._tells_of_harm()}


def _spelt(measure: Instrument, value: Decimal | None) -> str:
    """A total as it must be written: a mean of 2 is 2.0 (`rules.check_total`)."""
    said, (fewest, _most) = words.number(value), measure.decimals
    return f"{Decimal(said):.{fewest}f}" if value is not None and len(said.partition(".")[2]) < fewest else said


class UseCorrected(Correcting):
    """Days of use put right."""

    date = fields.CivilDate(label=gettext_lazy("Day on which it was asked"), not_future=True)

    def __init__(self, *args: Any, substance: Substance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        key = self.key = substance.key
        self.fields[f"{key}_days"] = AsWritten(label=_("Days of the last 28"))
        self.fields[f"{key}_amount"] = AsWritten(label=_("How much on such a day"))
        units = [(unit, unit_words(unit)) for unit in substance.units]
        self.fields[f"{key}_unit"] = forms.ChoiceField(label=_("Counted in"), choices=units, required=False)
        self.fields[f"{key}_sure"] = fields.Tick(label=_("This amount is right"))
        self.fields[f"{key}_sure"].revealed = not self.data.get(f"{key}_sure")  # not drawn before it is asked for
        for part in ("days", "amount", "unit", "sure"):
            self.fields[f"{key}_{part}"].named = substance_words(key)
        self.order_fields([f"{key}_days", f"{key}_amount", f"{key}_unit", f"{key}_sure", "date"])

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if field == f"{self.key}_sure":
            self.fields[field].revealed = False

    def use(self, named: str) -> Use:
        parts = ("days", "amount", "unit", "sure")
        days, amount, unit, sure = (self.cleaned_data[f"{self.key}_{part}"] for part in parts)
        return Use(self.key, days, amount or None, unit if amount else "", named, sure)
