"""Why something is put right and who was told: asked the same way wherever it is, and read the same way afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from alongside.people.queries import PutRight
from alongside.people.rules import Correcting as Why
from alongside.safety.rules import LONGEST_NAME
from alongside.web.forms import Form, fields


class Correcting(Form):
    """Why something is put right, and who was told. `seen` are those who had been shown it, by id."""

    reason = fields.LongText(label=gettext_lazy("What was wrong?"), rows=2)
    told = fields.Choices(label=gettext_lazy("Who of them was told?"), required=False)
    told_others = fields.Text(
        label=gettext_lazy("Who else was told, and when"),
        help_text=gettext_lazy("For example: the person, by telephone, 6 March. Leave it empty if nobody was told."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, seen: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told"].choices = list(seen.items())
        if not seen:
            del self.fields["told"]

    def why(self) -> Why:
        entered = self.cleaned_data
        return Why(entered["reason"], tuple(entered.get("told", ())), entered["told_others"])


class WrongPerson(Correcting):
    """It is about somebody else. Where an answer about self-harm waits (`waits`), somebody takes that on."""

    risk_taken_on_by = fields.Text(
        label=gettext_lazy("Who finds out whose answer about self-harm it is, and talks with them?"),
        help_text=gettext_lazy(
            "An answer about self-harm is waiting for a conversation. If it is in what you take out, nobody is asked "
            "to talk about it here any longer, and it is still somebody's. A name, a team or a service."
        ),
        max_length=LONGEST_NAME,
        required=False,
    )

    def __init__(self, *args: Any, waits: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if waits:
            self.order_fields(["reason", "risk_taken_on_by"])
        else:
            del self.fields["risk_taken_on_by"]

    @property
    def taken_on_by(self) -> str:
        return str(self.cleaned_data.get("risk_taken_on_by", ""))


@dataclass(frozen=True, slots=True)
class Right:
    """One correction as a page tells it."""

    at: datetime
    reason: str
    author: str
    seen: str
    told: str


def to_name(one: PutRight) -> set[str]:
    return {one.author, *one.seen_by, *one.told}


def in_words(one: PutRight, known: Mapping[str, str]) -> Right:
    return Right(
        at=one.at,
        reason=one.reason,
        author=known.get(one.author, ""),
        seen=", ".join(known.get(id_, "") for id_ in one.seen_by),
        told=", ".join([*(known.get(id_, "") for id_ in one.told), *([one.told_others] if one.told_others else [])]),
    )
