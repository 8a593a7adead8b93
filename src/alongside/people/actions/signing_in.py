"""The person's own sign-in: invited by the service that holds the record, taken up from a link, ended by either."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel import clock, links
from alongside.kernel.errors import Invalid, NotThere, Stale
from alongside.people import queries, rules
from alongside.people.models import OwnLink, OwnSignIn, Proxy
from alongside.people.rules import SignIn

CHOICES = policy.categories_mask("choices")


@transaction.atomic
def invite(*, registration: str, by: Access) -> str:
    """Invite somebody to a sign-in of their own, at the email address that they called safe; returns its id. An earlier
    one that they did not take up ends. Called by `sharing`, which sends the letter.

    Raises `Invalid("registration", …)` where no address is safe or they have a sign-in already.
    """
    by.check_may("consent")
    anchor = allowed.require_own(by, registration, "choices")
    access.lock(registrations=[registration], by=by)
    email = queries.reach(registration, access=by).email.lower()
    _check_may_be_invited(registration, email)
    _theirs(registration).update(ended_at=clock.now())
    row = OwnSignIn.objects.create(
        registration=anchor,
        service=anchor.service,
        needs=CHOICES,
        author=by.actor,
        occurred_at=clock.now(),
        email=email,
        expires_at=clock.now() + rules.INVITED_FOR,
    )
    access.log(by=by, act="people.invite", subject=row.pk, about=[registration])
    return row.pk


def check_address() -> None:
    """Raises `Invalid("registration", …)` where a link would lead nowhere."""
    if not settings.ADDRESS:
        raise Invalid("registration", "No link can be sent from here yet. Ask whoever runs Alongside for its address.")


def _check_may_be_invited(registration: str, email: str) -> None:
    check_address()
    if not email:
        raise Invalid(
            "registration",
            "Their details do not say that an email is safe, or hold no address. Ask them and put it there.",
        )
    if _theirs(registration).exclude(user="").exists():
        raise Invalid("registration", "They have a sign-in already. End it first, if they cannot use it any more.")


def _theirs(registration: str) -> QuerySet[OwnSignIn]:
    """The person's own that stands: whoever looks on their behalf has another."""
    return OwnSignIn.objects.filter(registration=registration, proxy="", ended_at__gt=clock.now())


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link as the letter carries it: never written down here."""

    token: str
    expires_at: datetime
    service: str


@transaction.atomic
def invitation(*, sign_in: str, by: Access) -> Invitation | None:
    """A fresh link, for the letter that is being written; None where it was taken up or has ended."""
    row = OwnSignIn.objects.filter(pk=sign_in).first()
    if row is None or stands(row) is not SignIn.INVITED:
        return None
    token = links.new_token()
    OwnLink.objects.create(sign_in=row, digest=links.digest(token))
    return Invitation(token, row.expires_at, row.service)


@transaction.atomic
def open_invitation(*, token: str, born: date, by: Access) -> str:
    """The invitation (its id) that a link and a date of birth open; empty where they do not, whatever the reason.

    Wrong dates are counted before they are compared, so that two at one moment are two; after a few it is locked.
    """
    found = OwnLink.objects.select_related("sign_in").filter(digest=links.digest(token)).first()
    if found is None or stands(found.sign_in) is not SignIn.INVITED:
        return ""
    row = found.sign_in
    if not OwnSignIn.objects.filter(pk=row.pk, tries__lt=rules.TRIES).update(tries=F("tries") + 1):
        return ""
    right = _was_born(row, born, by)
    if right:
        OwnSignIn.objects.filter(pk=row.pk).update(tries=0)
    act = "people.invitation_opened" if right else "people.invitation_refused"
    access.log(by=replace(by, service=row.service), act=act, subject=row.pk, about=[row.registration_id])
    return row.pk if right else ""


def _was_born(row: OwnSignIn, born: date, by: Access) -> bool:
    """Whether it is the date of birth of whoever was invited."""
    if row.proxy:
        return Proxy.objects.filter(pk=row.proxy, born=born).exists()
    return queries.was_born_on(row.registration_id, born, access=by)


@transaction.atomic
def take_up(*, sign_in: str, user: str, by: Access) -> str:
    """The invitation becomes the sign-in of `user`; returns its registration. Called by `sharing`, for the person who
    opened its link. Raises `Stale` where it ended or was taken up meanwhile."""
    row = OwnSignIn.objects.filter(pk=sign_in).first()
    if row is None:
        raise NotThere()
    access.lock(registrations=[row.registration_id], by=by)
    row.refresh_from_db()
    if stands(row) is not SignIn.INVITED:
        raise Stale("This invitation has ended or was used. Ask the service that sent it for a new one.")
    OwnSignIn.objects.filter(pk=sign_in).update(user=user, opened_at=clock.now())
    person = replace(by, service=row.service)
    access.log(by=person, act="people.take_up", subject=sign_in, about=[row.registration_id])
    return row.registration_id


@transaction.atomic
def end_sign_in(*, registration: str, by: Access) -> str:
    """Nobody signs in to this record as the person any more, from the next request; returns the sign-in's id.

    By the person or by their service. Called by `sharing`. Raises `Stale` where there is none.
    """
    by.check_may("consent")
    allowed.require_own(by, registration, "choices")
    access.lock(registrations=[registration], by=by)
    row = _theirs(registration).first()
    if row is None:
        raise Stale("There is no sign-in to end. Look at the page again.")
    OwnSignIn.objects.filter(pk=row.pk).update(ended_at=clock.now())
    access.log(by=by, act="people.end_sign_in", subject=row.pk, about=[registration])
    return row.pk


def stands(row: OwnSignIn) -> SignIn:
    """How a sign-in stands now."""
    return rules.sign_in(bool(row.user), row.tries, row.expires_at, row.ended_at, clock.now())
