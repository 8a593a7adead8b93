"""What a referral, an acceptance and a decision not to accept ask for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions import doors, pathways, substances
from alongside.definitions.agreements import Agreement
from alongside.organisations.queries import Colleague, Place
from alongside.referral.actions import Carried, Wording
from alongside.referral.rules import Declining, Urgency, Use
from alongside.web import use_words
from alongside.web.consents.elements import DECIDING, SIGNING, HowGiven, Signed
from alongside.web.consents.forms import Pieces, bundle_field, pieces_field
from alongside.web.forms import Form, fields
from alongside.web.referrals import words
from alongside.web.urgency import within

ONE_SERVICE = "one_service"
TEAM = "team"
ONE_OF = {"invalid_choice": gettext_lazy("Choose one of the answers shown")}


class UseFields(Form):
    """What somebody drinks or uses; drawn inside other forms."""

    substance = forms.ChoiceField(label=gettext_lazy("Drinking or drug use"), required=False)
    days_of_28 = fields.WholeNumber(
        label=gettext_lazy("Days in the last 28"),
        lowest=0,
        highest=28,
        suffix=gettext_lazy("of 28"),
        required=False,
    )
    amount = fields.ExactNumber(label=gettext_lazy("Amount on a day of use"), lowest=0, highest=999, required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Amount counted in"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = substances.substances().values()
        self.fields["substance"].choices = [
            ("", _("Nothing, or not asked")),
            *((one.key, _(one.words)) for one in known),
        ]
        units = dict.fromkeys(unit for one in known for unit in one.units)
        self.fields["unit"].choices = [("", _("Not chosen"))] + [(unit, use_words.unit_words(unit)) for unit in units]
        self.fields["amount"].help_text = use_words.units_of_drinks()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("substance") and (
            cleaned.get("days_of_28") is not None or cleaned.get("amount") is not None
        ):
            self.add_error("substance", _("Choose what the days and the amount are of."))
        if cleaned.get("amount") is not None and cleaned.get("substance") and not cleaned.get("unit"):
            self._default_unit(cleaned)
        return cleaned

    def _default_unit(self, cleaned: dict[str, Any]) -> None:
        """A substance counted in one way only needs no choice."""
        units = substances.substances()[cleaned["substance"]].units
        if len(units) == 1:
            cleaned["unit"] = units[0]
        else:
            self.add_error("unit", _("Choose what the amount is counted in."))

    @property
    def use(self) -> Use:
        entered = self.cleaned_data
        if not entered["substance"]:
            return Use()
        return Use(entered["substance"], entered["days_of_28"], entered["amount"], entered["unit"])


class Refer(Signed, HowGiven, Pieces, UseFields):
    """A referral to another service, with what the person agreed to share each way."""

    to = fields.Choice(label=gettext_lazy("Refer to"))
    reason = fields.LongText(label=gettext_lazy("Why now?"), rows=4)
    wants = fields.LongText(
        label=gettext_lazy("What does the person want?"),
        help_text=gettext_lazy("In their own words where you can. They may read this."),
        rows=3,
    )
    urgency = fields.Choice(label=gettext_lazy("How soon should they decide?"), initial=Urgency.ROUTINE)
    arm = fields.Choice(label=gettext_lazy("Treat together?"), initial=ONE_SERVICE)
    share = bundle_field(gettext_lazy("What may they see of our record?"), pieces="share_pieces")
    share_pieces = pieces_field()
    back = bundle_field(
        gettext_lazy("What may we see of theirs, once they accept?"), pieces="back_pieces", required=False
    )
    back_pieces = pieces_field()

    field_order = [
        *("to", "reason", "wants", "substance", "days_of_28", "amount", "unit", "urgency"),
        *("arm", "share", "share_pieces", "back", "back_pieces"),
        *(*SIGNING, *DECIDING, "given", "witness", "told_no_is_fine"),
    ]

    def __init__(self, *args: Any, to: Iterable[Place], agreement: Agreement, pathway: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = list(to)
        self.fields["to"].choices = [(place.id, place.name) for place in there]
        if len(there) == 1:
            self.initial.setdefault("to", there[0].id)
        _offer_urgencies(self.fields["urgency"], agreement)
        arms = pathways.pathway(pathway).arms
        self.fields["arm"].choices = [(ONE_SERVICE, _("No: only the service I refer to"))] + [
            (arm.key, _("Yes: %(arm)s") % {"arm": _(arm.words).lower()}) for arm in arms
        ]
        self.fields["arm"].hints = {arm.key: _(arm.about) for arm in arms}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("arm", ONE_SERVICE) != ONE_SERVICE and not cleaned.get("back"):
            self.add_error("back", _("To treat together, choose what they may share back with us."))
        return cleaned

    @property
    def wording(self) -> Wording:
        entered = self.cleaned_data
        return Wording(entered["reason"], entered["wants"], self.use, Urgency(entered["urgency"]))

    @property
    def carried(self) -> Carried:
        arm = self.cleaned_data["arm"]
        return Carried(
            arm="" if arm == ONE_SERVICE else arm,
            share_back=self.mask("back") if arm != ONE_SERVICE else 0,
            given=self.cleaned_data["given"],
            witness=self.cleaned_data["witness"],
            told_no_is_fine=self.cleaned_data["told_no_is_fine"],
        )


def _offer_urgencies(field: fields.Choice, agreement: Agreement) -> None:
    field.choices = [(one.value, words.urgency(one)) for one in Urgency]
    promised = agreement.triage.within
    field.hints = {
        one.value: _("They promised to decide %(when)s") % {"when": within(getattr(promised, one))} for one in Urgency
    }


class Accept(Form):
    """Who takes the person on."""

    practitioner = forms.ChoiceField(label=gettext_lazy("Who takes them on?"), error_messages=ONE_OF)
    signing: tuple[str, ...] = ()  # what the person signs with it

    def __init__(
        self, *args: Any, colleagues: Iterable[Colleague], team: bool, roles: Mapping[str, str], **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        people = {one.id: f"{one.name}, {roles[one.role]}" for one in colleagues}
        choices = list(people.items())
        if team:
            choices.append((TEAM, _("The team, until somebody takes them")))
        self.fields["practitioner"].choices = choices

    @property
    def taker(self) -> str:
        """A practitioner, or empty for the team."""
        chosen = self.cleaned_data["practitioner"]
        return "" if chosen == TEAM else chosen


class AcceptAndSign(Signed, HowGiven, Accept):
    """Who takes the person on, and what is signed for what is shared back: for a programme under 42 CFR Part 2, where
    nobody can sign for what it discloses but with it, and by somebody young."""

    field_order = ["practitioner", *SIGNING, *DECIDING, "given", "witness", "told_no_is_fine"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signing = (*self.signing, "given", "told_no_is_fine")


class Decline(Form):
    """A decision not to take somebody on: never without a reason and an offer."""

    reason = fields.Choice(label=gettext_lazy("Why is it not accepted?"))
    threshold = fields.Text(
        label=gettext_lazy("Threshold you used"),
        help_text=gettext_lazy("Needed where the reason is drinking or drug use, such as: 15 units on a drinking day"),
        required=False,
    )
    words = fields.LongText(label=gettext_lazy("How did you come to this decision?"), rows=4)
    offered = fields.LongText(
        label=gettext_lazy("What do you offer instead?"),
        rows=3,
    )
    review_on = fields.CivilDate(
        label=gettext_lazy("Day to look at this again"),
        help_text=gettext_lazy("A day after today, for example 27 3 2027"),
    )

    def __init__(self, *args: Any, we_tell: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(key, words.decline(key)) for key in doors.declines()]
        self.fields["offered"].help_text = (
            _("You tell the person this yourself, in words they can use.")
            if we_tell
            else _("Whoever referred them hears this, and tells the person.")
        )

    @property
    def decision(self) -> Declining:
        entered = self.cleaned_data
        return Declining(
            reason=entered["reason"],
            words=entered["words"],
            offered=entered["offered"],
            threshold=entered["threshold"],
            review_on=entered["review_on"],
        )


class Confirm(Form):
    """A page that asks once more, with nothing to fill in."""
