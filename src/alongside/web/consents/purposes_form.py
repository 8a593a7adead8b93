"""One consent for one purpose besides care, to one recipient, with all that the country's law asks to be said."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy

from alongside.access.rules import Handle, Mask
from alongside.consent.rules import Choice, Ends
from alongside.definitions import policy
from alongside.definitions.consents import ForItself
from alongside.kernel.clock import LONDON
from alongside.kernel.periods import FOR_EVER
from alongside.organisations.queries import Place
from alongside.web.consents.elements import PART_2, SELDOM, Circumstances, Elements
from alongside.web.consents.forms import HowGiven, choice, pieces_field
from alongside.web.forms import fields

NOT_PASSED_ON = ("onward", "told_passed_on", "told_refusing")


class ForPurpose(Elements, Circumstances, HowGiven):
    """Who may see what, for the one purpose that the page is about."""

    recipient = fields.Choice(label=gettext_lazy("Who may see it?"))
    kinds = fields.Choices(label=gettext_lazy("What may they see?"), choices=())
    expires = fields.CivilDate(
        label=gettext_lazy("Until when?"),
        help_text=gettext_lazy("The last day, where it ends on one. They can stop it on any day."),
        required=False,
    )

    field_order = ["recipient", "kinds", "expires", *PART_2, "given", "witness", "told_no_is_fine", *SELDOM]

    def __init__(self, *args: Any, asked: ForItself, places: Iterable[Place], part2: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = asked
        self.fields["recipient"].choices = [(place.id, place.name) for place in places]
        self.fields["kinds"].choices = pieces_field().choices
        for name in self._not_asked(part2):
            del self.fields[name]
        if "ends" in self.fields and not asked.passed_on:
            self.fields["ends"].choices = [one for one in self.fields["ends"].choices if one[0] != Ends.NEVER]
        self.seldom = SELDOM
        self.asked = [name for name in self.field_order if name in self.fields and name not in (*SELDOM, "witness")]

    def _not_asked(self, part2: bool) -> list[str]:
        fixed = ["kinds"] if self.about.mask else []
        left_out = PART_2 if not part2 else () if self.about.passed_on else NOT_PASSED_ON
        return [*fixed, *left_out]

    def handle(self) -> str:
        return Handle.service(str(self.cleaned_data["recipient"]))

    def recipient_name(self) -> str:
        return str(dict(self.fields["recipient"].choices)[self.cleaned_data["recipient"]])

    def chosen(self) -> Mask:
        return self.about.mask or policy.categories_mask(*self.cleaned_data["kinds"])

    def made(self) -> Choice:
        """The choice as the record keeps it."""
        said = self.circumstances() | (self.elements() if "ends" in self.fields else {})
        return choice(self, self.handle(), self.chosen(), purpose=self.about.purpose, expires=self._until(), **said)

    def elements(self) -> dict[str, Any]:
        for name in NOT_PASSED_ON:
            self.cleaned_data.setdefault(name, False)
        return super().elements()

    def _until(self) -> datetime:
        """The end of the last day, which still counts."""
        last = self.cleaned_data["expires"]
        return datetime.combine(last + timedelta(days=1), time(), tzinfo=LONDON) if last else FOR_EVER
