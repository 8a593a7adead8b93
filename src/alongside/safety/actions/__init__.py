"""Risk prompts; telling without consent, withholding and their second looks; looks in an emergency."""

from alongside.safety.actions.disclosing import (
    disclose,
)
from alongside.safety.actions.emergencies import (
    Declared,
    Reviewer,
    Side,
    declare,
    end,
    extend,
    review_look,
    shut,
)
from alongside.safety.actions.erasing import erase
from alongside.safety.actions.prompts import (
    Answered,
    answered,
    close,
    put_right,
    reopen,
    reroute,
    settle,
    withdraw,
)
from alongside.safety.actions.receiving import (
    read_received,
)
from alongside.safety.actions.withholding import (
    lapse_looks,
    open_withholding,
    review,
    withhold_disclosure,
    withhold_look,
    withhold_received,
)

__all__ = [
    "Answered",
    "Declared",
    "Reviewer",
    "Side",
    "answered",
    "close",
    "declare",
    "disclose",
    "end",
    "erase",
    "extend",
    "lapse_looks",
    "open_withholding",
    "put_right",
    "read_received",
    "reopen",
    "reroute",
    "review",
    "review_look",
    "settle",
    "shut",
    "withdraw",
    "withhold_disclosure",
    "withhold_look",
    "withhold_received",
]
