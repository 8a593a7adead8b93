"""What the public of a country thinks each state of health is worth: an index for a profile such as 21321.

None is shipped: value sets are published by their owners, and nobody here has checked one. An organisation that may use
one puts it into a directory of its own (`use_sets_from`, or the setting `ALONGSIDE_VALUE_SETS`): one TOML file a set,
as decrements or with a table of every profile beside it. Without a set the profile stands alone.
"""

from pathlib import Path

from alongside.definitions.instruments import UK, instrument
from alongside.definitions.loader import parse, text_of
from alongside.definitions.value_sets.model import DECIMALS, SetFile, ValueSet, profiles, valued
from alongside.definitions.value_sets.table import read_table
from alongside.kernel.errors import Invalid
from alongside.kernel.language import later

__all__ = ["DECIMALS", "SETTING", "ValueSet", "profiles", "use_sets_from", "value_set", "value_sets"]

SETTING = "ALONGSIDE_VALUE_SETS"
_used: dict[tuple[str, str], ValueSet] = {}  # by instrument and jurisdiction


def use_sets_from(directory: Path | None) -> tuple[ValueSet, ...]:
    """Reads every `*.toml` of `directory` and uses it from now on; none at all where there is no directory.

    Called once, when a process starts. Raises `Invalid` naming the file and its line where one has a fault, leaves a
    profile out, or is for an instrument and a jurisdiction that has one already.
    """
    found: dict[tuple[str, str], ValueSet] = {}
    for file in _files(directory):
        one = _read(file)
        if held := found.get((one.instrument, one.jurisdiction)):
            sentence = later("jurisdiction: {name} has a value set already, called {other}.")
            raise Invalid(file.name, sentence, name=one.jurisdiction, other=held.name)
        found[one.instrument, one.jurisdiction] = one
    _used.clear()
    _used.update(found)
    return value_sets()


def value_sets() -> tuple[ValueSet, ...]:
    """Every set that is used here."""
    return tuple(_used.values())


def value_set(key: str, jurisdiction: str = UK) -> ValueSet | None:
    """The set that gives profiles of the instrument `key` their index in `jurisdiction`; None where there is none."""
    return _used.get((key, jurisdiction))


def _files(directory: Path | None) -> list[Path]:
    if directory is None:
        return []
    if not directory.is_dir():
        raise Invalid(SETTING, "There is no directory {name}.", name=directory)
    return sorted(directory.glob("*.toml"))


def _read(file: Path) -> ValueSet:
    said = parse(text_of(file), SetFile, file.name)
    if not said.table:
        return valued(said, said.by_decrements())
    beside = file.with_name(said.table)
    if not beside.is_file():
        raise Invalid(file.name, "There is no file {name} beside it.", name=said.table)
    return valued(said, read_table(beside, instrument(said.instrument)))
