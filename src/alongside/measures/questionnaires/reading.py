"""Answers out of a FHIR R4 QuestionnaireResponse. Nothing in one is believed before it was looked at."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

from alongside.definitions.instruments import Instrument, instrument
from alongside.definitions.substances import substances
from alongside.kernel.errors import Invalid
from alongside.measures.questionnaires.naming import BASE, SUBSTANCE, SUBSTANCES, TOTAL, answer_system
from alongside.measures.rules import Raw

QUESTION = re.compile(r"item[0-9]+")
FINISHED = ("completed", "amended")
Response = Mapping[str, Any]


def instrument_of(response: Response) -> Instrument | None:
    """The instrument that a response says it answers; None where it names none of ours.

    Raises `Invalid` where it names one of ours that does not exist.
    """
    named = str(response.get("questionnaire") or "").partition("|")[0]
    return instrument(named.removeprefix(BASE)) if named.startswith(BASE) else None


def answers_of(measure: Instrument, response: Response) -> dict[str, Raw]:
    """The answers by item key, as they were given; a question without an answer is left out.

    A coding counts by its code, which is the answer's number. Scores that the other side worked out are not read: ours
    are made from the answers. Raises `Invalid` naming what is wrong: another resource, one that is not finished or was
    entered in error, another instrument or version, a question that it does not have, one answered twice, or an answer
    that is no answer.
    """
    given = _given(measure, response)
    _refuse_surplus(measure, given)
    return {key: _value(key, given[key], answer_system(measure)) for key in measure.item_columns if key in given}


def total_of(measure: Instrument, response: Response) -> Raw:
    """The total, where the instrument is entered by its total; None where it was not given. Raises as `answers_of`."""
    given = _given(measure, response)
    return _value(TOTAL, given[TOTAL]) if TOTAL in given else None


def substance_of(measure: Instrument, response: Response) -> str | None:
    """The key of the substance that the answers are about; None where none was given. Raises as `answers_of`."""
    given = _given(measure, response)
    if SUBSTANCE not in given:
        return None
    named = str(_value(SUBSTANCE, given[SUBSTANCE], SUBSTANCES))
    if named not in substances():
        raise Invalid(SUBSTANCE, "We do not ask about “{substance}”. Choose from the list.", substance=named)
    return named


# --- The response as a whole


def _given(measure: Instrument, response: Response) -> dict[str, Any]:
    """What was answered, by link id, after everything that could make the response another's."""
    _refuse_unfinished(response)
    _refuse_another(measure, response)
    found: dict[str, Any] = {}
    for item in _flat(response.get("item")):
        key = str(item.get("linkId", ""))
        if key in found and item.get("answer"):
            raise Invalid(key, "This question needs one answer.")
        if item.get("answer"):
            found[key] = item["answer"]
    return found


def _refuse_unfinished(response: Response) -> None:
    if response.get("resourceType") != "QuestionnaireResponse":
        raise Invalid("resourceType", "This is not a QuestionnaireResponse.")
    if response.get("status") not in FINISHED:
        status = response.get("status") or "without a status"
        raise Invalid("status", "Only a completed or amended response is read. This one is {status}.", status=status)


def _refuse_another(measure: Instrument, response: Response) -> None:
    answered = instrument_of(response)
    if answered is None:
        # `item1` is a question of nearly every instrument: answers that name none could be anything's.
        raise Invalid("questionnaire", "This does not say that it answers {name}.", name=measure.name)
    if answered.key != measure.key:
        raise Invalid(
            "questionnaire", "These are answers to {other}, not to {name}.", other=answered.name, name=measure.name
        )
    version = str(response["questionnaire"]).partition("|")[2]
    if version not in ("", measure.version):
        raise Invalid(
            "questionnaire",
            "These are answers to version {version} of {name}. We know version {known}.",
            version=version,
            name=measure.name,
            known=measure.version,
        )


def _flat(items: Any) -> Iterator[Mapping[str, Any]]:
    if items is None:
        return
    # Passed over, it would look as if nobody had answered.
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise Invalid("item", "The items are not a list of items.")
    for item in items:
        yield item
        yield from _flat(item.get("item"))


def _refuse_surplus(measure: Instrument, given: Mapping[str, Any]) -> None:
    """A response to a longer questionnaire: its first questions would be scored as if they were this one's."""
    surplus = [key for key in given if QUESTION.fullmatch(key) and key not in measure.item_columns]
    if surplus:
        raise Invalid(
            surplus[0],
            "{name} has {count} questions, and there is no {key} among them.",
            name=measure.name,
            count=len(measure.items),
            key=surplus[0],
        )


# --- One answer


def _value(key: str, answers: Any, system: str = "") -> Raw:
    if not isinstance(answers, list) or len(answers) != 1 or not isinstance(answers[0], Mapping):
        raise Invalid(key, "This question needs one answer.")
    if "item" in answers[0]:
        raise Invalid(key, "There are answers under this answer, where our questionnaire has none.")
    coding = answers[0].get("valueCoding")
    value = _code(key, coding, system) if isinstance(coding, Mapping) else _number(answers[0])
    # A coding without a code would be taken for a question that was not answered.
    if value in (None, ""):
        raise Invalid(key, "This answer has neither a code nor a number.")
    return value


def _code(key: str, coding: Mapping[str, Any], system: str) -> Raw:
    """The code, which is a number of ours only in a system of ours: elsewhere 1 may mean the third answer."""
    if coding.get("system", system) != system:
        raise Invalid(key, "This answer is coded in another system: {system}.", system=coding["system"])
    code = coding.get("code")
    return code if isinstance(code, str) else None


def _number(answer: Mapping[str, Any]) -> Raw:
    given = answer.get("valueInteger", answer.get("valueDecimal"))
    # True and not-a-number are numbers to Python; here they are no answers.
    is_number = isinstance(given, int | float | Decimal) and not isinstance(given, bool) and isfinite(given)
    return given if is_number else None
