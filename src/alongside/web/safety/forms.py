"""What came of a conversation about an answer on self-harm: the same two questions wherever they are asked."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from alongside.safety.rules import LONGEST_NAME, Outcome, Talk
from alongside.web.forms import Form, fields
from alongside.web.words import talk_outcome


class Talking(Form):
    """The conversation, as part of any form. Drawn only where there is something to talk about."""

    risk_outcome = fields.Choice(
        label=gettext_lazy("What came of the conversation?"), required=False, reveals={"escalated": "risk_escalated_to"}
    )
    risk_escalated_to = fields.Text(
        label=gettext_lazy("Escalated to whom?"),
        help_text=gettext_lazy("A name, a team or a service"),
        max_length=LONGEST_NAME,
        required=False,
    )

    # The prompts that the page showed: what is answered while it is open was not talked about.
    risk_about = forms.CharField(required=False)  # drawn hidden with them, `safety/talk.jinja`

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["risk_outcome"].choices = list(outcomes())
        self.fields["risk_outcome"].said_optional = False  # drawn only where it is wanted

    @property
    def talk(self) -> Talk | None:
        """What was said of it; None where nothing was."""
        entered = self.cleaned_data
        outcome, to = entered.get("risk_outcome", ""), entered.get("risk_escalated_to", "")
        about = tuple(entered.get("risk_about", "").split())
        return Talk(outcome, to, about) if outcome or to else None

    @property
    def talk_fields(self) -> list[forms.BoundField]:
        return [self["risk_outcome"]]


def outcomes() -> Iterable[tuple[str, str]]:
    return ((one.value, talk_outcome(one)) for one in Outcome)
