"""When a service is open, and who is on duty."""

import json
from datetime import date
from functools import cache
from typing import Any

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


def hours_beside(service: str, *, access: Access) -> dict[str, tuple[str, list[Any]]]:
    """The opening hours of a service as columns of another room's written-out statement: words and values by name.

    `service` is the column that names it, as that statement does. `hours_read` makes them out of its row.
    """
    # The column is named by another room's code, never by a reader.
    of = f"FROM alongside_organisations_service s WHERE s.id = {service}"
    return {"hours_written": (f"(SELECT s.hours {of})", []), "hours_zone": (f"(SELECT s.zone {of})", [])}


def hours_read(row: Any, *, access: Access) -> OpeningHours:
    """Opening hours from a row that was read with `hours_beside`."""
    return rules.opening_hours(json.loads(row.hours_written), row.hours_zone, _bank_holidays())


def on_duty(team: str, day: date, *, access: Access) -> str | None:
    """Who is on duty for a team on a day, if anybody is named."""
    return Duty.objects.filter(team=team, day=day).values_list("practitioner", flat=True).first()
