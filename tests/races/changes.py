"""Changes of facts about one registration, of every kind, that two processes make at the same moment."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from django.db import OperationalError

from alongside.access import actions as access
from alongside.access.actions.compiled import facts_of
from alongside.access.models import Anchor, Bar, Glass, Grant
from alongside.access.rules import Handle, NeedKind, compile_facts
from alongside.consent import queries as consents
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import AlongsideError
from alongside.kernel.ids import new_id
from alongside.kernel.periods import Period
from alongside.sharing import actions as sharing
from tests.factories import SETTING_UP
from tests.races.made import Somebody, of

SOME = policy.categories_mask("identity", "mood_scores", "appointments")


def _withdraw_any(one: Somebody) -> None:
    by = of(one.therapist)
    for agreed in consents.in_force(one.here, access=by)[:1]:
        sharing.withdraw(consent_id=agreed.id, by=by)


def _need(one: Somebody) -> None:
    made = {"handle": Handle.practitioner(one.evaluator), "service": one.service, "kind": NeedKind.COVER}
    access.add_need(registration=one.here, **made, made_by=of(one.therapist).service, because="race", by=SETTING_UP)


def _need_no_longer(one: Somebody) -> None:
    access.end_needs(registration=one.here, because="race", by=SETTING_UP)


def _glass(one: Somebody) -> None:
    until = clock.now() + timedelta(hours=1)
    access.break_glass(registration=one.here, session=new_id("gla"), until=until, by=SETTING_UP)


def _glass_over(one: Somebody) -> None:
    for row in Glass.objects.filter(registration=one.here, until_at__gt=clock.now()).order_by("pk")[:1]:
        access.end_glass(registration=one.here, session=row.pk, by=SETTING_UP)


def _restricted(one: Somebody) -> None:
    access.restrict(registration=one.here, restricted=True, by=SETTING_UP)


def _open(one: Somebody) -> None:
    access.restrict(registration=one.here, restricted=False, by=SETTING_UP)


CHANGES: dict[str, Callable[[Somebody], None]] = {
    "agrees to all": lambda one: one.agree(),
    "agrees to some": lambda one: one.agree(SOME),
    "agrees to little": Somebody.narrow,
    "refuses": Somebody.refuse,
    "takes back": _withdraw_any,
    "somebody needs to know": _need,
    "they need no longer": _need_no_longer,
    "an emergency": _glass,
    "it is over": _glass_over,
    "is restricted": _restricted,
    "is restricted no longer": _open,
}


def made(change: str, one: Somebody) -> str:
    """Make it; where somebody was first and it is refused, that is one of the two orders. Where the two stand in each
    other's way for ever, as they do without locks, it is neither: says the person's word."""
    try:
        with suppress(AlongsideError):
            CHANGES[change](one)
    except OperationalError:
        return one.word
    return ""


def differs(registration: str) -> bool:
    """Whether the grants and bars of a registration are others than its facts compile to now."""
    grants, bars = compile_facts(facts_of([registration], after=clock.now())[registration])
    opened = {
        (one.handle, one.opens, one.purposes, one.roles, one.when, one.data, one.because, one.pierces, one.onward)
        for one in grants
    }
    closed = {(one.handle, one.closes, one.purposes, one.when, one.data, one.because, one.hard) for one in bars}
    return opened != _opened(registration) or closed != _closed(registration)


def _opened(registration: str) -> set[tuple]:
    return {
        (
            *(row.handle, row.opens, row.purposes, row.roles, Period(row.from_at, row.until_at)),
            *(Period(row.data_from, row.data_until), row.because, row.pierces, row.onward),
        )
        for row in Grant.objects.filter(registration=registration)
    }


def _closed(registration: str) -> set[tuple]:
    return {
        (
            *(row.handle, row.closes, row.purposes, Period(row.from_at, row.until_at)),
            *(Period(row.data_from, row.data_until), row.because, row.hard),
        )
        for row in Bar.objects.filter(registration=registration)
    }


def epoch(registration: str) -> int:
    return Anchor.objects.values_list("epoch", flat=True).get(pk=registration)
