"""What facts compile to, replaced whenever one of them changes."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet

from alongside.access import rules
from alongside.access.context import Access
from alongside.access.models import Anchor, Bar, Glass, Grant, Line, Need, Place
from alongside.access.rules import Effect, Facts, NeedKind
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.periods import BEGINNING, Period

Made = TypeVar("Made")


def recompile(*, registration: str, by: Access) -> None:
    """Replace the grants and bars of a locked registration, and of its twin, by what their facts compile to now."""
    facts = facts_of([registration], after=clock.now())[registration]
    _replace(registration, facts)
    if facts.twin:
        twin = facts.twin.registration
        _replace(twin, facts_of([twin], after=clock.now())[twin])


def _replace(registration: str, facts: Facts) -> None:
    grants, bars = rules.compile_facts(facts)
    Grant.objects.filter(registration_id=registration).delete()
    Bar.objects.filter(registration_id=registration).delete()
    Grant.objects.insert(_grant_row(registration, grant) for grant in grants)
    Bar.objects.insert(_bar_row(registration, bar) for bar in bars)
    Anchor.objects.filter(pk=registration).update(epoch=F("epoch") + 1)


def facts_of(registrations: Collection[str], after: datetime = BEGINNING) -> dict[str, Facts]:
    """The facts of some registrations, by registration: those that are not over at an instant."""
    anchors = _with_twins(registrations)
    found = _facts_of(anchors, after)
    return {
        one: replace(facts, twin=found.get(anchors[one].twin), confirmed=anchors[one].confirmed)
        for one, facts in found.items()
        if one in set(registrations)
    }


def _with_twins(registrations: Collection[str]) -> dict[str, Anchor]:
    chosen = list(registrations)
    # Said again that there is one: the index of twins leaves out who has none, and SQLite reads everybody otherwise.
    theirs = Q(twin__in=chosen) & ~Q(twin="")
    return {one.pk: one for one in Anchor.objects.filter(Q(pk__in=chosen) | theirs)}


def _facts_of(anchors: Mapping[str, Anchor], after: datetime) -> dict[str, Facts]:
    places = {one.pk: one for one in Place.objects.all()}
    live = {"registration__in": list(anchors), "until_at__gt": after}
    lines = _by_registration(Line.objects.filter(**live), _line)
    needs = _by_registration(Need.objects.filter(**live), lambda row: _need(row, places))
    glasses = _by_registration(Glass.objects.filter(**live), _glass)
    return {
        one.pk: Facts(
            registration=one.pk,
            service=one.service,
            lines=lines.get(one.pk, ()),
            needs=needs.get(one.pk, ()),
            glasses=glasses.get(one.pk, ()),
            pack=places[one.service].pack if one.service in places else policy.DEFAULT_PACK,
            restricted=one.restricted,
        )
        for one in anchors.values()
    }


def _by_registration(rows: QuerySet[Any], made: Callable[[Any], Made]) -> dict[str, tuple[Made, ...]]:
    found: dict[str, list[Made]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.registration_id, []).append(made(row))
    return {registration: tuple(some) for registration, some in found.items()}


def _line(row: Line) -> rules.Line:
    return rules.Line(
        because=row.because,
        effect=Effect(row.effect),
        recipient=row.recipient,
        categories=row.categories,
        purposes=row.purposes,
        when=Period(row.from_at, row.until_at),
        data=Period(row.data_from, row.data_until),
        hard=row.hard,
        exception=row.exception,
        onward=row.onward,
    )


def _need(row: Need, places: Mapping[str, Place]) -> rules.Need:
    when = Period(row.from_at, row.until_at)
    place = places.get(row.service)
    kind = place.kind if place else ""
    return rules.Need(row.handle, row.service, NeedKind(row.kind), row.made_by, when, row.because, kind)


def _glass(row: Glass) -> rules.Glass:
    return rules.Glass(row.pk, Period(row.from_at, row.until_at))


def _compiled(registration: str, row: rules.Grant | rules.Bar) -> dict[str, Any]:
    return {
        "registration_id": registration,
        "handle": row.handle,
        "purposes": row.purposes,
        "from_at": row.when.start,
        "until_at": row.when.end,
        "data_from": row.data.start,
        "data_until": row.data.end,
        "because": row.because,
    }


def _grant_row(registration: str, grant: rules.Grant) -> Grant:
    return Grant(
        **_compiled(registration, grant),
        opens=grant.opens,
        roles=grant.roles,
        pierces=grant.pierces,
        onward=grant.onward,
    )


def _bar_row(registration: str, bar: rules.Bar) -> Bar:
    return Bar(**_compiled(registration, bar), closes=bar.closes, hard=bar.hard)
