"""A FHIR R4 Questionnaire from an instrument's one definition.

Every answer is a coding whose `ordinalValue` is what it scores (reversed items are reversed there, “not applicable”
is nought), so that any SDC client adds up what our own scorers add up. Scores stay empty until they may be given.
"""

from collections.abc import Iterator
from typing import Any

from alongside.definitions import texts
from alongside.definitions.instruments import Code, Instrument, Item
from alongside.measures.questionnaires import expressions

Json = dict[str, Any]

BASE = "urn:alongside:questionnaire:"
CORE = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
SYSTEMS = {"snomed": "http://snomed.info/sct", "loinc": "http://loinc.org"}
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"


def url_of(instrument: Instrument) -> str:
    """The canonical address of the instrument's Questionnaire, without its version."""
    return f"{BASE}{instrument.key}"


def answer_system(instrument: Instrument) -> str:
    """The code system of the instrument's answers: their numbers."""
    return f"{url_of(instrument)}:answers"


def questionnaire(instrument: Instrument, words: texts.TextPack | None = None) -> Json:
    """The Questionnaire as JSON. Without a text pack the questions are numbered; one that is entered by its total has
    that as its only question. `experimental` where a figure that decides something was not verified."""
    made: Json = {
        "resourceType": "Questionnaire",
        "id": instrument.key.replace("_", "-"),
        "url": url_of(instrument),
        "version": instrument.version,
        "name": "".join(part.capitalize() for part in instrument.key.split("_")),
        "title": instrument.name,
        "status": "active",
        "experimental": not instrument.verified,
        "subjectType": ["Patient"],
        "copyright": words.licence if words else instrument.text.says,
    }
    if codes := _codings(instrument.codes):
        made["code"] = codes
    if variables := expressions.variables(instrument):
        made["extension"] = [_variable(name, text) for name, text in variables.items()]
    made["item"] = list(_items(instrument, words))
    return made


def _items(instrument: Instrument, words: texts.TextPack | None) -> Iterator[Json]:
    if not instrument.by_items:
        yield _total_to_enter(instrument)
        return
    said = None
    for item in instrument.items:
        stem = words.stem_of(item) if words else None
        if stem and stem != said:
            yield {"linkId": f"stem{item.number}", "text": stem, "type": "display"}
        said = stem
        yield _question(instrument, item, words)
    for name, (text, kind, formula) in expressions.scores(instrument).items():
        yield _score(name, text, kind, formula)


def _question(instrument: Instrument, item: Item, words: texts.TextPack | None) -> Json:
    made: Json = {"linkId": item.key, "text": words.question(item) if words else f"Question {item.number}"}
    if codes := _codings(item.codes):
        made["code"] = codes
    if item.between:
        made |= {"type": "decimal" if item.decimals else "integer", "extension": _limits(item)}
    else:
        made |= {
            "type": "choice",
            "extension": [_control("radio-button")],
            "answerOption": [_option(instrument, item, value, words) for value in item.values],
        }
    if item.skip:
        made |= {"enableWhen": _enabled(instrument, item), "enableBehavior": "any"}
    return made


def _option(instrument: Instrument, item: Item, value: int, words: texts.TextPack | None) -> Json:
    said = words.answer(item, value) if words else None
    # On the option, not on its coding: clients look for the ordinal there.
    ordinal = {"url": f"{CORE}ordinalValue", "valueDecimal": item.points(value)}
    coding = {"system": answer_system(instrument), "code": str(value), "display": said or str(value)}
    return {"extension": [ordinal], "valueCoding": coding}


def _enabled(instrument: Instrument, item: Item) -> list[Json]:
    """A question is asked where any earlier answer it hangs on does not score one of the sums that skip it."""
    asked = []
    for number in item.skip.items if item.skip else ():
        earlier = instrument.items[number - 1]
        for value in earlier.values:
            if item.skip and earlier.points(value) not in item.skip.sums:
                coding = {"system": answer_system(instrument), "code": str(value)}
                asked.append({"question": earlier.key, "operator": "=", "answerCoding": coding})
    return asked


def _limits(item: Item) -> list[Json]:
    least, most = item.between or (0, 0)
    kind = "valueDecimal" if item.decimals else "valueInteger"
    limits = [{"url": f"{CORE}minValue", kind: least}, {"url": f"{CORE}maxValue", kind: most}]
    return limits + ([{"url": f"{CORE}maxDecimalPlaces", "valueInteger": item.decimals}] if item.decimals else [])


def _score(name: str, text: str, kind: str, formula: str) -> Json:
    expression = {"url": f"{SDC}calculatedExpression", "valueExpression": _fhirpath(formula)}
    return {"linkId": name, "text": text, "type": kind, "readOnly": True, "extension": [expression]}


def _total_to_enter(instrument: Instrument) -> Json:
    least, most = (instrument.range.minimum, instrument.range.maximum) if instrument.range else (0, 0)
    places = instrument.decimals[1]
    kind = "valueDecimal" if places else "valueInteger"
    limits: list[Json] = [{"url": f"{CORE}minValue", kind: int(least)}, {"url": f"{CORE}maxValue", kind: int(most)}]
    if places:
        limits.append({"url": f"{CORE}maxDecimalPlaces", "valueInteger": places})
    return {
        "linkId": "total",
        "text": f"{instrument.name} total",
        "type": "decimal" if places else "integer",
        "required": True,
        "extension": limits,
    }


def _codings(codes: tuple[Code, ...]) -> list[Json]:
    return [{"system": SYSTEMS[one.system], "code": one.code} for one in codes]


def _control(code: str) -> Json:
    return {
        "url": f"{CORE}questionnaire-itemControl",
        "valueCodeableConcept": {"coding": [{"system": CONTROLS, "code": code}]},
    }


def _variable(name: str, text: str) -> Json:
    return {"url": f"{CORE}variable", "valueExpression": {"name": name, **_fhirpath(text)}}


def _fhirpath(text: str) -> Json:
    return {"language": "text/fhirpath", "expression": text}
