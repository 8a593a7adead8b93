"""How often one practitioner may look in an emergency: `access/emergencies.toml`."""

from functools import cache

from pydantic import PositiveInt

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Checked, Text


class Emergencies(Checked):
    """New looks that one practitioner may begin within an hour."""

    version: Text
    author: Text
    licence: Text
    most_in_an_hour: PositiveInt


@cache
def emergencies() -> Emergencies:
    """The one file; `DefinitionError` where it does not read."""
    return load_one("alongside.definitions", "access/emergencies.toml", Emergencies)
