"""Signing a choice again with something changed: what nobody was asked about stays as it was. Pure."""

from dataclasses import replace

from alongside.access.rules import Mask
from alongside.consent.rules.choices import Choice, Ends, Exception_, Signer
from alongside.consent.rules.sooner import within
from alongside.kernel.periods import Period


def carried(choice: Choice, before: Choice) -> Choice:
    """A choice that takes the place of one before, with that one's elements which no form asks for: the end of the time
    that it is about, its exceptions and what ends sooner, as far as they are about kinds that are still chosen. Whoever
    was left out of the whole of it by name is left out of what is added, too."""
    data = Period(choice.data.start, before.data.end)
    exceptions = (one for each in before.exceptions for one in _renewed(each, choice.categories, before.categories))
    made = replace(choice, data=data, exceptions=(*choice.exceptions, *exceptions))
    return within(replace(made, sooner=(*choice.sooner, *before.sooner)))


def remembered(choice: Choice, last: Choice) -> Choice:
    """A choice where nothing stands any more, with those whom what was shared `last` left out by name: they stay so
    until the person says otherwise."""
    named = (one for one in last.exceptions if one.recipient)
    exceptions = (one for each in named for one in _renewed(each, choice.categories, last.categories))
    return replace(choice, exceptions=(*choice.exceptions, *exceptions))


def _renewed(one: Exception_, categories: Mask, before: Mask) -> list[Exception_]:
    left = categories if is_of_all(one, before) else one.categories & categories
    return [replace(one, categories=left)] if left else []


def is_of_all(one: Exception_, before: Mask) -> bool:
    """Whether it says "but not Kim", whichever kinds that was about when it was said."""
    return bool(one.recipient) and one.categories == before and one.data == Period()


def as_limited(choice: Choice, before: Choice, *, asked_when_it_ends: bool) -> Choice:
    """A choice that takes the place of one before, said where nobody asked of what time it is or who requires it, nor
    (unless 42 CFR Part 2 asks) when it ends: it is as limited as the one before."""
    made = replace(choice, data=choice.data if choice.data != Period() else before.data)
    if not made.required_by:
        made = replace(made, required_by=before.required_by, reported=before.reported)
    return made if asked_when_it_ends else replace(made, expires=min(made.expires, before.expires), ends=before.ends)


def by_themselves(choice: Choice, before: Choice, *, asked_for_part_2: bool) -> Choice:
    """A choice that the person signs on a screen of their own, with what staff had written down beside the one before:
    who requires treatment and what they are told, and that somebody young understands it."""
    alone = before.signer is Signer.PERSON
    made = replace(
        choice,
        required_by=before.required_by,
        reported=before.reported,
        competent=before.competent,
        authority=before.authority if alone else "",
    )
    return made if asked_for_part_2 else as_told(made, before)


def as_told(choice: Choice, before: Choice) -> Choice:
    """With what 42 CFR Part 2 asks for as it was said before, where the form does not ask again."""
    ends = before.ends if choice.expires == before.expires else Ends.UNSAID
    return replace(choice, onward=before.onward, ends=ends, told=before.told)
