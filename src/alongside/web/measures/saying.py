"""Sentences and times that several pages of measures share."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.measures.rules import Context, Mode


def answered_at(day: date) -> datetime:
    """Noon of a past day; now for today, which noon might not have reached."""
    return clock.instant_of(day)


def from_whom(author: str, service: str, how: Context, names: Mapping[str, str]) -> str:
    """Who a record is from: whoever wrote it, in which service; or the person themselves, whom that service asked. What
    they sent and somebody put right is from that somebody."""
    where = names.get(service, "")
    if how.mode is Mode.REMOTE and author not in names:
        themselves = _("the person, on their own phone or computer")
        return _("%(who)s; asked by %(service)s") % {"who": themselves, "service": where} if where else themselves
    return ", ".join(part for part in (names.get(author, ""), where) if part)


def owed_all_the_same() -> str:
    return _(
        "What stood there before was about thoughts of being better off dead or of hurting themselves. It was put "
        "right, and the conversation about it is still owed: it closes only with what came of it."
    )
