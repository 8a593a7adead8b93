"""Kinds that end before the choice which they are part of: what was added to it for a time. Pure."""

from dataclasses import replace
from datetime import datetime

from alongside.access.rules import Mask
from alongside.consent.rules.choices import Choice, Sooner
from alongside.kernel.periods import FOR_EVER


def ending(choice: Choice, until: datetime) -> Mask:
    """The kinds of it that end before an instant, though all of it does not."""
    found = 0
    for one in choice.sooner:
        found |= one.categories if one.until < until else 0
    return found


def still(choice: Choice, now: datetime) -> Choice:
    """What a choice is that has held until now: without the kinds whose end has come."""
    left = tuple(one for one in choice.sooner if one.until > now)
    if left == choice.sooner:
        return choice
    over = ending(replace(choice, sooner=tuple(one for one in choice.sooner if one.until <= now)), FOR_EVER)
    kinds = choice.categories & ~over
    exceptions = (replace(one, categories=one.categories & kinds) for one in choice.exceptions)
    return replace(choice, categories=kinds, sooner=left, exceptions=tuple(one for one in exceptions if one.categories))


def within(choice: Choice) -> Choice:
    """With what is part of it and ends before it, and nothing else."""
    found = (
        replace(one, categories=one.categories & choice.categories)
        for one in choice.sooner
        if one.until < choice.expires
    )
    return replace(choice, sooner=tuple(one for one in found if one.categories))


def added(choice: Choice, before: Choice, asked: Mask, until: datetime) -> Choice:
    """A choice that takes the place of one before, where what is added to that ends at an instant. So does what was
    asked for and would have ended sooner; whatever else stood ends when it did."""
    longer = asked & ending(choice, until)
    new = choice.categories & (~before.categories | longer)
    kept = (replace(one, categories=one.categories & ~new) for one in choice.sooner)
    return within(replace(choice, sooner=(*kept, Sooner(new, until))))
