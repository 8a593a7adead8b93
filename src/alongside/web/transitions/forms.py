"""What a discharge and a handover ask for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions import talking_therapies
from alongside.organisations.rules import ServiceKind
from alongside.transitions import rules
from alongside.web.forms import Form, fields

ONE_OF = {"invalid_choice": gettext_lazy("Choose one of the answers shown")}
AFTER = {
    "treatment": gettext_lazy("After treatment"),
    "assessment": gettext_lazy("After assessment only"),
    "nothing": gettext_lazy("Before an assessment"),
}


def end_choices(kind: str) -> list[tuple[str, str]]:
    """Why an episode may end, in the words of the service's own return; after treatment first."""
    if kind != ServiceKind.TALKING_THERAPIES:
        return [(code, _(words)) for code, words in rules.end_reasons(kind).items()]
    ordered = sorted(talking_therapies.end_reasons(), key=lambda reason: list(AFTER).index(reason.after))
    return [(reason.code, f"{AFTER[reason.after]}: {_(reason.words)}") for reason in ordered]


class Discharge(Form):
    """How a stay with one service ends, and how the person comes back."""

    end_code = forms.ChoiceField(label=gettext_lazy("Why does the treatment end?"), error_messages=ONE_OF)
    ended_on = fields.CivilDate(label=gettext_lazy("Last day"), not_future=True)
    words = fields.LongText(label=gettext_lazy("What was agreed, in words the person may read"), rows=4, required=False)
    return_route = fields.LongText(
        label=gettext_lazy("How can the person come back?"),
        help_text=gettext_lazy("Whom to ring, and that they need not start again."),
        rows=3,
    )
    cancel = fields.Choices(
        label=gettext_lazy("Cancel what is still planned"),
        help_text=gettext_lazy("Tell the person. What you do not cancel stays in the diary and stays owed."),
        required=False,
    )

    def __init__(self, *args: Any, kind: str, planned: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["end_code"].choices = [("", _("Choose")), *end_choices(kind)]
        self.fields["cancel"].choices = list(planned.items())
        self.initial["cancel"] = list(planned)
        if not planned:
            del self.fields["cancel"]

    def add_error(self, field: str | None, error: Any) -> None:
        # The rooms call the last day by the column they keep it in.
        super().add_error({"ended": "ended_on"}.get(field or "", field), error)


class HandOver(Form):
    """Asking a colleague of the care team to take the lead."""

    to = fields.Choice(label=gettext_lazy("Who takes the lead?"))
    words = fields.LongText(label=gettext_lazy("What do they need to know?"), rows=4)

    def __init__(self, *args: Any, team: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = list(team.items())


class Answer(Form):
    """Taking the lead, or saying why not."""

    answer = fields.Choice(
        label=gettext_lazy("Do you take the lead?"),
        choices=[("yes", gettext_lazy("Yes, from now on")), ("no", gettext_lazy("No"))],
        reveals={"no": "words"},
    )
    words = fields.LongText(label=gettext_lazy("Why not?"), rows=3, required=False)
