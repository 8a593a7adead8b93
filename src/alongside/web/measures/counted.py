"""The boxes of an outcome profile that the 28-day calendar answers: filled in, said so, and free to change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions.instruments import Instrument
from alongside.kernel import clock
from alongside.measures import queries
from alongside.measures.rules import Days, asked_by_week, from_calendar, serves_profiles
from alongside.web import times
from alongside.web.forms import Form
from alongside.web.use_words import substance_words


@dataclass(frozen=True, slots=True)
class Counted:
    """One substance that a calendar tells of: the boxes it fills, by name, and its last day."""

    name: str
    last_day: date
    answers: dict[str, str]


def counted(measure: Instrument, registration: str, access: Access) -> list[Counted]:
    """What the calendars of a registration give to an instrument today; nothing is asked for one that has no such
    questions."""
    if not asked_by_week(measure):
        return []
    return list(_counted(measure, queries.calendars([registration], access=access)))


def _counted(measure: Instrument, calendars: dict[str, Days]) -> Iterator[Counted]:
    for substance, days in calendars.items():
        answers = from_calendar(measure, days)
        if answers and serves_profiles(days, clock.today()):
            named = {f"{measure.key}_{key}": answer for key, answer in answers.items()}
            yield Counted(substance_words(substance), days.last_day, named)


def fill(form: Form, found: list[Counted]) -> None:
    """Fill in a form that was not sent yet; and beside every box that still holds what the calendar gave, say so."""
    for one in found:
        said = _("from the calendar to %(day)s") % {"day": times.day_and_weekday(one.last_day).striptags()}
        form.initial |= one.answers
        for name, answer in one.answers.items():
            if str(form[name].value() or "").strip() == answer:
                form.fields[name].note = said
