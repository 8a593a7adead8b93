"""Which words of a definition people read: they go to translators with the pages' own, and are said where shown.

Keys, codes, sources and licences are the same in every language. The questions of an instrument are here too; a
language whose translation nobody has validated has to say so (`verified`), as the English does.
"""

import tomllib
from collections.abc import Iterator, Mapping
from typing import IO, Any

Found = tuple[int, None, str, tuple[str, ...]]

SPOKEN = frozenset({
    "about",
    "asks",
    "cannot_say",
    "definition",
    "hours",
    "number",
    "short",
    "signs",
    "signs_us",
    "stem",
    "text",
    "title",
    "unanswered",
    "when",
    "where",
    "why_it_matters",
    "words",
})  # fmt: skip
LISTED = frozenset({"item_labels"})  # lists of words; empty where there are none


def spoken(content: Any) -> Iterator[str]:
    """Every sentence of a definition, as `tomllib` gives it, that stands on a page or in the report."""
    if isinstance(content, Mapping):
        for key, value in content.items():
            if isinstance(value, str) and key in SPOKEN and value:
                yield value
            if key in LISTED:
                yield from filter(None, value)
            yield from spoken(value)
    elif isinstance(content, list):
        for value in content:
            yield from spoken(value)


def extract(file: IO[bytes], keywords: object, tags: object, options: object) -> Iterator[Found]:
    """The same as Babel's collector asks for it: line, function, words and comments."""
    for words in spoken(tomllib.load(file)):
        yield 1, None, words, ()
