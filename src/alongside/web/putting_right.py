"""Why something is put right and who was told: asked the same way wherever it is, and read the same way afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from alongside.people.queries import PutRight
from alongside.people.rules import Correcting as Why
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
