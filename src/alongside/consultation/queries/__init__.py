"""Questions between teams as their readers may see them, and when the last was put or answered."""

from alongside.consultation.queries.lasting import is_open, last_of
from alongside.consultation.queries.reading import (
    MOST,
    RECENT,
    Advice,
    Inbox,
    Line,
    Replied,
    ResponseTime,
    Said,
    Thread,
    about,
    answered_since,
    held_by,
    inbox,
    open_things,
    response_times,
    thread,
)

__all__ = [
    "MOST",
    "RECENT",
    "Advice",
    "Inbox",
    "Line",
    "Replied",
    "ResponseTime",
    "Said",
    "Thread",
    "about",
    "answered_since",
    "held_by",
    "inbox",
    "is_open",
    "last_of",
    "open_things",
    "response_times",
    "thread",
]
