"""What is asked when something happened or a medicine changed, and when either is put right."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.lives.rules import LONGEST, Told
from alongside.medication.rules import LONGEST as LONGEST_NAME
from alongside.medication.rules import Told as Changed
from alongside.web.forms import Form, fields
from alongside.web.lives import words as said
from alongside.web.putting_right import Correcting


class Happened(Form):
    """One event, its fields named as the rules name them."""

    kind = forms.ChoiceField(label=gettext_lazy("What happened?"))
    start = fields.CivilDate(label=gettext_lazy("Day on which it happened or began"), not_future=True)
    end = fields.CivilDate(
        label=gettext_lazy("Last day, if it lasted"),
        help_text=gettext_lazy("Leave it empty if it was one day, or goes on."),
        not_future=True,
        required=False,
    )
    words = fields.LongText(
        label=gettext_lazy("What should the team know about it?"),
        help_text=gettext_lazy("A sentence or two. They may read it."),
        rows=2,
        required=False,
        max_length=LONGEST,
    )
    source = fields.Choice(label=gettext_lazy("Who told you?"), choices=list(said.TELLERS.items()))
    certainty = fields.Choice(label=gettext_lazy("How sure is it?"), choices=list(said.CERTAINTIES.items()))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Choose")), *((key, said.kind(key)) for key in said.kinds())]

    def as_told(self) -> Told:
        entered = self.cleaned_data
        return Told(**{name: entered[name] for name in ("kind", "start", "end", "source", "certainty", "words")})


class HappenedCorrected(Happened, Correcting):
    """What should stand."""

    field_order = ["kind", "start", "end", "words", "source", "certainty", "reason", "told", "told_others"]


class MedicineChanged(Form):
    """One change of medicine, its fields named as the rules name them."""

    medicine = fields.Text(
        label=gettext_lazy("Which medicine?"),
        help_text=gettext_lazy("As they call it, or as it stands on the box."),
        max_length=LONGEST_NAME,
    )
    what = fields.Choice(
        label=gettext_lazy("What changed?"),
        choices=list(said.CHANGES.items()),
    )
    dose = fields.Text(
        label=gettext_lazy("Dose from then on"),
        help_text=gettext_lazy("For example 50 mg in the morning. Leave it empty if it was stopped."),
        max_length=LONGEST_NAME,
        required=False,
    )
    day = fields.CivilDate(label=gettext_lazy("Day on which it changed"), not_future=True)
    source = fields.Choice(label=gettext_lazy("Who told you?"), choices=list(said.SOURCES.items()))

    def as_told(self) -> Changed:
        entered = self.cleaned_data
        return Changed(**{name: entered[name] for name in ("medicine", "what", "day", "dose", "source")})


class MedicineCorrected(MedicineChanged, Correcting):
    """What should stand."""

    field_order = ["medicine", "what", "dose", "day", "source", "reason", "told", "told_others"]
