"""Opening and ending episodes and journeys, and who is in the team."""

from alongside.journey.actions.allocating import allocate, take_over
from alongside.journey.actions.episodes import end_episode, open_episode, record_problem
from alongside.journey.actions.erasing import erase
from alongside.journey.actions.journeys import open_journey
from alongside.journey.actions.leading import hand_lead
from alongside.journey.actions.reviewing import reviewed

__all__ = [
    "allocate",
    "end_episode",
    "erase",
    "hand_lead",
    "open_episode",
    "open_journey",
    "record_problem",
    "reviewed",
    "take_over",
]
