"""One consent to one recipient for one purpose, with all that the country's law asks to be said."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.rules import Mask
from alongside.consent.rules import Choice, Ends
from alongside.definitions import policy
from alongside.definitions.consents import ForItself
from alongside.kernel.periods import over
from alongside.web.consents.elements import PART_2, SELDOM, Circumstances, Elements, HowGiven
from alongside.web.consents.forms import choice, pieces_field
from alongside.web.forms import fields

NOT_PASSED_ON = ("onward", "told_passed_on", "told_refusing")
CARE = "direct_care"


class OneConsent(Elements, Circumstances, HowGiven):
    """Who may see what. `offered` are (handle, what to call it). What the law does not ask for is not on the form."""

    recipient = forms.ChoiceField(label=gettext_lazy("Who may see it?"))
    kinds = fields.Choices(label=gettext_lazy("What may they see?"), choices=())
    expires = fields.CivilDate(
        label=gettext_lazy("Until when?"),
        called=gettext_lazy("last day"),
        help_text=gettext_lazy("The last day, where it ends on one. They can stop it on any day."),
        required=False,
    )

    field_order = ["recipient", "kinds", "expires", *PART_2, "given", "witness", "told_no_is_fine", *SELDOM]
    purpose, fixed, passed_on = CARE, 0, True

    def __init__(self, *args: Any, offered: Iterable[tuple[str, str]], part2: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].choices = [("", _("Choose")), *offered]
        self.fields["kinds"].choices = pieces_field().choices
        for name in self._not_asked(part2):
            del self.fields[name]
        if "ends" in self.fields and not self.passed_on:
            self.fields["ends"].choices = [one for one in self.fields["ends"].choices if one[0] != Ends.NEVER]
        self.seldom = SELDOM
        self.asked = [name for name in self.field_order if name in self.fields and name not in (*SELDOM, "witness")]

    def _not_asked(self, part2: bool) -> list[str]:
        kinds = ["kinds"] if self.fixed else []
        left_out = PART_2 if not part2 else () if self.passed_on else NOT_PASSED_ON
        return [*kinds, *left_out]

    def handle(self) -> str:
        return str(self.cleaned_data["recipient"])

    def recipient_name(self) -> str:
        return str(dict(self.fields["recipient"].choices)[self.handle()])

    def made(self) -> Choice:
        """The choice as the record keeps it."""
        mask: Mask = self.fixed or policy.categories_mask(*self.cleaned_data["kinds"])
        said = self.circumstances() | (self.elements() if "ends" in self.fields else {})
        return choice(
            self, self.handle(), mask, purpose=self.purpose, expires=over(self.cleaned_data["expires"]), **said
        )

    def elements(self) -> dict[str, Any]:
        for name in NOT_PASSED_ON:
            self.cleaned_data.setdefault(name, False)
        return super().elements()


class ForPurpose(OneConsent):
    """For a purpose besides care."""

    def __init__(self, *args: Any, asked: ForItself, **kwargs: Any) -> None:
        self.about = asked
        self.purpose, self.fixed, self.passed_on = asked.purpose, asked.mask, asked.passed_on
        super().__init__(*args, **kwargs)
