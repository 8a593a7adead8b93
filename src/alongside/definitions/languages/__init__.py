"""Codes of languages: those of Unicode's list, which Babel brings, and those of ISO 639-3 that it leaves out.

A code is two or three letters (`cy`, `bfi`); a tag may say more of the version: its script, where it is spoken
(`zh-Hant-HK`). What looks like a code and is none would be a language version that nobody answered.
"""

import re
from difflib import get_close_matches
from functools import cache
from typing import Annotated

from babel import Locale
from babel.core import get_global
from pydantic import AfterValidator, Field

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Content, Definition, Text
from alongside.kernel.errors import Invalid
from alongside.kernel.language import later

MOST_MEANT = 3  # codes that a refusal names
# Codes of Unicode's list that are no language.
_NONE = frozenset({"und", "mul", "zxx", "mis"})
_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?", re.IGNORECASE | re.ASCII)


class Language(Content):
    """One language; `short` is what people call it for short, where they do."""

    code: Annotated[str, Field(pattern="^[a-z]{3}$")]
    name: Text
    short: Text | None = None


class Languages(Definition):
    """The whole file."""

    languages: tuple[Language, ...]


@cache
def beyond_unicode() -> Languages:
    """The languages that Unicode's list leaves out, with their source."""
    return load_one(__name__, "languages.toml", Languages)


@cache
def names() -> dict[str, str]:
    """Every language's name in English, by its code."""
    listed = {code: name for code, name in Locale("en").languages.items() if "_" not in code and code not in _NONE}
    return listed | {one.code: one.name for one in beyond_unicode().languages}


def is_tag(written: str) -> bool:
    """Whether it names a language, and if it says more, a script and a country or region, in letters of any size."""
    match = _TAG.fullmatch(written)
    if not match:
        return False
    code, script, place = match.groups()
    known = Locale("en")
    return (
        code.lower() in names()
        and (script is None or script.title() in known.scripts)
        and (place is None or (place.upper() in known.territories and place.upper() != "ZZ"))
    )


def name_in(code: str, reader: Locale) -> str:
    """A language by name, in the reader's own where Unicode has it; the code itself where it is none."""
    return reader.languages.get(code) or names().get(code) or code


def meant(written: str) -> tuple[str, ...]:
    """Codes that somebody may have meant who wrote something else: `bfi` for BSL, `en` for English, `pl` for pol."""
    said = re.sub(r"[\W_]+", " ", written).strip().casefold()
    if other := get_global("language_aliases").get(said):
        return (other.partition("_")[0],)
    called = _called()
    found = called.get(said) or [code for name in _starting(said) for code in called[name]]
    near = found or [code for name in get_close_matches(said, called, MOST_MEANT, 0.8) for code in called[name]]
    return tuple(dict.fromkeys(near))[:MOST_MEANT]


def problems(written: str, field: str = "language") -> list[Invalid]:
    """The refusal of what is no code of a language, naming `field`; none where none was given. Another word would have
    no cut-off of its own, and nothing would be found by it: neither a questionnaire's words nor an interpreter."""
    if not written or is_tag(written):
        return []
    if not (codes := meant(written)):
        return [Invalid(field, "Give the language as a code, such as cy or bfi.")]
    named = " or ".join(f"{code} ({names()[code]})" for code in codes)
    sentence = later("“{written}” is not the code of a language. Do you mean {named}?")
    return [Invalid(field, sentence, written=written, named=named)]


@cache
def _called() -> dict[str, tuple[str, ...]]:
    """Codes by what a language is called, in small letters."""
    called: dict[str, tuple[str, ...]] = {}
    shorts = [(one.short, one.code) for one in beyond_unicode().languages if one.short]
    for name, code in (*((name, code) for code, name in names().items()), *shorts):
        called[name.casefold()] = (*called.get(name.casefold(), ()), code)
    return called


def _starting(said: str) -> list[str]:
    return [name for name in _called() if len(said) > 3 and (name.startswith(said) or said in name.split())]


def _known_tag(written: str) -> str:
    if not is_tag(written):
        raise ValueError(f"“{written}” is not a code of a language: write it as en-GB, cy or bfi")
    return written


def _known_code(written: str) -> str:
    if "-" in _known_tag(written):
        raise ValueError("a cut-off is of a whole language: leave out where it is spoken")
    if written not in names():
        raise ValueError(f"“{written}” is not a code of a language: write it in small letters")
    return written


LanguageTag = Annotated[Text, AfterValidator(_known_tag)]
LanguageCode = Annotated[Text, AfterValidator(_known_code)]
