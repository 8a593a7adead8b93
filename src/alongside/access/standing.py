"""How the facts about a registration stand that let anybody else in: what is kept outside the database, so that an
older copy of it can be closed to whom it was closed since. Ids and no words."""

from collections.abc import Collection
from typing import Any

from django.db.models import F, Q, QuerySet

from alongside.access.models import Anchor, Glass, Need
from alongside.access.rules import NeedKind
from alongside.kernel import clock


def standing(registrations: Collection[str]) -> dict[str, dict[str, Any]]:
    """By registration: its epoch, whether it is kept to a few and by whom, and which needs of others and emergencies
    are live now."""
    found: dict[str, dict[str, Any]] = {
        one.pk: {
            "epoch": one.epoch,
            "restricted": one.restricted,
            "keeper": one.keeper,
            "twin": one.twin,
            "confirmed": one.confirmed,
            "needs": [],
            "glasses": [],
        }
        for one in Anchor.objects.filter(pk__in=registrations)
    }
    for need in live_needs(registrations).order_by("pk"):
        found[need.registration_id]["needs"].append(need.pk)
    for glass in live_glasses(registrations).order_by("pk"):
        found[glass.registration_id]["glasses"].append(glass.pk)
    return found


def live_needs(registrations: Collection[str]) -> QuerySet[Need]:
    """Live needs of other services, and of the person's own sign-in. Those of the own service open its own record to
    it, which nobody takes back."""
    theirs = ~Q(service=F("registration__service")) | Q(kind=NeedKind.SELF.value)
    return Need.objects.filter(theirs, registration__in=registrations, until_at__gt=clock.now())


def live_glasses(registrations: Collection[str]) -> QuerySet[Glass]:
    return Glass.objects.filter(registration__in=registrations, until_at__gt=clock.now())
