"""The words of questions, apart from the instruments: they belong to their owners.

A pack holds every question and every answer of one instrument in one language. Those whose owners let anybody
reproduce them are here; a service that holds a licence for another puts a pack of its own in a directory and names it
(`use_packs_from`, or the setting `ALONGSIDE_TEXT_PACKS`). Without a pack an instrument works by numbered question.
"""

from functools import cache
from pathlib import Path

from alongside.definitions.instruments import UK, Instrument, instrument
from alongside.definitions.loader import load_all, parse, text_of
from alongside.definitions.texts.model import AnswerText, ItemText, TextPack, check_fits
from alongside.kernel.errors import Invalid

__all__ = ["AnswerText", "ItemText", "TextPack", "pack", "packs", "use_packs_from"]

_own: list[TextPack] = []  # those of the installation's own directory


def use_packs_from(directory: Path) -> tuple[TextPack, ...]:
    """Reads every `*.toml` of `directory` and uses it before ours. Called once, when a process starts.

    Raises `Invalid` naming the file and its line where one has a fault, or does not fit its instrument.
    """
    if not directory.is_dir():
        raise Invalid("ALONGSIDE_TEXT_PACKS", "There is no directory {name}.", name=directory)
    files = sorted(directory.glob("*.toml"))
    found = [_fitting(parse(text_of(file), TextPack, file.name), file.name) for file in files]
    _own[:] = found
    return tuple(found)


@cache
def _shipped() -> tuple[TextPack, ...]:
    return tuple(_fitting(one, f"{one.instrument}.{one.language}.toml") for one in load_all(__name__, TextPack))


def packs() -> tuple[TextPack, ...]:
    """Every pack there is, the installation's own first."""
    return (*_own, *_shipped())


def pack(key: str, *, language: str = "en-GB", jurisdiction: str = UK) -> TextPack | None:
    """The words of the instrument `key` for somebody who reads `language` in `jurisdiction`; None where there are
    none. Words of the same language from elsewhere will do, unless they were written for another jurisdiction."""
    fitting = [
        one
        for one in packs()
        if one.instrument == key
        and one.jurisdiction in (None, jurisdiction)
        and one.language.partition("-")[0] == language.partition("-")[0]
    ]
    return next((one for one in fitting if one.language == language), fitting[0] if fitting else None)


def _fitting(one: TextPack, name: str) -> TextPack:
    measure: Instrument = instrument(one.instrument)
    check_fits(one, measure, name)
    return one
