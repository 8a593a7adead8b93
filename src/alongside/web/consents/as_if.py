"""What would stand if some choices were saved, for what is said beside them in the same breath. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from alongside.consent import rules
from alongside.consent.queries import Agreed
from alongside.consent.rules import Choice


def as_if(live: Sequence[Agreed], said: Iterable[Choice]) -> list[Agreed]:
    """What stands, with these choices in the place of what they replace. Something is agreed with each of their
    recipients already, if perhaps for another purpose."""
    found = list(live)
    for choice in said:
        found = _with(found, choice)
    return found


def _with(live: Sequence[Agreed], choice: Choice) -> list[Agreed]:
    older = [one for one in live if rules.replaces(choice, one.said)]
    of_them = older or [one for one in live if one.recipient == choice.recipient and not one.refuses]
    made = [_says(one, choice) for one in of_them[:1] if older or choice.categories]
    return [one for one in live if one not in older] + made


def _says(one: Agreed, choice: Choice) -> Agreed:
    """The same row, were it this choice."""
    return replace(one, categories=choice.categories, purpose=choice.purpose, expires_at=choice.expires, said=choice)
