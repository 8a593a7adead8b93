"""What a total that is copied from paper hides: its answer about self-harm, in a list that can be emptied again."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions.instruments import Instrument

NOT_AT_ALL, MORE = "no", "yes"


class PaperHarm(forms.ChoiceField):
    """Empty until somebody looked at the paper: nobody's answer about self-harm is “not at all” by default."""

    def __init__(self, one: Instrument) -> None:
        super().__init__(
            label=gettext_lazy("On the paper, the answer about self-harm is"),
            choices=[
                ("", gettext_lazy("Choose")),
                (NOT_AT_ALL, gettext_lazy("“not at all”")),
                (MORE, gettext_lazy("more than “not at all”")),
            ],
            required=False,
        )
        self.named = _("%(name)s, self-harm") % {"name": one.name}
        self.error_messages["invalid_choice"] = gettext_lazy("Choose one of the answers shown")


def name_of(one: Instrument) -> str:
    """What the field is called, and the refusal of `rules.check_harm` with it."""
    return f"{one.key}_harm"


def told(value: object) -> bool | None:
    """What was chosen; None where nobody chose."""
    return {NOT_AT_ALL: False, MORE: True}.get(str(value or ""))
