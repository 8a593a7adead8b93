"""Risk prompts, disclosures without consent and withheld entries as pages show them."""

from alongside.safety.queries.disclosures import (
    Disclosure,
    Received,
    disclosure,
    disclosures,
    may_share,
    received,
    received_of,
)
from alongside.safety.queries.prompts import Prompt, listing, open_prompts, prompt, prompts, waiting
from alongside.safety.queries.standing import open_things
from alongside.safety.queries.withheld import Withholding, to_review, withheld, withholding

__all__ = [
    "Disclosure",
    "Prompt",
    "Received",
    "Withholding",
    "disclosure",
    "disclosures",
    "listing",
    "may_share",
    "open_prompts",
    "open_things",
    "prompt",
    "prompts",
    "received",
    "received_of",
    "to_review",
    "waiting",
    "withheld",
    "withholding",
]
