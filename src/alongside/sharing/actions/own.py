"""The person's own sign-in: who may see changes when it is taken up, and when it ends."""

from django.db import transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.access.rules import Effect, Handle, NeedKind
from alongside.consent.rules import Choice, Given
from alongside.definitions import policy
from alongside.organisations import actions as staff
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.people.rules import Channel
from alongside.post import actions as post
from alongside.sharing.actions import behalf, choosing

CHOICES = policy.categories_mask("choices")
LEFT = policy.categories_mask("identity", "team", "appointments")  # what a view shows that others may see too
OWN_SIGN_IN = "own_sign_in"  # of the letter that carries the link


@transaction.atomic
def invite(*, registration: str, by: Access) -> str:
    """Invite somebody to a sign-in of their own, by a letter to an address that they called safe; returns its id.

    Raises `Invalid` naming `registration` or `channel` where none can be sent.
    """
    made = people.invite(registration=registration, by=by)
    [anchor] = access.lock(registrations=[registration], by=by)
    post.check_channel(registration=registration, channel=Channel.EMAIL, by=by)
    said = {"kind": OWN_SIGN_IN, "channel": Channel.EMAIL, "about": made, "needs": CHOICES}
    post.queue(anchor=anchor, **said, by=by)
    return made


@transaction.atomic
def show_less(*, registration: str, by: Access) -> str:
    """The person's own sign-in shows `LEFT` from now on and nothing else, also to whoever looks on their behalf, for
    somebody who is watched or pressed. Whoever signs in there cannot undo it: the service does, by taking it back.
    Returns the refusal's id.
    """
    said = Choice(
        recipient=Handle.self_(registration),
        categories=policy.all_categories() & ~LEFT,
        effect=Effect.DENY,
        given=Given.ELECTRONIC if by.own_registration else Given.VERBAL,
        witness="" if by.own_registration else by.name,
        told_no_is_fine=True,
    )
    return choosing.refuse(registration=registration, choice=said, by=by)


@transaction.atomic
def welcome(*, sign_in: str, password: str, by: Access) -> str:
    """Whoever opened an invitation takes it up, the person or somebody who looks on their behalf; returns the sign-in
    that their password opens.

    Raises `Invalid("password", …)` where they sign in with the address already and it is another, `Stale` where the
    invitation ended meanwhile, `NotThere` for whoever did not open it.
    """
    found = persons.invitation_of(sign_in, access=by)
    user = staff.own_sign_in(email=found.email, password=password, by=by)
    registration = people.take_up(sign_in=sign_in, user=user, by=by)
    if found.proxy:
        behalf.let_look(registration=registration, proxy=found.proxy, by=by)
        return user
    access.add_need(
        registration=registration,
        handle=Handle.self_(registration),
        service=found.service,
        kind=NeedKind.SELF,
        made_by=found.service,
        because=sign_in,
        by=by,
    )
    return user


@transaction.atomic
def end_sign_in(*, registration: str, by: Access) -> None:
    """Nobody signs in to this record as the person any more, from the next request."""
    ended = people.end_sign_in(registration=registration, by=by)
    access.end_needs(registration=registration, because=ended, by=by)
