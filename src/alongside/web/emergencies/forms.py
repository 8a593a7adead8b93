"""Looking in an emergency, and what a review of it found."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from alongside.people.rules import Typed
from alongside.safety.rules import DOCUMENTED, LONGEST_NAME, LONGEST_REASON, Declaration, Verdict
from alongside.web.accounts.again import PasswordAgain
from alongside.web.forms import Form, fields

VERDICTS = {
    Verdict.APPROPRIATE: gettext_noop("It was appropriate"),
    Verdict.FOLLOW_UP: gettext_noop("It has to be followed up"),
    Verdict.NOT_APPROPRIATE: gettext_noop("It was not appropriate"),
}


class Declare(PasswordAgain):
    """Who is meant, as typed, and why now. What 42 CFR 2.51(c) names is asked where a country's law does."""

    given_name = fields.Text(label=gettext_lazy("First name"), max_length=80)
    family_name = fields.Text(label=gettext_lazy("Last name"), max_length=80)
    birth_date = fields.CivilDate(
        label=gettext_lazy("Date of birth"), help_text=fields.BORN, not_future=True, earliest=None
    )
    nhs_number = fields.Text(
        label=gettext_lazy("NHS number"),
        help_text=gettext_lazy(
            "10 digits. It tells two people of one name and birthday apart; without it neither opens."
        ),
        max_length=20,
        required=False,
        width=20,
    )
    reason = fields.LongText(
        label=gettext_lazy("Why do you have to look now?"),
        help_text=gettext_lazy("Whoever oversees privacy reads this, and the person may."),
        rows=3,
        max_length=LONGEST_REASON,
    )
    nature = fields.LongText(
        label=gettext_lazy("What is the medical emergency?"), rows=2, max_length=LONGEST_REASON, required=False
    )
    medical_name = fields.Text(
        label=gettext_lazy("Which medical professional is shown the record?"), max_length=LONGEST_NAME, required=False
    )
    affiliation = fields.Text(
        label=gettext_lazy("Which hospital, surgery or other facility do they work for?"),
        max_length=LONGEST_NAME,
        required=False,
    )
    disclosed_by = fields.Text(
        label=gettext_lazy("Who makes the disclosure?"),
        help_text=gettext_lazy("You, where you open it yourself."),
        max_length=LONGEST_NAME,
        required=False,
    )

    field_order = [
        *("given_name", "family_name", "birth_date", "nhs_number", "reason"),
        *("nature", "medical_name", "affiliation", "disclosed_by", "password"),
    ]

    def __init__(self, *args: Any, documented: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DOCUMENTED:
            self.fields[name].said_optional = False
            if not documented:
                del self.fields[name]

    def typed(self) -> Typed:
        entered = self.cleaned_data
        return Typed(*(entered[name] for name in ("given_name", "family_name", "birth_date", "nhs_number")))

    def why(self) -> Declaration:
        return Declaration(self.cleaned_data["reason"], *(self.cleaned_data.get(name, "") for name in _IN_ORDER))


_IN_ORDER = ("medical_name", "affiliation", "disclosed_by", "nature")


class Reviewed(Form):
    """What whoever oversees privacy found."""

    verdict = fields.Choice(label=gettext_lazy("What did you find?"))
    words = fields.LongText(
        label=gettext_lazy("What you looked at and whom you asked"), rows=3, max_length=LONGEST_REASON
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [(one.value, _(words)) for one, words in VERDICTS.items()]
        self.fields["verdict"].hints = {
            Verdict.FOLLOW_UP.value: _("You owe the end of it, in 5 working days."),
        }
