"""Risk prompts and looks in an emergency, as pages show them."""

from alongside.safety.queries.emergencies import Look, Review, look, looks_at_ours, mine, open_things, owes_reviews
from alongside.safety.queries.risk import Prompt, listing, open_prompts, prompt, prompts, waiting

__all__ = [
    "Look",
    "Prompt",
    "Review",
    "listing",
    "look",
    "looks_at_ours",
    "mine",
    "open_prompts",
    "open_things",
    "owes_reviews",
    "prompt",
    "prompts",
    "waiting",
]
