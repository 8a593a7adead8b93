"""Days of drinking or using, day by day."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.measures.models import UseCalendar
from alongside.measures.rules import Days


def calendars(registrations: Sequence[str], *, access: Access) -> dict[str, Days]:
    """The calendar of each substance that was saved last: what somebody has just said, though another page went on for
    a day more."""
    rows = UseCalendar.objects.filter(registration__in=registrations).order_by("recorded_at", "pk")
    return {row.substance: _days(row) for row in allowed.show(access, rows)}


def day_by_day(registrations: Sequence[str], substance: str, *, access: Access) -> dict[date, Decimal]:
    """What was used on every day that anybody asked about, the oldest first; a later calendar counts for its days."""
    rows = UseCalendar.objects.filter(registration__in=registrations, substance=substance)
    found: dict[date, Decimal] = {}
    for row in allowed.show(access, rows.order_by("occurred_at", "recorded_at", "pk")):
        days = _days(row)
        found |= {date.fromordinal(days.first_day.toordinal() + n): one for n, one in enumerate(days.amounts)}
    return dict(sorted(found.items()))


def _days(row: UseCalendar) -> Days:
    return Days(row.substance, row.last_day, tuple(map(Decimal, row.amounts)), row.unit)
