"""Sentences and times that several pages of measures share."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from alongside.kernel import clock


def answered_at(day: date) -> datetime:
    """Noon of a past day; now for today, which noon might not have reached."""
    return clock.instant_of(day)


def owed_all_the_same() -> str:
    return _(
        "What stood there before was about thoughts of being better off dead or of hurting themselves. It was put "
        "right, and the conversation about it is still owed: it closes only with what came of it."
    )
