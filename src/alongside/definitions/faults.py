"""A fault of a definition file, with the place in the file that it is about."""

from collections.abc import Sequence

Place = tuple[str | int, ...]


class Misplaced(ValueError):
    """Something that contradicts something else: `place` is its path in the file, `("bandings", 0, "bands", 1)`."""

    def __init__(self, place: Sequence[str | int], words: str) -> None:
        super().__init__(words)
        self.place: Place = tuple(place)
