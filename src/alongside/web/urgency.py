"""How soon something was promised, in words."""

from django.utils.translation import ngettext

from alongside.definitions.agreements import WorkingTime


def within(time: WorkingTime) -> str:
    """`within 2 working days`, `within 4 opening hours`."""
    if time.working_hours:
        hours = ngettext("within %(n)d opening hour", "within %(n)d opening hours", time.working_hours)
        return hours % {"n": time.working_hours}
    days = time.working_days or 0
    return ngettext("within %(n)d working day", "within %(n)d working days", days) % {"n": days}
