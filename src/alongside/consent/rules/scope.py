"""Which choices stand beside each other, and which take each other's place. Pure."""

from alongside.consent.rules.choices import Choice

IN_ONE_BREATH = frozenset({"direct_care", "evaluation"})  # what one form asks about


def replaces(newer: Choice, older: Choice) -> bool:
    """Whether a newer choice takes the place of an older one: to the same recipient, for the same purpose. A yes never
    takes the place of a no, nor does a no that closes anything else: both hold until each is taken back. A consent for
    what is kept apart stands beside one for all else (42 CFR 2.31(b))."""
    if not _alike(newer, older) or newer.purpose != older.purpose:
        return False
    return not newer.refuses or _closed_by(newer) == _closed_by(older)


def _closed_by(one: Choice) -> tuple[object, ...]:
    """All that a refusal closes, and for how long."""
    return (one.categories, one.hard, one.data, one.expires, one.exceptions)


def beside(one: Choice, other: Choice) -> bool:
    """Whether the page of one choice shows the other: what was drawn from one is old where the other changed."""
    if not _alike(one, other):
        return False
    return one.refuses or one.purpose == other.purpose or {one.purpose, other.purpose} <= IN_ONE_BREATH


def for_itself(choice: Choice) -> bool:
    """Whether something is shared by a consent of its own: neither for care nor for the evaluation, or kept apart."""
    return not choice.refuses and (choice.apart or choice.purpose not in IN_ONE_BREATH)


def _alike(one: Choice, other: Choice) -> bool:
    return (one.recipient, one.effect, one.apart) == (other.recipient, other.effect, other.apart)
