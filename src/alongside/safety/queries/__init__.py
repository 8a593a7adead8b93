"""Risk prompts, disclosures without consent, withheld entries and looks in an emergency, as pages show them."""

from alongside.safety.queries.disclosures import (
    Disclosure,
    Received,
    disclosure,
    disclosures,
    may_share,
    received,
    received_of,
)
from alongside.safety.queries.emergencies import (
    Look,
    Review,
    attempted,
    look,
    looks_at_ours,
    looks_into,
    mine,
    often,
    owes_reviews,
    stand_ins,
)
from alongside.safety.queries.prompts import (
    Prompt,
    listing,
    open_prompts,
    prompt,
    prompts,
    waiting,
)
from alongside.safety.queries.standing import (
    open_things,
)
from alongside.safety.queries.withheld import (
    Withholding,
    to_review,
    withheld,
    withheld_of,
    withholding,
)

__all__ = [
    "Disclosure",
    "Look",
    "Prompt",
    "Received",
    "Review",
    "Withholding",
    "attempted",
    "disclosure",
    "disclosures",
    "listing",
    "look",
    "looks_at_ours",
    "looks_into",
    "may_share",
    "mine",
    "often",
    "open_prompts",
    "open_things",
    "owes_reviews",
    "prompt",
    "prompts",
    "received",
    "received_of",
    "stand_ins",
    "to_review",
    "waiting",
    "withheld",
    "withheld_of",
    "withholding",
]
