"""To whom a registration is kept, and why."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.people.rules import LONGEST_REASON
from alongside.web.forms import Form, fields

WHY = gettext_lazy("Why?")


class Keep(Form):
    """Who sees the record by name, and which of them has what would be the team's."""

    named = fields.Choices(
        label=gettext_lazy("Who may see it?"),
        help_text=gettext_lazy("Only who has to. Whoever treats the person now has to be among them."),
    )
    keeper = forms.ChoiceField(
        label=gettext_lazy("Which of them has what would be the team's?"),
        help_text=gettext_lazy("Referrals, questions and answers that come in go to them, and what others owe now."),
    )
    reason = fields.LongText(
        label=WHY,
        help_text=gettext_lazy("For example: works here; is known to everybody. The colleagues you name can read it."),
        rows=2,
        max_length=LONGEST_REASON,
    )

    def __init__(self, *args: Any, colleagues: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(dict(colleagues).items())
        self.fields["named"].choices = offered
        self.fields["keeper"].choices = [("", _("Choose")), *offered]


class Lift(Form):
    """Why it is kept to a few no longer."""

    reason = fields.LongText(label=WHY, rows=2, max_length=LONGEST_REASON)
