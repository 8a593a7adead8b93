"""The invented sentences, from the one file that holds them."""

from functools import cache

from pydantic import Field

from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Content, Definition, Text


class Asked(Content):
    """A question that one service asks the other, and the answer it gets."""

    by: Text = Field(alias="from")
    text: Text
    recommendations: tuple[Text, ...]


class Happened(Content):
    """An event as somebody of one service was told it."""

    service: Text
    kind: Text
    words: Text


class Medicine(Content):
    """A medicine and its doses in their order, for the people of one service or of one substance group."""

    for_whom: Text = Field(alias="for")
    medicine: Text
    doses: tuple[Text, ...]


class Texts(Definition):
    """All of them, as the file holds them."""

    reasons_talking_therapies: tuple[Text, ...]
    reasons_substance_use: tuple[Text, ...]
    reasons_joint: tuple[Text, ...]
    wants: tuple[Text, ...]
    goals: tuple[Text, ...]
    notes: tuple[Text, ...]
    actions: dict[str, tuple[Text, ...]]
    screened: dict[str, Text]
    happened: tuple[Happened, ...]
    medicines: tuple[Medicine, ...]
    questions: tuple[Asked, ...]


@cache
def texts() -> Texts:
    """The file beside this module."""
    return load_one(__package__ or "", "texts.toml", Texts)
