"""Words that are asked for once in each language: a long list, and a form of many boxes, say the same few each time."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.utils.choices import BaseChoiceIterator
from django.utils.translation import get_language

# What forms offer first, by their codes: those that many people who come to services here speak or sign.
LANGUAGES = ("en", "bfi", "cy", "ar", "bn", "zh", "gu", "fa", "pl", "pt", "pa", "ro", "so", "es", "ta", "tr", "ur")
Keys = ParamSpec("Keys")
Words = TypeVar("Words")


def once(say: Callable[Keys, Words]) -> Callable[Keys, Words]:
    """`say`, words by key, remembered for the language that is spoken. Nothing may change what it gives."""

    @lru_cache(maxsize=512)
    def kept(_language: str | None, *keys: Keys.args, **others: Keys.kwargs) -> Words:
        return say(*keys, **others)

    @wraps(say)
    def said(*keys: Keys.args, **others: Keys.kwargs) -> Words:
        return kept(get_language(), *keys, **others)

    return said


class Ready(BaseChoiceIterator):
    """Choices of a field that are put together already; Django would look through every one of them for each field."""

    def __init__(self, choices: Iterable[tuple[str, str]]) -> None:
        self.choices = tuple(choices)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.choices)

    def __len__(self) -> int:
        return len(self.choices)
