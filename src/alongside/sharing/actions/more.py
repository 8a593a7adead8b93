"""Asking the person for more: it reaches the person alone, and opens nothing."""

from datetime import datetime

from django.db import transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.consent import actions as consent
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel.errors import Invalid
from alongside.people import queries as persons
from alongside.people.rules import Channel, SignIn
from alongside.post import actions as post

CHOICES = policy.categories_mask("choices")
MORE_ASKED = "more_asked"  # of the letter that says that something waits


@transaction.atomic
def ask_more(*, registration: str, kinds: Mask, why: str, until: datetime, by: Access) -> str:
    """Ask the person to see more; returns its id. They read it in their own sign-in here, and a letter says that
    something waits, where they call an address safe.

    Raises `Invalid` naming what is missing, or `registration` where they have no sign-in here: then they are talked to.
    """
    made = consent.ask_more(registration=registration, kinds=kinds, why=why, until=until, by=by)
    standing = persons.invited(registration, access=by)
    if standing is None or standing.state is not SignIn.OPEN:
        raise Invalid("registration", "They have no sign-in of their own here. Talk with them.")
    _tell(registration, made, by)
    return made


def _tell(registration: str, asked: str, by: Access) -> None:
    try:
        post.check_channel(registration=registration, channel=Channel.EMAIL, by=by)
    except Invalid:
        return  # nothing is sent to an address that they do not call safe: they find it when they sign in
    [anchor] = access.lock(registrations=[registration], by=by)
    post.queue(anchor=anchor, kind=MORE_ASKED, channel=Channel.EMAIL, about=asked, needs=CHOICES, by=by)


@transaction.atomic
def put_away(*, asked: str, by: Access) -> None:
    """The person has done with what they were asked: they said no, or signed what they wanted to. Nobody is told."""
    consent.put_away(asked=asked, by=by)
