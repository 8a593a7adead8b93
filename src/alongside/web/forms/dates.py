"""A civil date in three boxes, as people write it; each way of getting it wrong has its own sentence."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, NoReturn

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel import clock
from alongside.web import times
from alongside.web.forms.words import in_a_sentence

PARTS = ("day", "month", "year")
NOBODY_WAS_BORN = date(1900, 1, 1)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Written(NamedTuple):
    """The three boxes as they were filled in, so that they can be shown again just so."""

    day: str = ""
    month: str = ""
    year: str = ""


class DateParts(forms.Widget):
    """Day, month and year under the names `when-day`, `when-month`, `when-year`."""

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> Written:
        return Written(*(str(data.get(f"{name}-{part}", "")).strip() for part in PARTS))

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Any, name: str) -> bool:
        return all(f"{name}-{part}" not in data for part in PARTS)

    def first_wrong(self, _errors: Sequence[str]) -> str:
        return "-day"


# Beside a date of birth: a date of this year would mislead.
BORN = gettext_lazy("For example, 31 3 1980")


class CivilDate(forms.Field):
    """A date without a time. `not_future` refuses tomorrow; `earliest` and `latest` are inclusive. A year that cannot
    be in anybody's life here is a slip of the pen, whatever is asked. `called` is what its refusals call it, where its
    label is no name: “the until when?” is no sentence."""

    widget = DateParts

    def __init__(
        self,
        *,
        not_future: bool = False,
        earliest: date | None = NOBODY_WAS_BORN,
        latest: date | None = None,
        called: Any = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.called = called
        self.not_future, self.earliest, self.latest = not_future, earliest, latest

    def prepare_value(self, value: Any) -> Any:
        """A date given as the initial value is written into the three boxes."""
        if isinstance(value, date):
            return Written(str(value.day), str(value.month), str(value.year))
        return value or Written()

    def clean(self, value: Any) -> date | None:
        written: Written = self.prepare_value(value)
        if not any(written):
            if self.required:
                raise forms.ValidationError(_("Enter the %(field)s") % {"field": self._called})
            return None
        self._refuse_gaps(written)
        return self._within_bounds(self._real_date(written))

    @property
    def _called(self) -> str:
        return str(self.called) or in_a_sentence(str(self.label))

    def _refuse_gaps(self, written: Written) -> None:
        words = {"day": _("a day"), "month": _("a month"), "year": _("a year")}
        missing = [words[part] for part, entry in zip(PARTS, written, strict=True) if not entry]
        if missing:
            wanted = _(" and ").join(missing)
            raise forms.ValidationError(
                _("The %(field)s must include %(parts)s") % {"field": self._called, "parts": wanted}
            )

    def _real_date(self, written: Written) -> date:
        if len(written.year) != 4 or not written.year.isascii() or not written.year.isdigit():
            raise forms.ValidationError(
                _("The %(field)s must have a year of 4 numbers, such as 1984") % {"field": self._called}
            )
        try:
            return date(int(written.year), _month(written.month), _number(written.day))
        except ValueError:
            raise forms.ValidationError(
                _("The %(field)s must be a real date, such as 27 3 1984") % {"field": self._called}
            ) from None

    def _within_bounds(self, entered: date) -> date:
        if self.not_future and entered > clock.today():
            self._refuse(_("The %(field)s must be today or in the past"))
        if self.earliest and entered < self.earliest:
            self._refuse(_("The %(field)s must be %(bound)s or later"), self.earliest)
        if self.latest and entered > self.latest:
            self._refuse(_("The %(field)s must be %(bound)s or earlier"), self.latest)
        return entered

    def _refuse(self, sentence: str, bound: date | None = None) -> NoReturn:
        said = times.day(bound).striptags() if bound else ""
        raise forms.ValidationError(sentence % {"field": self._called, "bound": said})


def _month(text: str) -> int:
    """A month as a number, or by its name: 3, 03, Mar, March."""
    if text[:3].lower() in MONTHS:
        return MONTHS.index(text[:3].lower()) + 1
    return _number(text)


def _number(text: str) -> int:
    """One or two plain digits; Python's own `int` would also take `1_2`, ` +3` and Arabic-Indic digits."""
    if not text.isascii() or not text.isdigit() or len(text) > 2:
        raise ValueError(text)
    return int(text)
