"""All of them, but not some by name: the exceptions of one choice."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy

from alongside.access.rules import Handle
from alongside.consent.rules import Choice, Exception_, Given
from alongside.web.consents.elements import HowGiven
from alongside.web.forms import fields


class ButNot(HowGiven):
    """Who of them may not see it. `offered` are (handle, name) of everybody who works there."""

    names = fields.Choices(
        label=gettext_lazy("Who of them may not see it?"),
        help_text=gettext_lazy(
            "Leave all empty where everybody of them who needs it may see it. Whoever works here too is not "
            "in the list: close the record to them instead."
        ),
        choices=(),
        required=False,
    )

    field_order = ["names", "given", "witness", "told_no_is_fine"]

    def __init__(self, *args: Any, offered: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].choices = list(offered)

    def made(self, before: Choice) -> Choice:
        """The choice as it stood, said anew, but for those who are named now: they see none of it. What else it excepts
        stays, and so does whoever works there no longer and cannot be chosen."""
        entered = self.cleaned_data
        asked = {handle for handle, _name in self.fields["names"].choices}
        others = (one for one in before.exceptions if one.recipient not in asked)
        chosen = (Exception_(before.categories, one) for one in entered["names"])
        return replace(
            before,
            exceptions=(*others, *chosen),
            given=Given(entered["given"]),
            witness=entered["witness"],
            told_no_is_fine=entered["told_no_is_fine"],
        )


def left_out(choice: Choice) -> list[str]:
    """The handles of those whom a choice leaves out by name."""
    return [one.recipient for one in choice.exceptions if Handle.kind(one.recipient) == "practitioner"]
