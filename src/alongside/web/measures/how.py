"""How somebody answered, where it was not as usual: the same few boxes wherever measures are entered."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.definitions.languages import is_tag
from alongside.measures.rules import Context, Helper, Mode, Noticed
from alongside.measures.rules.context import MOST_WEEKS
from alongside.web.forms import Form, fields
from alongside.web.languages import LANGUAGES, once
from alongside.web.subject import language_words
from alongside.web.words import helper_words

YES_NO = [("", gettext_lazy("Nobody noticed")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
NOTICED = ("intoxicated", "in_withdrawal", "weeks_since_use")  # what tells of drinking or using
HOW = (*NOTICED, "helper", "language")


@once
def _field(name: str) -> forms.Field:
    """One of them, made once for every form: nothing changes one."""
    match name:
        case "intoxicated":
            return forms.ChoiceField(label=_("Were they intoxicated?"), required=False, choices=YES_NO)
        case "in_withdrawal":
            return forms.ChoiceField(label=_("Were they in withdrawal?"), required=False, choices=YES_NO)
        case "weeks_since_use":
            label = _("Weeks since they last drank or used")
            return fields.WholeNumber(label=label, lowest=0, highest=MOST_WEEKS, required=False)
        case "helper":
            choices = [(one.value, helper_words(one)) for one in Helper]
            return forms.ChoiceField(label=_("Who helped with the answers?"), required=False, choices=choices)
        case _:
            return fields.Text(
                label=_("Language version, if not English"),
                help_text=_("A code: cy for Welsh, bfi for British Sign Language"),
                required=False,
                width=10,
                max_length=60,  # room for a name: the refusal says its code
                offered=[(code, language_words(code)) for code in LANGUAGES if code != "en"],
            )


class HowAnswered(Form):
    """Measures in a form, with how they were answered; it is said of all of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {name: _field(name) for name in HOW}

    @property
    def how(self) -> list[forms.BoundField]:
        return [self[name] for name in HOW if name in self.fields]

    @property
    def how_open(self) -> bool:
        """Whether anything of it was said, or refused: it must not be folded away."""
        return any(one.errors or one.value() for one in self.how)

    @property
    def mode(self) -> Mode:
        return Mode.IN_ROOM

    @property
    def context(self) -> Context:
        entered = self.cleaned_data
        intoxicated, in_withdrawal, weeks = (entered.get(name) for name in NOTICED)
        noticed = Noticed(_said(intoxicated), _said(in_withdrawal), weeks)
        return Context(_code(entered["language"]), Helper(entered["helper"]), self.mode, noticed)


def _code(written: str) -> str:
    """A code as it is kept; what is none as it was written, so that the refusal shows it."""
    return written.lower() if is_tag(written) else written


def _said(value: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(value or "")
