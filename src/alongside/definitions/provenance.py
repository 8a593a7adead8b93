"""Where a piece of clinical content comes from, and whether anybody has checked it."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, StrictBool, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

# Whose guidance, bands and crisis numbers hold: that of the services there are (`organisations.rules`).
Jurisdiction = Literal["uk", "us"]
_KEY = re.compile(r"[a-z][a-z0-9_]*")


def _plain(key: str) -> str:
    # It names files, columns and fields of forms.
    if not _KEY.fullmatch(key):
        raise ValueError("write it in small letters, numbers and _, beginning with a letter")
    return key


Key = Annotated[Text, AfterValidator(_plain)]


def _not_blank(names: str) -> str:
    if names.casefold() in {"tbd", "todo", "unknown", "?"}:
        raise ValueError('say who checked it, or "none"')
    return names


def _may_be_shipped(licence: str) -> str:
    if "gpl" in licence.casefold():
        raise ValueError("nothing under the GPL or AGPL is shipped with this")
    return licence


class Content(BaseModel):
    """Read-only and strict: an unknown key is a misspelling, and a misspelt cut-off is a missing one."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=False)


class Sourced(Content):
    """One figure or list with its own source. `verified` is true only where a primary source was seen."""

    source: Text
    verified: StrictBool  # "yes" is a string, and somebody's hope


class Checked(Sourced):
    """Something that somebody ought to check, with who did; `none` is honest."""

    checker: Annotated[Text, AfterValidator(_not_blank)]


class Definition(Checked):
    """One definition file: what it is, who wrote it, who checked it, and its licence."""

    key: Key
    name: Text
    version: Text
    language: Text = "en-GB"
    author: Text
    licence: Annotated[Text, AfterValidator(_may_be_shipped)]
