"""Which links and sign-ins of a registration are live: what is kept outside the database. Ids and no words."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from alongside.kernel import clock
from alongside.kernel.periods import FOR_EVER
from alongside.people.models import Link, OwnSignIn


def live_links(registrations: Collection[str]) -> QuerySet[Link]:
    return Link.objects.filter(Q(one__in=registrations) | Q(other__in=registrations), until_at=FOR_EVER)


def live_sign_ins(registrations: Collection[str]) -> QuerySet[OwnSignIn]:
    """Also those that were not taken up: a letter with a link may lie somewhere."""
    return OwnSignIn.objects.filter(registration__in=registrations, ended_at__gt=clock.now())


def standing(registrations: Collection[str]) -> dict[str, dict[str, list[str]]]:
    """By registration: the links and the sign-ins that are live now."""
    found: dict[str, dict[str, list[str]]] = {one: {"links": [], "sign_ins": []} for one in registrations}
    for link in live_links(registrations).order_by("pk"):
        for one in {link.one, link.other} & found.keys():
            found[one]["links"].append(link.pk)
    for sign_in in live_sign_ins(registrations).order_by("pk"):
        found[sign_in.registration_id]["sign_ins"].append(sign_in.pk)
    return found


def linked(registrations: Collection[str]) -> set[str]:
    """The registrations that are or were linked to any of these."""
    rows = Link.objects.filter(Q(one__in=registrations) | Q(other__in=registrations))
    return {one for pair in rows.values_list("one", "other") for one in pair}
