"""What one service may see by all choices that reach it: by its name, and as one of a class. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from alongside.access.rules import Handle, Mask
from alongside.consent.rules.choices import Choice
from alongside.consent.rules.lines import CARE
from alongside.definitions import policy
from alongside.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Reached:
    """`opens` is what they may see of some time, `closed` what nobody of them may, and `classes` the classes (by key)
    whose choices open something."""

    opens: Mask
    closed: Mask
    classes: tuple[str, ...]


def reached(recipient: str, kind: str, choices: Iterable[Choice], purpose: str = CARE) -> Reached:
    """What a service (a handle, of a kind) may see for a purpose by the choices that hold. Where a choice is about some
    time only, or a refusal has an exception, it counts as seen: a page must not call it hidden."""
    held = list(choices)
    closed = _closed(recipient, held, purpose)
    opens, classes = 0, []
    for one in held:
        if one.refuses or one.purpose != purpose or not includes(one.recipient, recipient, kind):
            continue
        opens |= one.categories & ~closed
        if one.categories & ~closed and one.recipient != recipient:
            classes.append(one.recipient.partition(":")[2])
    return Reached(opens, closed, tuple(dict.fromkeys(classes)))


def _closed(recipient: str, choices: Iterable[Choice], purpose: str) -> Mask:
    """By refusals, and by what others are agreed "but not" with them."""
    closed = 0
    for one in choices:
        whole = one.data == Period() and not one.exceptions
        if one.refuses and one.recipient == recipient and one.purpose in (CARE, purpose) and whole:
            closed |= one.categories
        if not one.refuses and one.recipient != recipient and one.purpose == purpose:
            closed |= _left_out(recipient, one)
    return closed


def _left_out(recipient: str, choice: Choice) -> Mask:
    closed = 0
    for one in choice.exceptions:
        closed |= one.categories if one.recipient == recipient and one.data == Period() else 0
    return closed


def includes(recipient: str, service: str, kind: str) -> bool:
    """Whether what is agreed with a recipient reaches a service (a handle, of a kind)."""
    if recipient == service:
        return True
    if Handle.kind(recipient) == "class":
        return Handle.kind(service) == "service" and kind in policy.classes()[recipient.partition(":")[2]].kinds
    return False
