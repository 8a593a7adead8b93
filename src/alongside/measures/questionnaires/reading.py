"""Answers out of a FHIR R4 QuestionnaireResponse."""

from collections.abc import Iterator, Mapping
from typing import Any

from alongside.definitions.instruments import Instrument, instrument
from alongside.kernel.errors import Invalid
from alongside.measures.questionnaires.making import BASE
from alongside.measures.rules import Raw

VALUES = ("valueCoding", "valueInteger", "valueDecimal", "valueString")


def instrument_of(response: Mapping[str, Any]) -> Instrument | None:
    """The instrument that a response says it answers; None where it names none of ours.

    Raises `Invalid` where it names one of ours that does not exist.
    """
    named = str(response.get("questionnaire") or "").partition("|")[0]
    return instrument(named.removeprefix(BASE)) if named.startswith(BASE) else None


def answers_of(measure: Instrument, response: Mapping[str, Any]) -> dict[str, Raw]:
    """The answers by item key, as they were given; a question without an answer is left out.

    A coding counts by its code, which is the answer's number. Scores that the other side worked out are not read: ours
    are made from the answers. Raises `Invalid` naming what is wrong: another resource, another instrument, or a
    question answered twice.
    """
    if response.get("resourceType") != "QuestionnaireResponse":
        raise Invalid("resourceType", "This is not a QuestionnaireResponse.")
    answered = instrument_of(response)
    if answered is not None and answered.key != measure.key:
        raise Invalid(
            "questionnaire", "These are answers to {other}, not to {name}.", other=answered.name, name=measure.name
        )
    found: dict[str, Raw] = {}
    for item in _flat(response.get("item")):
        key = str(item.get("linkId", ""))
        if key in measure.item_columns and item.get("answer"):
            found[key] = _value(key, item["answer"])
    return found


def _flat(items: Any) -> Iterator[Mapping[str, Any]]:
    for item in items if isinstance(items, list) else []:
        if isinstance(item, Mapping):
            yield item
            yield from _flat(item.get("item"))


def _value(key: str, answers: Any) -> Raw:
    if not isinstance(answers, list) or len(answers) != 1 or not isinstance(answers[0], Mapping):
        raise Invalid(key, "This question needs one answer.")
    given = answers[0]
    name = next((name for name in VALUES if name in given), None)
    if name is None:
        raise Invalid(key, "This answer is neither a coding nor a number.")
    value = given[name]
    return str(value.get("code", "")) if isinstance(value, Mapping) else value
