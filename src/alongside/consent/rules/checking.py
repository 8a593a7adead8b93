"""What makes a choice complete: each fault names the element that is missing or wrong."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from alongside.access.rules import Handle
from alongside.consent.rules.choices import Choice, Ends, Exception_, Given, HowSaid, Signer
from alongside.consent.rules.sooner import within
from alongside.definitions import policy
from alongside.kernel.errors import Invalid, Several
from alongside.kernel.language import later
from alongside.kernel.periods import FOR_EVER

PART_2 = "us_part2"
APART = later("Notes that are kept apart need a consent of their own. Save this one first.")
# Treatment, payment and operations (42 CFR 2.33(b), 45 CFR 164.501): what whoever receives it may pass it on for.
PASSED_ON = {"direct_care", "consultation", "supervision", "administration", "evaluation", "payment"}
MAY_BE_REFUSED = {"service", "class", "team", "practitioner", "proxy", "self"}


def check(choice: Choice, now: datetime, pack: str = policy.DEFAULT_PACK, intermediary: str = "") -> None:
    """Raises `Invalid` naming the element that is missing or wrong, `Several` with the first fault of each where there
    are more; `pack` is the policy of the service's country (`definitions/access/packs.toml`), of which a programme
    under 42 CFR Part 2 has elements of its own (2.31). `intermediary` is the body through which its partnership's
    records pass."""
    faults: dict[str, Invalid] = {}
    for fault in _faults(choice, now, pack, intermediary):
        faults.setdefault(fault.field, fault)
    if len(faults) > 1:
        raise Several(list(faults.values()))
    for fault in faults.values():
        raise fault


def check_how(how: HowSaid) -> None:
    """Raises `Invalid("witness", …)` where something is taken back by voice and nobody is named who heard it."""
    if how.given is Given.VERBAL and not how.witness.strip():
        raise Invalid("witness", "Enter who heard the person say so. It can be you.")


def check_together(choices: Sequence[Choice]) -> None:
    """Raises `Invalid` naming `purpose` where a consent for proceedings is signed with any other (42 CFR 2.31(d)), and
    `categories` where one for notes that are kept apart is (2.31(b))."""
    if len({one.apart for one in choices if one.categories and not one.refuses}) > 1:
        raise Invalid("categories", APART)
    purposes = {one.purpose for one in choices if one.categories}
    if policy.PROCEEDINGS in purposes and len(purposes) > 1:
        raise Invalid("purpose", "A consent for proceedings is signed by itself. Save the others first.")


def _faults(choice: Choice, now: datetime, pack: str, intermediary: str) -> Iterator[Invalid]:
    yield from _about(choice)
    yield from _times(choice, now)
    yield from _said(choice)
    for one in choice.exceptions:
        yield from _exception(one, choice)
    if pack == PART_2 and not choice.refuses and choice.categories:
        yield from _part_2(choice)
        yield from _through(choice, intermediary)


def _about(choice: Choice) -> Iterator[Invalid]:
    apart = policy.kept_apart()
    if Handle.kind(choice.recipient) not in MAY_BE_REFUSED:
        yield Invalid("recipient", "Choose who may see, or may not see.")
    known = policy.all_categories() if choice.refuses else policy.offered() | apart
    if choice.categories & ~known:
        yield Invalid("categories", "That kind of information does not exist.")
    if choice.purpose not in policy.purposes():
        yield Invalid("purpose", "There is no such purpose.")
    if choice.categories & apart and choice.categories & ~apart and not choice.refuses:
        yield Invalid("categories", APART)
    if choice.refuses and Handle.kind(choice.recipient) == "class":
        yield Invalid("recipient", "A refusal names a service, a team or somebody. Save one for each.")
    if Handle.kind(choice.recipient) == "self" and not choice.refuses:
        yield Invalid("recipient", "What is the person's own needs no consent of theirs.")
    if choice.hard and not choice.refuses:
        yield Invalid("hard", "“Not even in an emergency” belongs to a refusal.")
    if choice.refuses and not choice.categories:
        yield Invalid("categories", "Say which kinds of information are closed.")


def _times(choice: Choice, now: datetime) -> Iterator[Invalid]:
    if choice.expires <= now:
        yield Invalid("expires", "The consent would end before it begins. Choose a later date, or leave it open.")
    if choice.ends is Ends.DATE and choice.expires == FOR_EVER:
        yield Invalid("expires", "Enter the day on which it ends.")
    if choice.ends is Ends.NEVER and choice.expires != FOR_EVER:
        yield Invalid("ends", "It says that it has no end, and gives one. Choose one of the two.")
    if any(one.until <= now for one in choice.sooner):
        yield Invalid("sooner", "This day is over. Choose a later one.")
    if choice.sooner and (choice.refuses or within(choice) != choice):
        yield Invalid("sooner", "What ends sooner is some of what is shared, and ends before all of it does.")
    if choice.data.empty:
        yield Invalid("data", "The time it is about would end before it begins.")


def _said(choice: Choice) -> Iterator[Invalid]:
    if choice.given is Given.VERBAL and not choice.witness.strip():
        yield Invalid("witness", "Enter who heard the person agree. It can be you.")
    if not choice.told_no_is_fine:
        yield Invalid("told_no_is_fine", "Tell the person that saying no does not affect their care, then tick this.")
    if choice.signer is not Signer.PERSON and not choice.signed_by.strip():
        yield Invalid("signed_by", "Enter the name of whoever agreed with or for the person.")
    if choice.signer is Signer.REPRESENTATIVE and not choice.authority.strip():
        yield Invalid("authority", "Enter what entitles them to decide for the person.")
    if choice.required_by.strip() and not choice.reported.strip():
        yield Invalid("reported", "Enter what they will be told, so that the person knows before they choose.")
    if choice.reported.strip() and not choice.required_by.strip():
        yield Invalid("required_by", "Enter who will be told.")


def _exception(one: Exception_, choice: Choice) -> Iterator[Invalid]:
    if not one.categories or one.categories & ~choice.categories:
        yield Invalid("exceptions", "An exception is about some of the kinds that the choice is about.")
    if one.data.empty:
        yield Invalid("exceptions", "The time of an exception would end before it begins.")
    if not choice.refuses and Handle.kind(one.recipient or choice.recipient) == "class":
        yield Invalid("exceptions", "Name the service or the person that the exception is about.")
    if choice.hard:
        yield Invalid("exceptions", "“Not even in an emergency” has no exceptions.")
    if not choice.categories:
        yield Invalid("exceptions", "There is nothing to make an exception to.")


def _part_2(choice: Choice) -> Iterator[Invalid]:
    """42 CFR 2.31(a): in writing; an end, which may be said to be none where the recipient may pass it on; and what the
    person has to have been told."""
    if choice.given is Given.VERBAL:
        yield Invalid("given", "A programme under 42 CFR Part 2 needs a signature, on paper or on a screen.")
    if choice.ends is Ends.UNSAID and choice.expires == FOR_EVER:
        yield Invalid("ends", "Say when it ends: a day, the end of treatment, or never.")
    if choice.ends is Ends.NEVER and not choice.onward:
        yield Invalid("ends", "Only a consent for treatment, payment and operations may have no end. Choose a day.")
    if choice.onward and (choice.apart or choice.purpose not in PASSED_ON):
        yield Invalid("onward", "Only what is for treatment, payment and operations may be passed on. Untick it.")
    if not choice.told.take_back:
        yield Invalid("told_take_back", "Tell the person how they can take it back in writing, then tick this.")
    if choice.onward and not choice.told.passed_on:
        yield Invalid("told_passed_on", "Tell the person that what is shared may be passed on, then tick this.")
    if choice.onward and not choice.told.refusing:
        yield Invalid("told_refusing", "Tell the person what follows from saying no, then tick this.")


def names_intermediary(choice: Choice, intermediary: str) -> bool:
    """Whether a choice for a class of recipients names the body that passes it on now; any other needs to name none."""
    return Handle.kind(choice.recipient) != "class" or choice.through.strip() == intermediary


def _through(choice: Choice, intermediary: str) -> Iterator[Invalid]:
    """42 CFR 2.31(a)(4)(ii)(B): what is agreed for a class of recipients names the intermediary that passes it on."""
    if names_intermediary(choice, intermediary):
        return
    if not intermediary:
        yield Invalid("through", "Records of this partnership pass through nobody else. Leave that name out.")
    yield Invalid("through", "Name who passes it on to them: {name}. Read it again with the person.", name=intermediary)
