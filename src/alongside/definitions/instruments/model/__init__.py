"""The shape of an instrument definition, and what makes one consistent."""

from alongside.definitions.instruments.model.figures import (
    UK,
    Band,
    Banding,
    Code,
    Cutoff,
    Flag,
    Missing,
    ReliableChange,
    ScoreRange,
    Skip,
    TextLicence,
    Whose,
    YesNo,
)
from alongside.definitions.instruments.model.instrument import Instrument
from alongside.definitions.instruments.model.items import Item
from alongside.definitions.instruments.model.parts import Label, Part

__all__ = [
    "UK",
    "Band",
    "Banding",
    "Code",
    "Cutoff",
    "Flag",
    "Instrument",
    "Item",
    "Label",
    "Missing",
    "Part",
    "ReliableChange",
    "ScoreRange",
    "Skip",
    "TextLicence",
    "Whose",
    "YesNo",
]
