"""What is said to one service in one breath, where a class of services that it is one of opens something to it."""

from collections.abc import Sequence

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import queries as consents
from alongside.consent import rules
from alongside.consent.rules import Breath, Choice, Given, HowSaid
from alongside.organisations import queries as organisations


def in_one_breath(registration: str, choices: Sequence[Choice], by: Access) -> Breath:
    """As `consent.rules.in_one_breath`, beside all that is in force."""
    recipient = choices[0].recipient
    if Handle.kind(recipient) != "service":
        return Breath(tuple(choices), None)
    kind = organisations.place(recipient.partition(":")[2], access=by).kind
    return rules.in_one_breath(choices, kind, [one.said for one in consents.in_force(registration, access=by)])


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
