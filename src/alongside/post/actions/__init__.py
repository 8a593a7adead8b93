"""Queueing a message, sending what waits, and dealing with one that failed."""

from alongside.post.actions.dispatching import Round, dispatch
from alongside.post.actions.erasing import erase
from alongside.post.actions.queueing import check_channel, drop, queue, reroute, settle

__all__ = [
    "Round",
    "check_channel",
    "dispatch",
    "drop",
    "erase",
    "queue",
    "reroute",
    "settle",
]
