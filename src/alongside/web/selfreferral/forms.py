"""The questions of the public door, one a page, in words for everybody."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions import substances
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.organisations.queries import Place
from alongside.organisations.rules import ServiceKind
from alongside.people import rules as people
from alongside.referral.rules import Use, check_use
from alongside.web import use_words
from alongside.web.forms import Form, Query, fields
from alongside.web.languages import LANGUAGES
from alongside.web.subject import language_words

NOTHING = "nothing"
ALCOHOL = "alcohol"
OTHER_WAY = "other"
HELPS_WITH = {
    ServiceKind.TALKING_THERAPIES: gettext_lazy("Low mood, worry, panic, bad sleep, bad memories"),
    ServiceKind.SUBSTANCE_USE: gettext_lazy("Drinking or drugs, if you want to stop, cut down or stay safe"),
}
WAYS = {
    "ring": gettext_lazy("You can ring me and leave a message"),
    "no_message": gettext_lazy("You can ring me, but leave no message"),
    "text": gettext_lazy("Only send a text"),
    "email": gettext_lazy("Only send an email"),
    OTHER_WAY: gettext_lazy("Another way"),
}


class Step(Query):
    """One page. Its answers wait in the session until everything is sent; nothing is written before."""

    large_answers = True
    title: Any = ""
    why_asked: Any = ""

    def __init__(self, *args: Any, services: Iterable[Place], substance: str = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services, self.substance = list(services), substance

    def refuse(self, field: str, check: Callable[[], object]) -> None:
        """A rule of the record, said beside the box."""
        try:
            check()
        except Invalid as refusal:
            self.add_error(field, refusal.message)


class Where(Step):
    title = gettext_lazy("What do you want help with?")
    why_asked = gettext_lazy("Not sure? Choose what troubles you most. You can have help with both.")

    service = fields.Choice(label=gettext_lazy("What do you want help with?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [(place.id, place.name) for place in self.services]
        self.fields["service"].hints = {place.id: HELPS_WITH[place.kind] for place in self.services}


class Why(Step):
    title = gettext_lazy("What is going on?")

    reason = fields.LongText(
        label=gettext_lazy("What is going on?"), help_text=gettext_lazy("A few words are enough."), max_length=4000
    )


class Wants(Step):
    title = gettext_lazy("What would you like to be different?")

    wants = fields.LongText(
        label=gettext_lazy("What would you like to be different?"),
        help_text=gettext_lazy("In your own words. For example: I want to sleep."),
        rows=4,
        max_length=4000,
    )


class Substance(Step):
    title = gettext_lazy("Do you drink or use drugs?")
    why_asked = gettext_lazy("We ask everybody. Your answer is no reason by itself to turn you away.")

    substance = fields.Choice(label=gettext_lazy("Do you drink or use drugs?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one.key, _(one.words)) for one in substances.substances().values()]
        self.fields["substance"].choices = [*known, (NOTHING, _("No, or I would rather not say"))]
        self.fields["substance"].help_text = _("If there is more than one, choose the one that troubles you most.")


class Amount(Step):
    title = gettext_lazy("How much?")
    why_asked = gettext_lazy("A guess is fine. You can leave this empty.")

    days_of_28 = fields.WholeNumber(
        label=gettext_lazy("On how many of the last 28 days?"),
        lowest=0,
        highest=28,
        suffix=gettext_lazy("of 28"),
        required=False,
    )
    amount = fields.ExactNumber(
        label=gettext_lazy("If it is alcohol: how many units on a day when you drink?"),
        lowest=0,
        highest=200,
        suffix=gettext_lazy("units"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].help_text = use_words.units_of_drinks()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.substance == ALCOHOL:  # units are of nothing else, and are not kept of anything else
            said = Use(ALCOHOL, cleaned.get("days_of_28"), cleaned.get("amount"))
            self.refuse("amount", lambda: check_use(said))
        return cleaned


class Name(Step):
    title = gettext_lazy("What is your name?")

    given_name = fields.Text(label=gettext_lazy("First name"), max_length=80)
    family_name = fields.Text(label=gettext_lazy("Last name"), max_length=80)
    preferred_name = fields.Text(label=gettext_lazy("What should we call you?"), required=False, max_length=80)


class Born(Step):
    title = gettext_lazy("When were you born?")

    birth_date = fields.CivilDate(
        label=gettext_lazy("Date of birth"), help_text=fields.BORN, not_future=True, earliest=None
    )
    nhs_number = fields.Text(
        label=gettext_lazy("NHS number"),
        help_text=gettext_lazy("Only if you have it to hand. It has 10 digits."),
        required=False,
        width=12,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        born = cleaned.get("birth_date")
        if born:
            self.refuse("birth_date", lambda: people.check_birth_date(born, clock.today()))
        self.refuse("nhs_number", lambda: people.check_nhs_number(cleaned.get("nhs_number", "")))
        return cleaned


class Reach(Step):
    title = gettext_lazy("How can we reach you safely?")
    why_asked = gettext_lazy("Think of who else sees your phone or your post.")

    phone = fields.Text(label=gettext_lazy("Phone number"), required=False, width=20, max_length=40)
    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        required=False,
        error_messages={"invalid": gettext_lazy("Enter an email address such as name@example.org")},
    )
    way = fields.Choice(
        label=gettext_lazy("What is safe?"), choices=list(WAYS.items()), reveals={OTHER_WAY: "other_way"}
    )
    other_way = fields.Text(
        label=gettext_lazy("How, and when?"), help_text=gettext_lazy("Such as: only before 3 pm"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        way = cleaned.get("way")
        if way == "email" and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter an email address, or choose another way."))
        elif way != "email" and not cleaned.get("phone") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("phone", _("Enter a phone number or an email address, so that we can answer you."))
        if way == OTHER_WAY and not cleaned.get("other_way", "").strip():
            self.add_error("other_way", _("Say how we can reach you."))
        return cleaned


class Needs(Step):
    title = gettext_lazy("What makes it easier for you?")

    language = forms.ChoiceField(label=gettext_lazy("Language"), initial="en")
    interpreter = fields.Tick(label=gettext_lazy("I would like an interpreter"))
    access_needs = fields.Text(
        label=gettext_lazy("Anything else that helps you"),
        help_text=gettext_lazy("Such as: large print, a quiet room, ground floor"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, language_words(code)) for code in LANGUAGES]


class Check(Form):
    """Nothing to fill in: reading it over, then sending."""

    large_answers = True


STEPS: dict[str, type[Step]] = {
    "where": Where,
    "why": Why,
    "wants": Wants,
    "use": Substance,
    "amount": Amount,
    "name": Name,
    "born": Born,
    "reach": Reach,
    "needs": Needs,
}
