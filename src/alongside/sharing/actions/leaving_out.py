"""All of them, but not somebody: who cannot be left out of one choice alone."""

from collections.abc import Sequence

from alongside.access.context import Access
from alongside.consent import queries as consents
from alongside.consent.rules import Choice
from alongside.kernel.errors import Invalid
from alongside.organisations import queries as organisations


def check(registration: str, choices: Sequence[Choice], by: Access) -> None:
    """Raises `Invalid("names", …)` where somebody is left out now who works in the reader's service, too: a no reaches
    every job of theirs, so that they would still hold what they can no longer open. A refusal asks for the colleague
    who has it instead. Whoever was left out before stays so."""
    named = {one.recipient for choice in choices for one in choice.exceptions}
    for handle in named - _left_out(registration, choices, by) if named else ():
        kind, _colon, who = handle.partition(":")
        if kind == "practitioner" and organisations.works_in(who, by.service, access=by):
            raise Invalid("names", "They work in this service, too. Close the record to them instead.")


def _left_out(registration: str, choices: Sequence[Choice], by: Access) -> set[str]:
    """Also by what was shared last, where nothing stands any more."""
    standing = [one.said for one in consents.current(registration, access=by)]
    last = (consents.shared_last(registration, one, access=by) for one in choices)
    return {one.recipient for said in [*standing, *last] if said for one in said.exceptions}
