"""The 28-day calendar, used together in the room: tap a drink, tap the days, and see what it comes to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy, ngettext, to_locale
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.definitions import substances
from alongside.definitions.alcohol import alcohol
from alongside.kernel import clock
from alongside.kernel.numbers import half_up
from alongside.measures import actions, queries
from alongside.measures.rules import OF_DAYS, WEEK, Calendar, Days
from alongside.outcomes.rules import Drinking, levels, units
from alongside.people import queries as people
from alongside.web import times
from alongside.web.contacts.recording import stay_of
from alongside.web.dependence import warned
from alongside.web.forms import Form, fields
from alongside.web.measures.sheets import AsWritten
from alongside.web.pages import page, show
from alongside.web.subject import subject
from alongside.web.trying import attempt
from alongside.web.use_words import plain, substance_words, unit_words


class Filled(Form):
    """28 boxes, the oldest day first. `version` is the last day that it showed."""

    unit = forms.ChoiceField(label=gettext_lazy("Counted in"), required=False)
    named = fields.Text(label=gettext_lazy("Which one"), required=False, max_length=60)
    rest_without = fields.Tick()
    sure = fields.Tick(label=gettext_lazy("The amounts are right"))

    def __init__(self, *args: Any, substance: substances.Substance, last_day: date, **kwargs: Any) -> None:
        super().__init__(*args, version=last_day.isoformat(), **kwargs)
        last_day = _shown(self.data.get("version", "")) or last_day
        self.substance = substance
        self.fields["unit"].choices = [(unit, unit_words(unit)) for unit in substance.units]
        self.fields["rest_without"].label = _none_on_the_rest(substance.key)
        for number in range(1, OF_DAYS + 1):
            box = AsWritten(label=_day_words(last_day - timedelta(days=OF_DAYS - number)))
            box.named = box.label
            box.short = _short(last_day - timedelta(days=OF_DAYS - number))
            self.fields[f"day{number}"] = box
        self.order_fields(["unit", "named", *(f"day{number}" for number in range(1, OF_DAYS + 1))])
        self.last = last_day

    def clean(self) -> None:
        if (written := self.data.get("version")) and not _shown(written):
            self.add_error(None, _("We cannot tell which days these are. Open the calendar again."))

    @property
    def calendar(self) -> Calendar:
        entered = self.cleaned_data
        amounts = [str(entered.get(f"day{number}") or "") for number in range(1, OF_DAYS + 1)]
        return Calendar(
            self.substance.key,
            self.last,
            amounts,
            entered["unit"],
            entered["named"],
            rest_without=entered["rest_without"],
            sure=entered["sure"],
        )

    @property
    def weeks(self) -> list[list[tuple[date, forms.BoundField]]]:
        every = [
            (self.last - timedelta(days=OF_DAYS - number), self[f"day{number}"]) for number in range(1, OF_DAYS + 1)
        ]
        return [every[start : start + WEEK] for start in range(0, OF_DAYS, WEEK)]


@dataclass(frozen=True, slots=True)
class Drink:
    """A drink in the palette: its words, its picture and its units."""

    words: str
    picture: str
    units: str  # as it is shown
    exact: str  # as it is added up


def _drinks() -> Iterator[Drink]:
    for one in alcohol().drinks:
        found = units(one.millilitres, one.strength)
        yield Drink(_(one.words), one.picture, plain(half_up(found, 1)), plain(half_up(found, 2)))


def _day_words(day: date) -> str:
    return str(times.day_and_weekday(day).striptags())


def _short(day: date) -> str:
    """`Sun 25`, and the month where one begins: seven of them stand side by side on a telephone."""
    locale = to_locale(get_language() or "en-gb")
    return str(format_date(day, "EEE d MMM" if day.day == 1 else "EEE d", locale=locale))


def _none_on_the_rest(substance: str) -> str:
    return _("No drinking on the days left empty") if substance == "alcohol" else _("None of it on the days left empty")


def _shown(written: str) -> date | None:
    """The last day of the page that was filled in: it may have been drawn before midnight. None for what is no day of
    anybody's life."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if day >= fields.NOBODY_WAS_BORN else None


@page(purpose="direct_care", acts=("care",))
def fill(request: HttpRequest, registration: str, substance: str) -> HttpResponse:
    access = request.access
    known = substances.substances()
    if substance not in known:
        raise Http404
    about = known[substance]
    last = clock.today() - timedelta(days=1)
    form = Filled(request.POST or None, substance=about, last_day=last)
    form.stands = request.path  # the calendar anew, where these days are not to be saved
    if form.is_bound and attempt(form, lambda: _save(form, registration, access)):
        messages.success(request, _("The calendar is saved."))
        return redirect("calendar-kept", registration, about.key)
    who = subject(registration, access=access)
    before = queries.calendars([who.mine], access=access).get(about.key)
    return show(
        request,
        "measures/calendar.jinja",
        person=who.person,
        subject=who,
        form=form,
        about=about,
        name=substance_words(about.key),
        others=[(key, substance_words(key)) for key in known if key != about.key],
        drinks=list(_drinks()) if about.key == "alcohol" else [],
        unit=unit_words(about.units[0]),
        dependence=warned(who.all, access) if about.key == "alcohol" else None,
        before=said_of(before, who.mine, access) if before else [],
        before_day=before.last_day if before else None,
    )


def _save(form: Filled, registration: str, access: Access) -> str:
    stay = stay_of(registration, access)
    return actions.record_calendar(
        registration=registration,
        calendar=form.calendar,
        episode=stay.id if stay else "",
        submission=form.submission,
        by=access,
    )


def said_of(days: Days, registration: str, access: Access) -> Sequence[str]:
    """As `said`, for the person whose days they are."""
    sex = people.identity(registration, access=access)[0].sex
    return said(days, sex, access.jurisdiction)


def said(days: Days, sex: str, jurisdiction: str) -> Sequence[str]:
    """What 28 days come to, in words: days, amount, the average week, and the levels of drinking that it is over, as
    they are drawn for the person's sex where the service is."""
    told = [
        ngettext("%(n)d day without of 28", "%(n)d days without of 28", days.without) % {"n": days.without},
        _("%(amount)s %(unit)s in all") % {"amount": plain(days.total), "unit": unit_words(days.unit)},
    ]
    if days.substance == "alcohol" and days.total:
        drunk = Drinking(days.used, days.total)
        week = plain(half_up(drunk.a_week, 1))
        told.append(_("about %(week)s units a week") % {"week": week})
        told += [_(one.words).rstrip(".") for one in levels(drunk, sex or None, jurisdiction)]
    return told
