"""The reader's language, for rooms that must not know who serves them.

English is the source, and what is said until an entrance speaks for the reader. It does so once, at its start, with
`speak`; the same catalogue then serves pages, commands, the report and every refusal, whichever floor it comes from.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeVar

Key = TypeVar("Key")


class _Speaker:
    """Who turns a sentence into the reader's language: nobody, until an entrance has said so."""

    one: Callable[[str], str] | None = None
    many: Callable[[str, str, int], str] | None = None


def speak(one: Callable[[str], str], many: Callable[[str, str, int], str]) -> None:
    """Let `one` (a sentence) and `many` (singular, plural, number) find the words from now on."""
    _Speaker.one, _Speaker.many = staticmethod(one), staticmethod(many)


def gettext(sentence: str) -> str:
    """The sentence in the reader's language, or as it stands where nobody translated it."""
    return _Speaker.one(sentence) if _Speaker.one and sentence else sentence  # a catalogue's "" is its own header


def ngettext(singular: str, plural: str, number: int) -> str:
    """`singular` or `plural` as `number` asks for, by the rules of the reader's language."""
    if _Speaker.many:
        return _Speaker.many(singular, plural, number)
    return singular if number == 1 else plural


def said(sentence: str, /, **values: object) -> str:
    """The sentence in the reader's language, with its `{values}` in their places; braces stand where there are none."""
    words = gettext(sentence)
    return words.format(**values) if values else words


def later(sentence: str) -> str:
    """The sentence as it is, marked for translators: for one that is kept now and said when somebody reads it."""
    return sentence


class Words(Mapping[Key, str]):
    """A table of sentences by key, each marked with `later` where it is written and said when it is looked up."""

    def __init__(self, sentences: Mapping[Key, str]) -> None:
        self._sentences = dict(sentences)

    def __getitem__(self, key: Key) -> str:
        return gettext(self._sentences[key])

    def __iter__(self) -> Iterator[Key]:
        return iter(self._sentences)

    def __len__(self) -> int:
        return len(self._sentences)


_MONTHS = Words(
    {
        1: later("January"),
        2: later("February"),
        3: later("March"),
        4: later("April"),
        5: later("May"),
        6: later("June"),
        7: later("July"),
        8: later("August"),
        9: later("September"),
        10: later("October"),
        11: later("November"),
        12: later("December"),
    }
)


def civil(day: date) -> str:
    """A day in words: `3 March 2026`."""
    return said("{day} {month} {year}", day=day.day, month=_MONTHS[day.month], year=day.year)
