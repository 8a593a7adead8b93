"""The answer about self-harm that a total hides: whoever copies a total from paper says what it was."""

from decimal import Decimal

from alongside.definitions.instruments import Instrument
from alongside.kernel.errors import Invalid
from alongside.kernel.numbers import plain_decimal


def check_harm(measure: Instrument, total: Decimal, harm: bool | None) -> bool:
    """Whether the paper tells of self-harm; never, of an instrument that does not ask about it.

    `harm` is what was said of the paper: the answer is more than “not at all”, or it is not, or None where nobody
    said. Raises `Invalid` naming `phq9_harm` where it must be said, and where the total contradicts it: a PHQ-9 over
    24 holds an answer to the ninth question whatever the other eight are, and one of 0 holds none.
    """
    if not measure.hides_harm:
        return False
    field, told = f"{measure.key}_harm", {"name": measure.name, "total": f"{total:f}"}
    if harm is None:
        raise Invalid(
            field, "Say what the {name} on paper answers about self-harm. If it was left out, ask them first.", **told
        )
    if harm and rules_out_harm(measure, total):
        raise Invalid(field, "A {name} of {total} holds no answer about self-harm. Look at the paper again.", **told)
    if not harm and holds_harm(measure, total):
        raise Invalid(field, "A {name} of {total} holds an answer about self-harm. Look at the paper again.", **told)
    return harm


def rules_out_harm(measure: Instrument, total: str | int | Decimal) -> bool:
    """Whether a total is too low for an answer about self-harm above “not at all”. One that is no number is not."""
    value, limits = plain_decimal(str(total).strip()), _limits(measure)
    return value is not None and limits is not None and value < limits[0]


def holds_harm(measure: Instrument, total: Decimal) -> bool:
    """Whether a total is too high without an answer about self-harm above “not at all”."""
    limits = _limits(measure)
    return limits is not None and total > limits[1]


def _limits(measure: Instrument) -> tuple[int, int] | None:
    """The lowest total with an answer about self-harm, and the highest without one.

    None where the total is no plain sum of the same answers to every question. A gap that is filled with the mean of
    the others moves neither limit.
    """
    telling = {number: flag.at_least for flag in measure.flags for number in flag.items}
    if measure.rule != "sum" or not telling or len({item.values for item in measure.items}) != 1:
        return None
    least, most, added = 0, 0, []
    for item in measure.items:
        quiet = [item.points(one) for one in item.values if one < telling.get(item.number, one + 1)]
        least, most = least + min(quiet), most + max(quiet)
        if item.number in telling:
            added.append(min(item.points(one) for one in item.values if one >= telling[item.number]) - min(quiet))
    return least + min(added), most
