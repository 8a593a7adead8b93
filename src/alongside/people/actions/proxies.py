"""Somebody who looks on the person's behalf: invited by the person's service, ended by it or by the person."""

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotThere, Stale
from alongside.people import queries, rules
from alongside.people.actions.signing_in import CHOICES, check_address
from alongside.people.models import OwnSignIn, Proxy
from alongside.people.rules import Proposed


@transaction.atomic
def invite_proxy(*, registration: str, proposed: Proposed, by: Access) -> str:
    """Invite somebody to look on the person's behalf; returns the id of their sign-in. Called by `sharing`, which sends
    the letter.

    Raises `Invalid` naming what is missing, or why nobody may be invited on this basis.
    """
    by.check_may("consent")
    anchor = allowed.require_own(by, registration, "choices")
    access.lock(registrations=[registration], by=by)
    check_address()
    now, pack = clock.now(), allowed.pack_of(anchor.service, access=by)
    rules.check_proxy(proposed, pack, queries.born(registration, access=by), now)
    _check_is_not_theirs(registration, proposed.email.lower(), by)
    record = {"registration": anchor, "service": anchor.service, "needs": CHOICES, "author": by.actor}
    proxy = Proxy.objects.create(
        **record,
        occurred_at=now,
        name=proposed.name.strip(),
        born=proposed.born,
        basis=proposed.basis,
        kinds=proposed.kinds | policy.categories_mask("identity"),
        decides=proposed.decides,
        agreed=proposed.agreed.strip(),
        paper=proposed.paper.strip(),
        until_at=proposed.until,
    )
    row = OwnSignIn.objects.create(
        **record,
        occurred_at=now,
        proxy=proxy.pk,
        email=proposed.email.lower(),
        expires_at=min(now + rules.INVITED_FOR, proposed.until),
        ended_at=proposed.until,
    )
    detail = {"basis": proxy.basis, "kinds": proxy.kinds, "sign_in": row.pk}
    access.log(by=by, act="people.invite_proxy", subject=proxy.pk, about=[registration], detail=detail)
    return row.pk


def _check_is_not_theirs(registration: str, email: str, by: Access) -> None:
    """One address for both would be one sign-in for both."""
    theirs = {queries.reach(registration, access=by).email.lower()}
    theirs |= set(OwnSignIn.objects.filter(registration=registration, proxy="").values_list("email", flat=True))
    if email in theirs:
        raise Invalid("email", "This is the person's own address. Whoever looks for them needs another one.")
    there = OwnSignIn.objects.filter(registration=registration, email=email, ended_at__gt=clock.now())
    if there.exists():
        raise Invalid("email", "Somebody with this address was invited already. End that first.")


@transaction.atomic
def end_proxy(*, registration: str, proxy: str, by: Access) -> None:
    """Somebody looks no longer on the person's behalf, from the next request. By the person or by their service. Called
    by `sharing`. `NotThere` where there is no such proxy of this person, `Stale` where it ended before."""
    by.check_may("consent")
    allowed.require_own(by, registration, "choices")
    access.lock(registrations=[registration], by=by)
    row = OwnSignIn.objects.filter(registration=registration, proxy=proxy).exclude(proxy="").first()
    if row is None:
        raise NotThere()
    if not OwnSignIn.objects.filter(pk=row.pk, ended_at__gt=clock.now()).update(ended_at=clock.now()):
        raise Stale("They look no longer: it ended before. Look at the page again.")
    access.log(by=by, act="people.end_proxy", subject=proxy, about=[registration])
