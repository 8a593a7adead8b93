"""What the person enters: a password, and what they choose to share."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.consent.rules import Alone, Choice, Given, HowSaid, added, by_themselves
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.definitions.proxies import proxies
from alongside.kernel.periods import over
from alongside.organisations.queries import Place
from alongside.people.queries import OwnRecord
from alongside.people.rules import most
from alongside.web.consents.elements import PART_2
from alongside.web.consents.forms import Agree, Withdraw, pieces_field
from alongside.web.consents.previewing import READ
from alongside.web.consents.renewing import CARE
from alongside.web.forms import Form, fields


class NewPassword(Form):
    """A password for a sign-in that is being made."""

    large_answers = True
    password = forms.CharField(
        label=gettext_lazy("Choose a password"),
        help_text=gettext_lazy("At least 12 letters or numbers. Three words that you remember are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean_password(self) -> str:
        entered: str = self.cleaned_data["password"]
        validate_password(entered)
        return entered


class KnownPassword(Form):
    """The password of a sign-in that they have already."""

    large_answers = True
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        help_text=gettext_lazy("You sign in with this email address already. Enter that password."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )


class TakeBack(Withdraw):
    """Taking it back by themselves on a screen, in words to the person."""

    given = witness = None

    reason = fields.Text(
        label=gettext_lazy("Is there something that you want to say about it?"),
        help_text=gettext_lazy("You need not give a reason."),
        required=False,
    )

    def how(self) -> HowSaid:
        return HowSaid(Given.ELECTRONIC)


class AskMore(Form):
    """What a service asks the person to let it see."""

    kinds = fields.Choices(label=gettext_lazy("What would help you to see?"), choices=())
    why = fields.LongText(
        label=gettext_lazy("Why would it help?"),
        help_text=gettext_lazy("The person reads these words. Write them to the person."),
        rows=3,
        max_length=500,
    )
    until = fields.CivilDate(label=gettext_lazy("Until when at most?"), called=gettext_lazy("last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = pieces_field().choices


class AnswerMore(Form):
    """What the person does with it: sign at one of their records, or put it away."""

    large_answers = True
    answer = fields.Choice(
        label=gettext_lazy("What would you like to do?"),
        choices=[("yes", gettext_lazy("Choose what they see")), ("no", gettext_lazy("Put it away"))],
    )
    record = fields.Choice(label=gettext_lazy("Of which of your records?"), choices=(), required=False)

    def __init__(self, *args: Any, others: Sequence[OwnRecord], **kwargs: Any) -> None:
        """`others` are the person's records elsewhere; asked for where they said yes and there are several."""
        super().__init__(*args, **kwargs)
        self.only = others[0].id if len(others) == 1 else ""
        self.fields["record"].choices = [(one.id, one.service_name) for one in others]
        if len(others) < 2:
            del self.fields["record"]

    def chosen(self) -> str:
        """The record at which they want to sign; empty where it has to be asked for, or where they do not."""
        return self.only or str(self.cleaned_data.get("record", ""))


class LetLook(Form):
    """Somebody who is to look on a person's behalf."""

    name = fields.Text(label=gettext_lazy("Their name"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("Their email address"),
        help_text=gettext_lazy("They sign in with it. Nobody else should read it, and it is not the person's own."),
    )
    born = fields.CivilDate(
        label=gettext_lazy("When were they born?"),
        called=gettext_lazy("date of birth"),
        help_text=gettext_lazy("The link asks them for it, so that nobody else can open it."),
        not_future=True,
    )
    basis = fields.Choice(label=gettext_lazy("On what does it rest?"), choices=())
    decides = fields.Choice(
        label=gettext_lazy("Does the person decide about this by themselves?"),
        help_text=gettext_lazy("Also somebody young who understands the choice. Then nobody looks without their yes."),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        reveals={"yes": "agreed"},
    )
    agreed = fields.Text(
        label=gettext_lazy("How did the person agree, on which day, and who heard it?"), required=False, max_length=300
    )
    paper = fields.Text(
        label=gettext_lazy("What did you see that entitles them?"),
        help_text=gettext_lazy("Such as a registered power of attorney and its date, or a court's order."),
        required=False,
        max_length=300,
    )
    kinds = fields.Choices(label=gettext_lazy("What may they see?"), choices=())
    until = fields.CivilDate(
        label=gettext_lazy("Until when?"),
        called=gettext_lazy("last day"),
        help_text=gettext_lazy("The last day. Somebody looks then whether it is still right, and may invite again."),
    )

    def __init__(self, *args: Any, pack: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].said_optional = False  # drawn only where it is asked for
        self.fields["basis"].choices = [(one.key, _(one.words)) for one in proxies(pack).values()]
        known = policy.categories()
        offered = [key for key in policy.category_keys(most()) if key in READ]
        self.fields["kinds"].choices = [(key, _(known[key].words)) for key in offered]


_SAID_BY_STAFF = ("given", "witness", "told_no_is_fine", "signer", "authority", "competent", "required_by", "reported")
_IN_MY_WORDS = {
    "share": gettext_lazy("What may they see of your record here?"),
    "evaluate": gettext_lazy("They may also count me in the evaluation of the pathway; no name leaves the record"),
    "told_take_back": gettext_lazy("I know that I can take this back in writing, or on this page"),
    "told_passed_on": gettext_lazy("I know that it may be passed on, and never used in proceedings against me"),
    "told_refusing": gettext_lazy("I know what follows from saying no"),
}


class Choose(Agree):
    """What the person chooses by themselves, and signs with their name. `more` is what a service asked to see for a
    time, where that is what they answer: beside something that stands, what is added has a last day of its own."""

    large_answers = True
    sooner = fields.CivilDate(
        label=gettext_lazy("Until when may they see what you add?"),
        called=gettext_lazy("last day"),
        help_text=gettext_lazy("They asked for it until this day. What they see already stays as it was."),
        required=False,
    )
    signed_by = fields.Text(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("It is your signature: write it as you would on paper."),
        max_length=120,
    )

    def __init__(
        self,
        *args: Any,
        recipients: Iterable[Place],
        alone: Alone,
        more: Mask = 0,
        part2: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, recipients=recipients, part2=part2, **kwargs)
        self.alone, self.more = alone, more
        if not more:
            del self.fields["sooner"]
        for name in _SAID_BY_STAFF:
            del self.fields[name]
        for name, words in _IN_MY_WORDS.items():
            if name in self.fields:
                self.fields[name].label = words
        self.fields["share"].hints |= {
            "nothing_yet": _("They see nothing of my record here. I can change this on any day.")
        }
        self.fields["expires"].help_text = _("Leave it empty for as long as you want. You can stop it on any day.")
        wanted = ("recipient", "share", "share_pieces", "evaluate", "sooner", "since", "expires", *PART_2, "signed_by")
        self.asked = [name for name in wanted if name in self.fields and name != "share_pieces"]

    def circumstances(self) -> dict[str, Any]:
        return {"data": self.period(), "signed_by": self.cleaned_data["signed_by"]}

    def signed(self, recipient: str, mask: int, **more: Any) -> Choice:
        """The choice as the record keeps it: made on a screen, beside the words that saying no is fine."""
        return Choice(
            recipient=recipient, categories=mask, given=Given.ELECTRONIC, told_no_is_fine=True, **self.said(), **more
        )

    def beside(self, made: Choice, before: Choice) -> Choice:
        made = by_themselves(made, before, asked_for_part_2="onward" in self.fields)
        last = self.cleaned_data.get("sooner")
        if made.purpose != CARE or not last:
            return made
        return added(made, before, self.more, over(last))
