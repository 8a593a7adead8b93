"""Finding somebody, and putting right who they are."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from alongside.organisations.queries import Colleague
from alongside.people.rules import Identity, NumberStatus, Sex
from alongside.web.forms import Form, Paged, fields

SEXES = [
    (Sex.FEMALE, gettext_lazy("Female")),
    (Sex.MALE, gettext_lazy("Male")),
    (Sex.INDETERMINATE, gettext_lazy("Neither, or not sure")),
    (Sex.UNKNOWN, gettext_lazy("Not known")),
]


class Find(Paged):
    """A name, an NHS number or a date of birth."""

    q = fields.Text(
        label=gettext_lazy("Name, NHS number or date of birth"),
        help_text=gettext_lazy("For example Khan, 999 014 7320 or 17/4/1988"),
        required=False,
    )

    @property
    def text(self) -> str:
        return str(self.cleaned_data.get("q", "")).strip() if self.is_valid() else ""


class WhoTheyAre(Form):
    """A registration's identity, to be put right. Fields are named as the rules name them."""

    given_name = fields.Text(label=gettext_lazy("First name"), max_length=80)
    family_name = fields.Text(label=gettext_lazy("Last name"), max_length=80)
    preferred_name = fields.Text(label=gettext_lazy("Name they like to be called by"), max_length=80, required=False)
    pronouns = fields.Text(label=gettext_lazy("Pronouns"), max_length=40, required=False, width=20)
    birth_date = fields.CivilDate(
        label=gettext_lazy("Date of birth"), help_text=fields.BORN, not_future=True, earliest=None
    )
    nhs_number = fields.Text(
        label=gettext_lazy("NHS number"),
        help_text=gettext_lazy("10 digits, such as 999 014 7320. Leave it empty if it is not known."),
        max_length=20,
        required=False,
        width=20,
    )
    sex = fields.Choice(label=gettext_lazy("Sex"), choices=SEXES, inline=True)
    gender = fields.Text(label=gettext_lazy("Gender, in their words"), max_length=40, required=False, width=20)
    language = fields.Text(
        label=gettext_lazy("Language"),
        help_text=gettext_lazy("Its code: en for English, ur for Urdu, bfi for British Sign Language"),
        max_length=16,
        width=5,
    )
    interpreter = fields.Tick(label=gettext_lazy("They need an interpreter"))
    access_needs = fields.LongText(label=gettext_lazy("What helps them take part"), rows=2, required=False)
    phone = fields.Text(label=gettext_lazy("Telephone"), max_length=32, required=False, width=20)
    email = fields.Text(label=gettext_lazy("Email"), max_length=254, required=False)
    address = fields.LongText(label=gettext_lazy("Address"), rows=3, required=False)
    safe_contact = fields.LongText(
        label=gettext_lazy("How it is safe to contact them"),
        help_text=gettext_lazy("Shown at the top of every page about them"),
        rows=2,
        required=False,
    )
    text_is_safe = fields.Tick(label=gettext_lazy("They said that a text message to this telephone is safe"))
    email_is_safe = fields.Tick(label=gettext_lazy("They said that an email to this address is safe"))
    may_name_us = fields.Tick(label=gettext_lazy("They said that a message may name our service"))

    def identity(self, before: Identity) -> Identity:
        """What was entered; what this form does not ask stays as it was. A new number has not been traced."""
        entered: dict[str, Any] = self.values
        kept = {name: getattr(before, name) for name in ("ethnicity", "deprivation_decile", "nhs_number_status")}
        digits = entered["nhs_number"].replace(" ", "")
        if digits != before.nhs_number:
            kept["nhs_number_status"] = NumberStatus.PRESENT_NOT_TRACED if digits else NumberStatus.NOT_PRESENT
        return Identity(**(kept | entered))


class TakenOn(Form):
    """Who holds somebody's treatment from now on."""

    practitioner = forms.ChoiceField(label=gettext_lazy("Who takes them on?"))

    def __init__(self, *args: Any, colleagues: Iterable[Colleague], me: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {one.id: one.name for one in colleagues}
        self.fields["practitioner"].choices = sorted(people.items(), key=lambda one: (one[0] != me, one[1]))
