"""The same world with every id spelt otherwise."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

from alongside.access.rules import THE_PERSON
from alongside.definitions import policy
from alongside.kernel.periods import Period
from tests.law.worlds import SERVICES

WORDS = frozenset({THE_PERSON, *policy.packs(), *SERVICES.values()})  # of the policy: no ids


class Renaming:
    """Other ids for the same things; the kinds of handles and the person stay what they are called."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def __call__(self, value: Any) -> Any:
        if isinstance(value, Enum):
            return value
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, (tuple, frozenset)):
            return type(value)(self(one) for one in value)
        if is_dataclass(value) and not isinstance(value, Period):
            return replace(value, **{one.name: self(getattr(value, one.name)) for one in fields(value)})
        return value

    def _text(self, text: str) -> str:
        if text in WORDS or not text:
            return text
        kind, colon, name = text.partition(":")
        if kind == "class":
            return text
        inner, at, service = (name if colon else text).partition("@")
        spelt = self._id(inner) + (at + self._id(service) if at else "")
        return f"{kind}:{spelt}" if colon else spelt

    def _id(self, name: str) -> str:
        return f"{name[:3]}_{self.seed:06}{name[::-1]}"
