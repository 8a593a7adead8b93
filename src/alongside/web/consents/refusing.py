"""The form by which a record is closed to somebody."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.web.consents.elements import HowGiven
from alongside.web.consents.forms import EVERYTHING, PIECE_BY_PIECE, Pieces, pieces_field
from alongside.web.forms import fields


class Refuse(HowGiven, Pieces):
    """To whom the record is closed, whatever else is agreed."""

    who = forms.ChoiceField(
        label=gettext_lazy("Closed to"),
        help_text=gettext_lazy("It finds them in whatever job they look from."),
        error_messages={"required": gettext_lazy("Choose to whom it is closed")},
    )
    share = fields.Choice(
        label=gettext_lazy("What must they not see?"),
        choices=[(EVERYTHING, gettext_lazy("Anything")), (PIECE_BY_PIECE, gettext_lazy("Choose piece by piece"))],
        reveals={PIECE_BY_PIECE: "share_pieces"},
        initial=EVERYTHING,
    )
    share_pieces = pieces_field(gettext_lazy("They may not see"))
    hard = fields.Tick(
        label=gettext_lazy("Not even in an emergency"),
        help_text=gettext_lazy("Else somebody who says why may look in an emergency, and each look is reviewed."),
    )

    to = forms.ChoiceField(
        label=gettext_lazy("Who treats the person instead?"),
        help_text=gettext_lazy(
            "Only where it is closed to a colleague who treats them now, or owes something about them."
        ),
        required=False,
    )

    field_order = ["who", "to", "share", "share_pieces", "hard", "given", "witness", "told_no_is_fine"]

    def __init__(
        self, *args: Any, offered: Iterable[tuple[str, str]], colleagues: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", _("Choose")), *offered]
        self.fields["to"].choices = [("", _("Nobody: they do not treat the person")), *dict(colleagues).items()]
        self.fields["share"].hints = {}
        self.fields["given"].label = _("How did the person say so?")

    @property
    def whom(self) -> str:
        """The handle of whom it is closed to."""
        return str(self.cleaned_data["who"])

    def recipient_name(self) -> str:
        return str(dict(self.fields["who"].choices)[self.whom])

    def closed(self) -> Mask:
        return policy.all_categories() if self.cleaned_data["share"] == EVERYTHING else self.mask("share")

    def kinds(self) -> list[str]:
        """In words; none where it is all of it."""
        return (
            [] if self.cleaned_data["share"] == EVERYTHING else [_(one) for one in policy.category_words(self.closed())]
        )
