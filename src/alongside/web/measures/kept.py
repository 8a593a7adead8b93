"""A calendar as it was saved: by week, as the outcome profiles ask for days of use, and day by day, as time-line
follow-back has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from babel.dates import format_date
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language, to_locale

from alongside.access.context import Access
from alongside.definitions import substances
from alongside.definitions.instruments import instrument
from alongside.kernel import clock
from alongside.kernel.numbers import half_up
from alongside.measures import queries
from alongside.measures.rules import Days, asked_by_week, serves_profiles
from alongside.web.dependence import warned
from alongside.web.measures.calendar import WEEK, said_of
from alongside.web.pages import page, show
from alongside.web.subject import subject
from alongside.web.use_words import days_said, plain, substance_words, unit_words
from alongside.web.ways import way

PROFILES = ("top", "aor")
ALCOHOL = "alcohol"


@dataclass(frozen=True, slots=True)
class Week:
    """One of the four weeks, the oldest first: its days of use, all that was used, and how much on such a day."""

    number: int
    first: date
    last: date
    used: int
    amount: str
    on_a_day: str  # empty where there was no day of use
    days: tuple[tuple[str, str], ...]  # by weekday


@page(purpose="direct_care", methods=("GET",))
def kept(request: HttpRequest, registration: str, substance: str) -> HttpResponse:
    if substance not in substances.substances():
        raise Http404
    access = request.access
    who = subject(registration, access=access)
    found = queries.calendars(list(who.all), access=access).get(substance)
    return show(
        request,
        "measures/kept.jinja",
        person=who.person,
        subject=who,
        substance=substance,
        name=substance_words(substance),
        found=found,
        dependence=warned(who.all, access) if substance == ALCOHOL else None,
        said=said_of(found, who.registration, access) if found else [],
        on_each=days_said(Decimal(found.used), found.on_a_day_of_use, found.unit) if found else "",
        weeks=list(_weeks(found)) if found else [],
        unit=unit_words(found.unit) if found else "",
        profiles=list(_profiles(found, who.own, access)) if found and who.own else [],
    )


def _profiles(found: Days, registration: str, access: Access) -> Iterator[tuple[str, str]]:
    """(name, address) of the outcome profiles whose boxes for these days come filled in today."""
    if serves_profiles(found, clock.today()):
        for one in map(instrument, PROFILES):
            href = way("measures-enter", registration, one.key, access=access)
            if href and found.substance in asked_by_week(one):
                yield one.name, href


def _weekday(day: date) -> str:
    return str(format_date(day, "EEE", locale=to_locale(get_language() or "en-gb")))


def _weeks(found: Days) -> Iterator[Week]:
    for number, (used, amount) in enumerate(found.by_week):
        first = found.first_day + timedelta(days=number * WEEK)
        amounts = found.amounts[number * WEEK : (number + 1) * WEEK]
        yield Week(
            number=number + 1,
            first=first,
            last=first + timedelta(days=WEEK - 1),
            used=used,
            amount=plain(amount),
            on_a_day=plain(half_up(amount / used, 2)) if used else "",
            days=tuple((_weekday(first + timedelta(days=day)), plain(one)) for day, one in enumerate(amounts)),
        )
