"""Somebody who looks on the person's behalf: who may see changes when they take it up, and when it ends."""

from django.db import transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.access.rules import Effect, Handle, Line
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.periods import Period
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.people.rules import Channel, Proposed
from alongside.post import actions as post

CHOICES = policy.categories_mask("choices")
PROXY_SIGN_IN = "proxy_sign_in"  # of the letter that carries the link


@transaction.atomic
def invite_proxy(*, registration: str, proposed: Proposed, by: Access) -> str:
    """Invite somebody to look on the person's behalf, by a letter to their own address; returns the invitation's id.

    Raises `Invalid` naming what is missing, or why nobody may be invited on this basis.
    """
    made = people.invite_proxy(registration=registration, proposed=proposed, by=by)
    [anchor] = access.lock(registrations=[registration], by=by)
    post.check_channel(registration=registration, channel=Channel.EMAIL, address=proposed.email, by=by)
    said = {"kind": PROXY_SIGN_IN, "channel": Channel.EMAIL, "about": made, "needs": CHOICES}
    post.queue(anchor=anchor, **said, by=by)
    return made


def let_look(*, registration: str, proxy: str, by: Access) -> None:
    """They took it up: what they were invited to see is open to them from now, until the day that was said at most."""
    kinds, until = persons.looks_at(proxy, access=by)
    line = Line(
        because=proxy,
        effect=Effect.PERMIT,
        recipient=Handle.proxy(proxy),
        categories=kinds,
        purposes=policy.purposes_mask("own_access"),
        when=Period(clock.now(), until),
        data=Period(),
    )
    access.replace_lines(registration=registration, because=proxy, lines=[line], by=by)


@transaction.atomic
def end_proxy(*, registration: str, proxy: str, by: Access) -> None:
    """They look no longer, from the next request. `NotThere` where nobody of this name looks for this person."""
    people.end_proxy(registration=registration, proxy=proxy, by=by)
    access.replace_lines(registration=registration, because=proxy, lines=[], by=by)
