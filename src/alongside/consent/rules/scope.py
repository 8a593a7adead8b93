"""Which choices stand beside each other, and which take each other's place. Pure."""

from alongside.consent.rules.choices import Choice

IN_ONE_BREATH = frozenset({"direct_care", "evaluation"})  # what one form asks about


def replaces(newer: Choice, older: Choice) -> bool:
    """Whether a newer choice takes the place of an older one: to the same recipient, for the same purpose. A yes never
    takes the place of a no; a consent for what is kept apart stands beside one for all else (42 CFR 2.31(b))."""
    return _alike(newer, older) and newer.purpose == older.purpose


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
