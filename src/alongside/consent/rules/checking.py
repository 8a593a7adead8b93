"""What makes a choice complete: each fault names the element that is missing or wrong."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from alongside.access.rules import Handle
from alongside.consent.rules.choices import Choice, Ends, Exception_, Given, Signer
from alongside.definitions import policy
from alongside.kernel.errors import Invalid
from alongside.kernel.periods import FOR_EVER

PART_2 = "us_part2"
MAY_BE_REFUSED = {"service", "class", "team", "practitioner", "proxy"}
Fault = tuple[str, str]


def check(choice: Choice, now: datetime, pack: str = policy.DEFAULT_PACK) -> None:
    """Raises `Invalid` naming the first element that is missing or wrong; `pack` is the policy of the service's country
    (`definitions/access/packs.toml`), of which a programme under 42 CFR Part 2 has elements of its own (2.31)."""
    for field, words in _faults(choice, now, pack):
        raise Invalid(field, words)


def check_together(choices: Sequence[Choice]) -> None:
    """Raises `Invalid("purpose", …)` where a consent for proceedings is signed with any other (42 CFR 2.31(d))."""
    purposes = {one.purpose for one in choices if one.categories}
    if policy.PROCEEDINGS in purposes and len(purposes) > 1:
        raise Invalid("purpose", "A consent for proceedings is signed by itself. Save the others first.")


def _faults(choice: Choice, now: datetime, pack: str) -> Iterator[Fault]:
    yield from _about(choice)
    yield from _times(choice, now)
    yield from _said(choice)
    for one in choice.exceptions:
        yield from _exception(one, choice)
    if pack == PART_2 and not choice.refuses and choice.categories:
        yield from _part_2(choice)


def _about(choice: Choice) -> Iterator[Fault]:
    apart = policy.kept_apart()
    if Handle.kind(choice.recipient) not in MAY_BE_REFUSED:
        yield "recipient", "Choose who may see, or may not see."
    if choice.categories & ~(policy.offered() | apart):
        yield "categories", "That kind of information does not exist."
    if choice.purpose not in policy.purposes():
        yield "purpose", "There is no such purpose."
    if choice.categories & apart and choice.categories & ~apart and not choice.refuses:
        yield "categories", "Notes that are kept apart need a consent of their own. Save this one first."
    if choice.hard and not choice.refuses:
        yield "hard", "“Not even in an emergency” belongs to a refusal."
    if choice.refuses and not choice.categories:
        yield "categories", "Say which kinds of information are closed."


def _times(choice: Choice, now: datetime) -> Iterator[Fault]:
    if choice.expires <= now:
        yield "expires", "The consent would end before it begins. Choose a later date, or leave it open."
    if choice.ends is Ends.DATE and choice.expires == FOR_EVER:
        yield "expires", "Enter the day on which it ends."
    if choice.ends is Ends.NEVER and choice.expires != FOR_EVER:
        yield "ends", "It says that it has no end, and gives one. Choose one of the two."
    if choice.data.empty:
        yield "data", "The time it is about would end before it begins."


def _said(choice: Choice) -> Iterator[Fault]:
    if choice.given is Given.VERBAL and not choice.witness.strip():
        yield "witness", "Enter who heard the person agree. It can be you."
    if not choice.told_no_is_fine:
        yield "told_no_is_fine", "Tell the person that saying no does not affect their care, then tick this."
    if choice.signer is not Signer.PERSON and not choice.signed_by.strip():
        yield "signed_by", "Enter the name of whoever agreed with or for the person."
    if choice.signer is Signer.REPRESENTATIVE and not choice.authority.strip():
        yield "authority", "Enter what entitles them to decide for the person."
    if choice.required_by.strip() and not choice.reported.strip():
        yield "reported", "Enter what they will be told, so that the person knows before they choose."
    if choice.reported.strip() and not choice.required_by.strip():
        yield "required_by", "Enter who will be told."


def _exception(one: Exception_, choice: Choice) -> Iterator[Fault]:
    if not one.categories or one.categories & ~choice.categories:
        yield "exceptions", "An exception is about some of the kinds that the choice is about."
    if one.data.empty:
        yield "exceptions", "The time of an exception would end before it begins."
    if choice.hard:
        yield "exceptions", "“Not even in an emergency” has no exceptions."
    if not choice.categories:
        yield "exceptions", "There is nothing to make an exception to."


def _part_2(choice: Choice) -> Iterator[Fault]:
    """42 CFR 2.31(a): in writing; an end, which may be said to be none where the recipient may pass it on; and what the
    person has to have been told."""
    if choice.given is Given.VERBAL:
        yield "given", "This service is a programme under 42 CFR Part 2: the person signs, on paper or on a screen."
    if choice.ends is Ends.UNSAID and choice.expires == FOR_EVER:
        yield "ends", "Say when it ends: a day, the end of treatment, or never."
    if choice.ends is Ends.NEVER and not choice.onward:
        yield "ends", "Only a consent for treatment, payment and operations may have no end. Choose a day or an event."
    if not choice.told.take_back:
        yield "told_take_back", "Tell the person that they can take it back in writing and how, then tick this."
    if choice.onward and not choice.told.passed_on:
        yield "told_passed_on", "Tell the person that what is shared may be passed on, then tick this."
    if choice.onward and not choice.told.refusing:
        yield "told_refusing", "Tell the person what follows from saying no, then tick this."
