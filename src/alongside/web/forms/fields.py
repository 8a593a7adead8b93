"""The kinds of answer a form asks for, and what each says when it cannot take one."""

import re
from collections.abc import Iterable, Mapping
from datetime import time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel.numbers import plain_decimal
from alongside.web.forms.dates import BORN, NOBODY_WAS_BORN, CivilDate
from alongside.web.forms.words import as_subject, in_a_sentence, said_when_needed

__all__ = [
    "BORN",
    "NOBODY_WAS_BORN",
    "Choice",
    "Choices",
    "CivilDate",
    "ClockTime",
    "ExactNumber",
    "LongText",
    "Text",
    "Tick",
    "WholeNumber",
]
_CLOCK = re.compile(r"(\d{1,2})[:.]?(\d{2})")


# Signs that nobody sees, and that turn round what stands after them (Unicode's Bidi_Control), or do nothing (control
# characters but tabs and ends of lines): a substance called by its name backwards is another one to whoever reads it.
_UNSEEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class _Written(forms.CharField):
    """Words without the signs that nobody sees."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(_UNSEEN.sub("", value) if isinstance(value, str) else value))


class Text(_Written):
    """One line. `width` is the number of characters the box looks made for; `offered` are (value, words) that a
    browser suggests while somebody writes, where the template draws them: anything else may be written too."""

    def __init__(
        self,
        *,
        width: int | None = None,
        max_length: int = 200,
        offered: Iterable[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(max_length=max_length, **kwargs)
        self.width, self.offered = width, tuple(offered)
        self.error_messages["max_length"] = _too_long(self)


class LongText(_Written):
    """Several lines; a draft of it is kept in the browser until it is saved."""

    def __init__(self, *, rows: int = 5, max_length: int = 20_000, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.error_messages["max_length"] = _too_long(self)


class _Number(forms.Field):
    """A number between two limits, spelt in plain digits; `suffix` is the unit shown beside the box."""

    widget = forms.TextInput
    kind = "number"

    def __init__(self, *, lowest: int | Decimal, highest: int | Decimal, suffix: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lowest, self.highest, self.suffix = lowest, highest, suffix
        self.width = max(3, len(str(highest)))

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            self.validate(text)
            return None
        number = self.parse(text)
        if number is None or not self.lowest <= number <= self.highest:
            raise forms.ValidationError(self._what_to_enter())
        return number

    def parse(self, text: str) -> int | Decimal | None:
        raise NotImplementedError

    def _what_to_enter(self) -> str:
        return _("%(field)s must be a number from %(lowest)s to %(highest)s, such as %(example)s") % {
            "field": as_subject(str(self.label)),
            "lowest": self.lowest,
            "highest": self.highest,
            "example": self.highest,
        }


class WholeNumber(_Number):
    """Digits only: `14`, never `14.0` or `014`."""

    def parse(self, text: str) -> int | None:
        number = plain_decimal(text)
        return None if number is None or "." in text else int(number)

    def _what_to_enter(self) -> str:
        return _("%(field)s must be a whole number from %(lowest)s to %(highest)s") % {
            "field": as_subject(str(self.label)),
            "lowest": self.lowest,
            "highest": self.highest,
        }


class ExactNumber(_Number):
    """A decimal as people write it: `2.3`."""

    kind = "decimal"

    def parse(self, text: str) -> Decimal | None:
        return plain_decimal(text)


class ClockTime(forms.Field):
    """A time of day on the 24-hour clock: `14:30`, also written `1430` or `14.30`."""

    widget = forms.TextInput
    kind = "time"
    width = 5
    suffix = ""

    def clean(self, value: Any) -> time | None:
        text = str(value or "").strip()
        if not text:
            self.validate(text)
            return None
        match = _CLOCK.fullmatch(text) if text.isascii() else None
        try:
            return time(int(match[1]), int(match[2])) if match else self._refuse()
        except ValueError:
            return self._refuse()

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def _refuse(self) -> time:
        sentence = _("The %(field)s must be a time such as 14:30")
        raise forms.ValidationError(sentence % {"field": in_a_sentence(str(self.label))})


class _Offered:
    """What choices share: a hint under one of them, and a field that one of them reveals."""

    def _offer(self, hints: Mapping[str, str] | None, reveals: Mapping[str, str] | None, inline: bool) -> None:
        self.hints, self.reveals, self.inline = dict(hints or {}), dict(reveals or {}), inline


class Choice(_Offered, forms.ChoiceField):
    """One of a few, all in view. `hints` by value; `reveals` names the field that a value asks for."""

    widget = forms.RadioSelect

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str] | None = None,
        inline: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._offer(hints, reveals, inline)
        self.error_messages["invalid_choice"] = gettext_lazy("Choose one of the answers shown")


class Choices(_Offered, forms.MultipleChoiceField):
    """Any of several, all in view."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._offer(hints, reveals, inline=False)
        self.error_messages["invalid_choice"] = gettext_lazy("Choose from the answers shown")


class Tick(forms.BooleanField):
    """One box to tick; unticked is no, unless it is required."""

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)


@said_when_needed
def _too_long(field: forms.CharField) -> str:
    return _("%(field)s must be %(most)d characters or fewer") % {
        "field": as_subject(str(field.label or "")),
        "most": field.max_length,
    }
