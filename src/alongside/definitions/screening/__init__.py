"""What each kind of service asks everybody at its door, and which instruments answer it when they were taken."""

from functools import cache
from typing import Self

from pydantic import Field, model_validator

from alongside.definitions import policy
from alongside.definitions.faults import Misplaced, Place
from alongside.definitions.instruments import instruments
from alongside.definitions.loader import load_one
from alongside.definitions.provenance import Content, Definition, Jurisdiction, Sourced, Text


class AnsweredBy(Content):
    """An instrument that answers a topic. `cutoff` names one of the instrument's own, so that no figure stands here;
    without one the practitioner says what was found. `parts`: only these of its parts are about the topic.
    `jurisdiction`: where another of its cut-offs decides."""

    instrument: Text
    cutoff: Text | None = None
    jurisdiction: Jurisdiction | None = None
    parts: tuple[Text, ...] = ()


class Topic(Sourced):
    """One thing to ask about: a plain question in our words, the kind of information that the answer is and why that
    one, and the instruments that answer it."""

    key: Text
    words: Text
    asks: Text
    category: Text
    because: Text
    answered_by: tuple[AnsweredBy, ...] = ()


class Door(Sourced):
    """What one kind of service asks everybody about, in the order in which it is asked."""

    kind: Text
    topics: tuple[Text, ...] = Field(min_length=1)


class Screening(Definition):
    """All of it, as one file holds it."""

    topics: tuple[Topic, ...]
    doors: tuple[Door, ...]

    @model_validator(mode="after")
    def _names_what_is_there(self) -> Self:
        known = {topic.key for topic in self.topics}
        for place, door in enumerate(self.doors):
            if missing := set(door.topics) - known:
                raise Misplaced(("doors", place, "topics"), f"asks about {sorted(missing)}, which is no topic")
        for place, topic in enumerate(self.topics):
            if topic.category not in policy.categories():
                raise Misplaced(("topics", place, "category"), f"{topic.category!r} is no kind of information")
            for number, one in enumerate(topic.answered_by):
                _check_answered_by(one, ("topics", place, "answered_by", number))
        return self


def _check_answered_by(one: AnsweredBy, at: Place) -> None:
    found = next((measure for measure in instruments() if measure.key == one.instrument), None)
    if found is None:
        raise Misplaced((*at, "instrument"), f"{one.instrument!r} is no instrument")
    if missing := set(one.parts) - {part.key for part in found.parts}:
        raise Misplaced((*at, "parts"), f"{one.instrument} has no part {sorted(missing)}")
    held = {(cutoff.key, cutoff.part) for cutoff in found.cutoffs}
    if one.cutoff and not held & {(one.cutoff, part) for part in one.parts or (None,)}:
        raise Misplaced((*at, "cutoff"), f"{one.instrument} has no cut-off {one.cutoff!r}")


@cache
def screening() -> Screening:
    """The topics and the doors, each with its source."""
    return load_one(__name__, "topics.toml", Screening)


@cache
def topics() -> dict[str, Topic]:
    """Topics by key."""
    return {topic.key: topic for topic in screening().topics}


def asked_at(kind: str) -> tuple[str, ...]:
    """The topics that a kind of service asks everybody about; none where nothing is laid down for its kind."""
    return next((door.topics for door in screening().doors if door.kind == kind), ())
