"""The form of the grid: a tick for each recipient and kind, and how it was said, once for all."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.rules import Handle
from alongside.consent import rules
from alongside.consent.rules import Alone, Choice, Given, Signer, Told
from alongside.definitions.policy import Mask
from alongside.web.consents.columns import Column
from alongside.web.consents.elements import Circumstances, Elements
from alongside.web.consents.forms import HowGiven, pieces_field
from alongside.web.forms import fields

TOLD = ("told_take_back", "told_passed_on", "told_refusing")
FOR_THEM = ("signer", "signed_by", "authority", "competent")


class Ticks(Elements, Circumstances, HowGiven):
    """What stands with each recipient, to be changed. What else a choice says (of what time it is, until when it holds,
    who is left out, who requires treatment) stays as it is with each."""

    alone = Alone()  # with nobody of staff beside them only in the person's own sign-in
    since = required_by = reported = onward = ends = None

    previewed = forms.CharField(widget=forms.HiddenInput, required=False)  # the mark of all sentences that were read

    def __init__(
        self, *args: Any, columns: Sequence[Column], part2: bool = False, intermediary: str = "", **kwargs: Any
    ) -> None:
        initial = {one.field: one.stands for one in columns} | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        self.drawn, self.columns = list(columns), [one for one in columns if not one.elsewhere]
        self.part2, self.intermediary = part2, intermediary
        for one in self.columns:
            self.fields[one.field] = pieces_field(one.whom.name)
        for name in () if part2 else TOLD:
            del self.fields[name]
        self.how = [one for one in (*TOLD, "given", "told_no_is_fine") if one in self.fields]
        self.for_them = [one for one in FOR_THEM if one in self.fields]

    def mask(self, column: Column) -> Mask:
        return column.agreed(self.cleaned_data.get(column.field) or [])

    def changed(self) -> list[Column]:
        """Those whose ticks are other than what stands."""
        return [one for one in self.columns if self.mask(one) != column_stands(one)]

    def signed(self, before: Choice, mask: Mask) -> Choice:
        """A choice that takes the place of another, with everything of it that the grid does not ask about."""
        entered = self.cleaned_data
        made = replace(
            before,
            categories=mask,
            given=Given(entered["given"] or Given.WRITTEN),  # empty in a preview alone
            witness=entered["witness"],
            told_no_is_fine=bool(entered["told_no_is_fine"]),
            signer=Signer(entered["signer"] or Signer.PERSON),
            signed_by=entered["signed_by"],
            authority=entered["authority"],
            competent=entered["competent"],
            told=self.told(before),
            exceptions=(),
            sooner=(),
            through=self.passed_on_by(before),
        )
        return rules.carried(made, before)

    def passed_on_by(self, before: Choice) -> str:
        """The body through which it reaches a class now, whoever that was when it was agreed."""
        return self.intermediary if Handle.kind(before.recipient) == "class" else ""

    def told(self, before: Choice) -> Told:
        return Told(*(bool(self.cleaned_data[name]) for name in TOLD)) if self.part2 else before.told

    def usable_for_preview(self) -> bool:
        """Whether it is clear what would be shared. How it is said may still be missing."""
        self.full_clean()
        for name in set(self.errors) - {one.field for one in self.columns} - {NON_FIELD_ERRORS}:
            del self.errors[name]
        return self.was_drawn()

    def was_drawn(self) -> bool:
        """Whether every tick is one that the page had, so that what would be shared can be said."""
        self.cleaned_data = dict.fromkeys(self.fields, "") | self.cleaned_data
        return not any(one.field in self.errors for one in self.columns) and bool(self.submission)

    def was_read(self, mark: str) -> None:
        """The page shows the sentences of this mark with the form, which brings it when it is sent."""
        self.data = self.data.copy()
        self.data["previewed"] = mark


def column_stands(column: Column) -> Mask:
    return column.agreed(column.stands)


class OwnTicks(Ticks):
    """What the person changes by themselves, and signs with their name."""

    large_answers = True
    given = witness = told_no_is_fine = signer = authority = competent = None
    signed_by = fields.Text(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("It is your signature: write it as you would on paper."),
        max_length=120,
    )

    def __init__(self, *args: Any, alone: Alone, part2: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, part2=part2, **kwargs)
        self.alone = alone
        told = {
            "told_take_back": _("I know that I can take this back in writing, or on this page"),
            "told_passed_on": _("I know that it may be passed on, and never used in proceedings against me"),
            "told_refusing": _("I know what follows from saying no"),
        }
        for name, words in told.items() if part2 else ():
            self.fields[name].label = words
        self.how, self.for_them = [*self.how, "signed_by"], []

    def signed(self, before: Choice, mask: Mask) -> Choice:
        made = Choice(
            recipient=before.recipient,
            categories=mask,
            given=Given.ELECTRONIC,
            purpose=before.purpose,
            told_no_is_fine=True,
            expires=before.expires,
            data=before.data,
            onward=before.onward,
            ends=before.ends,
            told=self.told(before),
            signed_by=self.cleaned_data["signed_by"],
            through=self.passed_on_by(before),
        )
        made = rules.by_themselves(rules.carried(made, before), before, asked_for_part_2=True)
        return self.alone.signs(made)
