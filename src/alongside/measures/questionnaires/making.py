"""A FHIR R4 Questionnaire from an instrument's one definition.

Every answer is a coding whose `ordinalValue` is what it scores (reversed items are reversed there, “not applicable”
is nought), so that any SDC client adds up what our own scorers add up. Scores stay empty until they may be given.
"""

from collections.abc import Iterator
from itertools import groupby

from alongside.definitions import substances, texts
from alongside.definitions.instruments import Code, Instrument, Item
from alongside.measures.questionnaires import expressions
from alongside.measures.questionnaires.asking import enabled_when
from alongside.measures.questionnaires.naming import (
    CONTROLS,
    CORE,
    SDC,
    SUBSTANCE,
    SUBSTANCES,
    SYSTEMS,
    TOTAL,
    Json,
    answer_coding,
    url_of,
)

CONDITION = ("enableWhen", "enableBehavior")


def questionnaire(instrument: Instrument, words: texts.TextPack | None = None) -> Json:
    """The Questionnaire as JSON. Without a text pack the questions are numbered; one that is entered by its total has
    that as its only question. A draft, where a figure that decides something was not verified."""
    made = _heading(instrument) | _texts(instrument, words)
    if variables := expressions.variables(instrument):
        made["extension"] = [_variable(name, text) for name, text in variables.items()]
    return made | {"item": list(_items(instrument, words))}


def _heading(instrument: Instrument) -> Json:
    return {
        "resourceType": "Questionnaire",
        "id": instrument.key.replace("_", "-"),
        "url": url_of(instrument),
        "version": instrument.version,
        "name": "".join(part.capitalize() for part in instrument.key.split("_")),
        "status": "active" if instrument.verified else "draft",
        "subjectType": ["Patient"],
        "publisher": instrument.author,
    }


def _texts(instrument: Instrument, words: texts.TextPack | None) -> Json:
    """What belongs to the words: their language, their title, and whose they are."""
    if words is None:
        return {"language": instrument.language, "title": instrument.name, "copyright": instrument.text.says}
    whose = f"{words.attribution.rstrip('.')}. {words.licence}"
    return {"language": words.language, "title": words.title or instrument.name, "copyright": whose}


def _items(instrument: Instrument, words: texts.TextPack | None) -> Iterator[Json]:
    if instrument.per_substance:
        yield _substance()
    if not instrument.by_items:
        yield _total_to_enter(instrument)
        return
    yield from _questions(instrument, words)
    for link, (text, kind, formula) in expressions.scores(instrument).items():
        # The codes in a definition are those of its score, not of the form.
        codes = _codings(instrument.codes) if link == expressions.SCORE else {}
        yield {"linkId": link, **codes, "text": text, "type": kind, "readOnly": True, "extension": [_formula(formula)]}


# --- Questions


def _questions(instrument: Instrument, words: texts.TextPack | None) -> Iterator[Json]:
    """The questions in order; those that share a stem stand together under it."""
    for stem, items in groupby(instrument.items, key=words.stem_of if words else lambda item: None):
        asked = [_question(instrument, item, words) for item in items]
        if stem:
            yield _group(stem, asked)
        else:
            yield from asked


def _group(stem: str, asked: list[Json]) -> Json:
    """Questions under their stem. Where one answer skips them all, it takes the stem away with them."""
    asked_if = {name: asked[0][name] for name in CONDITION if name in asked[0]}
    if asked_if and all(one.get("enableWhen") == asked_if["enableWhen"] for one in asked):
        asked = [{name: held for name, held in one.items() if name not in CONDITION} for one in asked]
    else:
        asked_if = {}
    return {"linkId": f"group.{asked[0]['linkId']}", "text": stem, "type": "group", **asked_if, "item": asked}


def _question(instrument: Instrument, item: Item, words: texts.TextPack | None) -> Json:
    made: Json = {"linkId": item.key, **_codings(item.codes)}
    made["text"] = words.question(item) if words else item.label or f"Question {item.printed}"
    made |= _number(item) if item.between else _choice(instrument, item, words)
    # Only these: whoever would rather not answer another question may still hand in the rest, and be asked about it.
    if item.needed:
        made["required"] = True
    if item.skip:
        made |= {"enableWhen": enabled_when(instrument, item.skip), "enableBehavior": "any"}
    return made


def _number(item: Item) -> Json:
    least, most = item.between or (0, 0)
    return {"type": "decimal" if item.decimals else "integer", "extension": _limits(least, most, item.decimals)}


def _choice(instrument: Instrument, item: Item, words: texts.TextPack | None) -> Json:
    return {
        "type": "choice",
        "extension": [_radio_buttons()],
        "answerOption": [_option(instrument, item, value, words) for value in item.values],
    }


def _option(instrument: Instrument, item: Item, value: int, words: texts.TextPack | None) -> Json:
    said = words.answer(item, value) if words else _named(item, value)
    # On the option, not on its coding: clients look for the ordinal there.
    ordinal = {"url": f"{CORE}ordinalValue", "valueDecimal": item.points(value)}
    return {"extension": [ordinal], "valueCoding": answer_coding(instrument, value) | {"display": said or str(value)}}


def _named(item: Item, value: int) -> str:
    """What the definition itself says that an answer is; empty where its number is all there is."""
    if value == item.not_applicable:
        return "Does not apply"
    return ("No", "Yes")[value] if item.yes_no else ""


def _substance() -> Json:
    """Which substance the answers are about, where an instrument is asked of one at a time."""
    known = substances.substances().values()
    codings = [{"system": SUBSTANCES, "code": one.key, "display": one.words} for one in known]
    return {
        "linkId": SUBSTANCE,
        "text": "Substance",
        "type": "choice",
        "required": True,
        "extension": [_radio_buttons()],
        "answerOption": [{"valueCoding": one} for one in codings],
    }


def _total_to_enter(instrument: Instrument) -> Json:
    least, most = (instrument.range.minimum, instrument.range.maximum) if instrument.range else (0, 0)
    places = instrument.decimals[1]
    return {
        "linkId": TOTAL,
        **_codings(instrument.codes),
        "text": f"{instrument.name} total",
        "type": "decimal" if places else "integer",
        "required": True,
        "extension": _limits(int(least), int(most), places),
    }


# --- Their small parts


def _codings(codes: tuple[Code, ...]) -> Json:
    """As `code`, which may not be there and empty."""
    return {"code": [{"system": SYSTEMS[one.system], "code": one.code} for one in codes]} if codes else {}


def _limits(least: int, most: int, places: int) -> list[Json]:
    kind = "valueDecimal" if places else "valueInteger"
    limits: list[Json] = [{"url": f"{CORE}minValue", kind: least}, {"url": f"{CORE}maxValue", kind: most}]
    return limits + ([{"url": f"{CORE}maxDecimalPlaces", "valueInteger": places}] if places else [])


def _radio_buttons() -> Json:
    coding = {"system": CONTROLS, "code": "radio-button"}
    return {"url": f"{CORE}questionnaire-itemControl", "valueCodeableConcept": {"coding": [coding]}}


def _variable(name: str, text: str) -> Json:
    return {"url": f"{CORE}variable", "valueExpression": {"name": name, **_fhirpath(text)}}


def _formula(text: str) -> Json:
    return {"url": f"{SDC}calculatedExpression", "valueExpression": _fhirpath(text)}


def _fhirpath(text: str) -> Json:
    return {"language": "text/fhirpath", "expression": text}
