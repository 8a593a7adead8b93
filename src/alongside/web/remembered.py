"""Answers that this process keeps for a minute: about places and colleagues, never about a person in treatment."""

from collections.abc import Mapping
from time import monotonic
from typing import Generic, TypeVar

SECONDS = 60.0
MOST = 5_000

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    def __init__(self) -> None:
        self._kept: dict[str, tuple[Value, float]] = {}

    def get(self, key: str) -> Value | None:
        """What was kept less than a minute ago."""
        found = self._kept.get(key)
        return found[0] if found and found[1] > monotonic() else None

    def keep(self, found: Mapping[str, Value]) -> None:
        if len(self._kept) > MOST:
            self._kept.clear()
        until = monotonic() + SECONDS
        self._kept.update({key: (value, until) for key, value in found.items()})
