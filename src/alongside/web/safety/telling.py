"""What is asked when something is told without the person's consent, and when an entry is withheld from them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions import policy
from alongside.definitions.bases import bases
from alongside.definitions.policy import Mask
from alongside.kernel import clock
from alongside.organisations.queries import Place
from alongside.safety.rules import MOST_WORDS, Paper, Push, Way, Why, Withheld
from alongside.web.forms import Form, fields

OUTSIDE = "outside"
WAYS = {
    Way.PHONE: gettext_lazy("By telephone"),
    Way.LETTER: gettext_lazy("By letter"),
    Way.SECURE_EMAIL: gettext_lazy("By secure email"),
    Way.IN_PERSON: gettext_lazy("In person"),
}
EVERY_WAY = WAYS | {Way.RECORD: gettext_lazy("A copy in their own record")}
PAPERS = {Paper.ORDER: gettext_lazy("A court's order"), Paper.SUBPOENA: gettext_lazy("A subpoena")}
WHYS = {
    Why.SERIOUS_HARM: gettext_lazy("It would put somebody at risk of serious harm"),
    Why.THIRD_PARTY: gettext_lazy("Somebody else told it in confidence"),
}


class Withhold(Form):
    """Why an entry is kept from the person."""

    withhold = fields.Choice(label=gettext_lazy("Why may they not read it?"), choices=list(WHYS.items()))
    withhold_words = fields.LongText(
        label=gettext_lazy("What would happen if they did?"),
        help_text=gettext_lazy("Somebody else decides by what you write here. The person does not see it."),
        rows=3,
        max_length=2_000,
    )

    def said(self) -> Withheld:
        entered = self.cleaned_data
        return Withheld(entered["withhold"], entered["withhold_words"])


class Review(Form):
    """The second look."""

    upheld = fields.Choice(
        label=gettext_lazy("What do you decide?"),
        choices=[
            ("yes", gettext_lazy("It stays withheld")),
            ("no", gettext_lazy("They may see it, from now on")),
        ],
    )


class Telling(Form):
    """One disclosure, its fields named as the rules name them."""

    basis = fields.Choice(label=gettext_lazy("On what does it rest?"))
    papers = fields.Choices(
        label=gettext_lazy("Which papers do you have?"),
        choices=list(PAPERS.items()),
        help_text=gettext_lazy("Only where it rests on a court."),
        required=False,
    )
    ground = fields.Text(
        label=gettext_lazy("Which order, or which law?"),
        help_text=gettext_lazy("Only where it rests on a court or a law: its name, number and day."),
        required=False,
    )
    shared = fields.LongText(
        label=gettext_lazy("What was told?"),
        help_text=gettext_lazy("In the words that were used, and no more than was needed. It is kept encrypted."),
        rows=4,
        max_length=MOST_WORDS,
    )
    kinds = fields.Choices(
        label=gettext_lazy("Which kinds of information was it?"),
        help_text=gettext_lazy("Only what you may see yourself."),
    )
    to = fields.Choice(
        label=gettext_lazy("Who was told?"),
        reveals={OUTSIDE: "to_body"},
        help_text=gettext_lazy("A service of the partnership gets a copy in its own record, and no access to ours."),
    )
    to_body = fields.Text(label=gettext_lazy("Who, and where do they work?"), required=False)
    way = fields.Choice(
        label=gettext_lazy("How was it given?"),
        choices=list(WAYS.items()),
        help_text=gettext_lazy("Only to somebody outside."),
        required=False,
    )
    decided_by = forms.ChoiceField(
        label=gettext_lazy("Who decided to tell it?"),
        help_text=gettext_lazy("You, or the colleague for whom you write it down."),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the answers shown")},
    )
    at = fields.CivilDate(label=gettext_lazy("Day"), not_future=True)
    time = fields.ClockTime(label=gettext_lazy("Time"))
    told = fields.Choice(
        label=gettext_lazy("Was the person told?"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
        reveals={"no": "not_told"},
    )
    not_told = fields.LongText(label=gettext_lazy("Why not?"), rows=2, required=False, max_length=MOST_WORDS)
    withhold = fields.Choice(
        label=gettext_lazy("May they read this entry in their own view?"),
        choices=[("", gettext_lazy("Yes")), *((key, words) for key, words in WHYS.items())],
        help_text=gettext_lazy("Where not, somebody else looks at it within two working days."),
        required=False,
    )
    withhold_words = fields.LongText(
        label=gettext_lazy("What would happen if they did?"),
        help_text=gettext_lazy("Only where they may not read it."),
        rows=2,
        required=False,
        max_length=2_000,
    )

    def __init__(
        self,
        *args: Any,
        pack: str,
        sees: Mask,
        partners: Iterable[Place],
        colleagues: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_by"].choices = list(colleagues)
        for field in self.fields.values():
            field.said_optional = False  # what is not always asked for says when
        law = bases(pack).values()
        self.fields["basis"].choices = [(one.key, _(one.words)) for one in law]
        self.fields["basis"].hints = {one.key: basis_hint(one.limits, one.source, one.verified) for one in law}
        if not any(one.papers for one in law):
            del self.fields["papers"]
        seen = [kind for kind in policy.categories().values() if kind.mask & sees]
        self.fields["kinds"].choices = [(kind.key, _(kind.words)) for kind in seen]
        self.fields["to"].choices = [*((one.id, one.name) for one in partners), (OUTSIDE, _("Somebody outside"))]

    def push(self) -> Push:
        entered = self.cleaned_data
        outside = entered["to"] == OUTSIDE
        return Push(
            basis=entered["basis"],
            kinds=policy.categories_mask(*entered["kinds"]),
            shared=entered["shared"],
            at=self._at(),
            told=entered["told"] == "yes",
            not_told=entered["not_told"],
            to_service="" if outside else entered["to"],
            to_body=entered["to_body"] if outside else "",
            way=entered["way"] if outside else "",
            ground=entered["ground"],
            papers=frozenset(entered.get("papers", ())),
            decided_by=entered["decided_by"],
        )

    def _at(self) -> datetime:
        """The minute that has begun counts as over: whoever writes down what they have just done is not early."""
        at = timezone.make_aware(datetime.combine(self.cleaned_data["at"], self.cleaned_data["time"]))
        return at.astimezone(clock.now().tzinfo)

    def withheld(self) -> Withheld | None:
        entered = self.cleaned_data
        return Withheld(entered["withhold"], entered["withhold_words"]) if entered["withhold"] else None


def basis_hint(limits: str, source: str, verified: bool) -> str:
    """What the law limits it to, and where that stands; said where nobody has seen the text."""
    unseen = "" if verified else _("not checked against the text")
    where = f"{source}, {unseen}" if unseen else source
    return f"{_(limits)} ({where})" if limits else where
