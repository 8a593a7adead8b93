"""One service under a choice for a class: to stop for it alone, what the class opens is closed to it by name."""

from dataclasses import replace

from alongside.access.context import Access
from alongside.access.rules import Effect, Handle
from alongside.consent import actions as consent
from alongside.consent import queries as consents
from alongside.consent import rules
from alongside.consent.rules import Choice, Ends, Given, HowSaid
from alongside.definitions import policy
from alongside.kernel.periods import FOR_EVER, Period
from alongside.organisations import queries as organisations


def stopped(recipient: str, how: HowSaid | None, by: Access) -> Choice:
    """Nothing for a recipient, as the person said it with the stop."""
    usual = HowSaid(Given.ELECTRONIC) if by.own_registration else HowSaid(Given.VERBAL, by.name)
    return Choice(
        recipient=recipient,
        categories=0,
        given=(how or usual).given,
        witness=(how or usual).witness,
        told_no_is_fine=True,
    )


def close(registration: str, said: Choice, by: Access) -> None:
    """Write a refusal for the service that a choice of nothing (`said`) names, where what a class was agreed opens
    something to it. What else is closed to it stands beside."""
    if Handle.kind(said.recipient) != "service":
        return
    kind = organisations.place(said.recipient.partition(":")[2], access=by).kind
    held = [one.said for one in consents.in_force(registration, access=by)]
    if any(rules.reached(said.recipient, kind, held, purpose).classes for purpose in policy.purposes()):
        consent.give(registration=registration, choice=_refusal(said), by=by, beside=True)


def _refusal(said: Choice) -> Choice:
    everything = {"categories": policy.all_categories(), "effect": Effect.DENY, "purpose": "direct_care"}
    always = {"expires": FOR_EVER, "data": Period(), "exceptions": (), "onward": False, "ends": Ends.UNSAID}
    return replace(said, **everything, **always)
