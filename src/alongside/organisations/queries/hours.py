"""When a service is open, and who is on duty."""

from datetime import date
from functools import cache
from typing import Any

from django.db.models import CharField, JSONField
from django.db.models.expressions import RawSQL
from govuk_bank_holidays.bank_holidays import BankHolidays

from alongside.access.context import Access
from alongside.kernel.errors import NotThere
from alongside.kernel.periods import OpeningHours
from alongside.organisations import rules
from alongside.organisations.models import (
    Duty,
    Service,
)


@cache
def _bank_holidays() -> frozenset[date]:
    # The library's own offline list: nothing is fetched.
    return frozenset(row["date"] for row in BankHolidays(use_cached_holidays=True).get_holidays("england-and-wales"))


def hours_of(service: str, *, access: Access) -> OpeningHours:
    """A service's opening hours, bank holidays closed; `NotThere` where there is no such service."""
    row = Service.objects.only("hours", "zone").filter(pk=service).first()
    if row is None:
        raise NotThere()
    return rules.opening_hours(row.hours, row.zone, _bank_holidays())


def hours_beside(service: str, *, access: Access) -> dict[str, RawSQL]:
    """The opening hours of the service that a column of another room's query names (as SQL names it), as more columns
    of that query. `hours_read` makes them out of its row.
    """
    # The column is named by another room's code, never by a reader.
    of = f"FROM alongside_organisations_service s WHERE s.id = {service}"
    return {
        "hours_written": RawSQL(f"(SELECT s.hours {of})", (), output_field=JSONField()),  # noqa: S611 - as above
        "hours_zone": RawSQL(f"(SELECT s.zone {of})", (), output_field=CharField()),  # noqa: S611 - as above
    }


def hours_read(row: Any, *, access: Access) -> OpeningHours:
    """Opening hours from a row that was read with `hours_beside`."""
    return rules.opening_hours(row.hours_written, row.hours_zone, _bank_holidays())


def on_duty(team: str, day: date, *, access: Access) -> str | None:
    """Who is on duty for a team on a day, if anybody is named."""
    return Duty.objects.filter(team=team, day=day).values_list("practitioner", flat=True).first()
