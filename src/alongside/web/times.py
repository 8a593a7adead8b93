"""How an instant or a day is said on a page: how long ago, and when.

Everything here returns marked-up text with a machine-readable `<time>`, so that nothing depends on colour alone and
a page that was printed still says the date.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from alongside.kernel import clock as kernel_clock
from alongside.kernel.numbers import Number, half_up

SOON = timedelta(hours=4)  # what is due within half a working day is said to be due soon


def day(value: date | datetime) -> Markup:
    """`3 March 2026`."""
    return _time(value, _date_words(_civil(value), "d MMMM y", _locale(get_language())))


def day_and_weekday(value: date | datetime) -> Markup:
    """`Tue 3 March`, with the year where it is not this one."""
    return _time(value, _weekday(value))


def clock(value: datetime) -> Markup:
    """`09:30` on the wall of the service."""
    return _time(value, _wall(value))


def moment(value: date | datetime) -> str:
    """`09:30 Tue 3 March` as plain words, for a sentence that is said once."""
    return _when(value)


def ago(value: date | datetime) -> Markup:
    """`2 days ago, 09:30 Tue 3 March`; for what is still to come, `in 3 days, 10:00 Fri 6 March`."""
    days = (_today() - _civil(value)).days
    said = _within_the_day(value) if days == 0 else _days_away(days)
    return _time(value, Markup("<span>{},</span> <span>{}</span>").format(said, _when(value)))


def due(value: date | datetime) -> Markup:
    """When something falls due, in words as well as in colour: `in 2 hours`, `2 days late`."""
    late, said = _lateness(value)
    soon = not late and _moment(value) - kernel_clock.now() <= SOON
    tone = "late" if late else "soon" if soon else "later"
    when = _time(value, _when(value))
    return Markup(f'<span class="al-due al-due--{tone}"><b>{escape(said)}</b> {when}</span>')  # noqa: S704 - escaped


def number(value: Number | None, places: int = 0) -> str:
    """A number rounded half up for display; a dash where there is none."""
    if value is None:
        return "\N{EN DASH}"
    rounded: Decimal = half_up(value, places)
    return f"{rounded:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _lateness(value: date | datetime) -> tuple[bool, str]:
    left = _moment(value) - kernel_clock.now()
    days = (_civil(value) - _today()).days
    if left < timedelta(0):
        return True, _late(-days, -left)
    if days == 0:
        return False, _("today") if not isinstance(value, datetime) else _in_hours(left)
    return False, _days_away(-days)


def _late(days: int, by: timedelta) -> str:
    if days >= 1:
        return ngettext("%(count)d day late", "%(count)d days late", days) % {"count": days}
    hours = by // timedelta(hours=1)
    if hours >= 1:
        return ngettext("%(count)d hour late", "%(count)d hours late", hours) % {"count": hours}
    minutes = max(1, by // timedelta(minutes=1))
    return ngettext("%(count)d minute late", "%(count)d minutes late", minutes) % {"count": minutes}


def _in_hours(left: timedelta) -> str:
    hours = left // timedelta(hours=1)
    if hours >= 1:
        return ngettext("in %(count)d hour", "in %(count)d hours", hours) % {"count": hours}
    minutes = max(1, left // timedelta(minutes=1))
    return ngettext("in %(count)d minute", "in %(count)d minutes", minutes) % {"count": minutes}


def _within_the_day(value: date | datetime) -> str:
    if not isinstance(value, datetime):
        return _("today")
    past = kernel_clock.now() - value
    if past < timedelta(0):
        return _in_hours(-past)
    if past < timedelta(minutes=1):
        return _("just now")
    if past < timedelta(hours=1):
        minutes = past // timedelta(minutes=1)
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    hours = past // timedelta(hours=1)
    return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}


def _days_away(days: int) -> str:
    """A distance in civil days, which is what people count: last night is yesterday, however few hours ago."""
    if days == 1:
        return _("yesterday")
    if days == -1:
        return _("tomorrow")
    count, unit = _in_units(abs(days))
    words = _PAST[unit](count) if days > 0 else _FUTURE[unit](count)
    return words % {"count": count}


def _in_units(days: int) -> tuple[int, str]:
    if days < 14:
        return days, "day"
    if days < 9 * 7:
        return days // 7, "week"
    if days < 2 * 365:
        return days * 12 // 365, "month"
    return days // 365, "year"


_PAST = {
    "day": lambda n: ngettext("%(count)d day ago", "%(count)d days ago", n),
    "week": lambda n: ngettext("%(count)d week ago", "%(count)d weeks ago", n),
    "month": lambda n: ngettext("%(count)d month ago", "%(count)d months ago", n),
    "year": lambda n: ngettext("%(count)d year ago", "%(count)d years ago", n),
}
_FUTURE = {
    "day": lambda n: ngettext("in %(count)d day", "in %(count)d days", n),
    "week": lambda n: ngettext("in %(count)d week", "in %(count)d weeks", n),
    "month": lambda n: ngettext("in %(count)d month", "in %(count)d months", n),
    "year": lambda n: ngettext("in %(count)d year", "in %(count)d years", n),
}


def _when(value: date | datetime) -> str:
    if not isinstance(value, datetime):
        return _weekday(value)
    minute = _local(value).replace(second=0, microsecond=0, tzinfo=None)
    return _when_words(minute, _today().year, get_language())


def _weekday(value: date | datetime) -> str:
    return _weekday_words(_civil(value), _today().year, get_language())


def _wall(value: datetime) -> str:
    return _time_words(_local(value).time().replace(second=0, microsecond=0), _locale(get_language()))


# A list says the same few days and hours again and again, and asking the locale is most of what a row costs.
@lru_cache(maxsize=2048)
def _when_words(minute: datetime, this_year: int, language: str | None) -> str:
    said = {"clock": _time_words(minute.time(), _locale(language))}
    return _("%(clock)s %(day)s") % (said | {"day": _weekday_words(minute.date(), this_year, language)})


@lru_cache(maxsize=2048)
def _weekday_words(civil: date, this_year: int, language: str | None) -> str:
    return _date_words(civil, "EEE d MMMM" if civil.year == this_year else "EEE d MMMM y", _locale(language))


@lru_cache(maxsize=2048)
def _date_words(civil: date, pattern: str, locale: str) -> str:
    return format_date(civil, pattern, locale=locale)


@lru_cache(maxsize=2048)
def _time_words(wall: time, locale: str) -> str:
    return format_time(wall, "HH:mm", locale=locale)


def _civil(value: date | datetime) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


def _moment(value: date | datetime) -> datetime:
    """The last instant at which it is still in time: a day lasts until its midnight."""
    if isinstance(value, datetime):
        return value
    return datetime.combine(value + timedelta(days=1), datetime.min.time(), timezone.get_default_timezone())


def _local(value: datetime) -> datetime:
    # Everybody reads the same wall clock, so nobody's own zone is looked up for each row.
    return value.astimezone(timezone.get_default_timezone())


def _today() -> date:
    return _local(kernel_clock.now()).date()


def _time(value: date | datetime, said: str) -> Markup:
    return Markup(f'<time datetime="{value.isoformat()}">{escape(said)}</time>')  # noqa: S704 - escaped


def _locale(language: str | None) -> str:
    return to_locale(language or "en-gb")
