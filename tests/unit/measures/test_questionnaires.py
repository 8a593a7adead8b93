"""Questionnaires made from definitions: valid FHIR, whole, and consistent in what no validator looks at."""

import copy
import re

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from pydantic import ValidationError
from stdnum import luhn, verhoeff

from alongside.definitions import texts
from alongside.definitions.instruments import instrument, instruments
from alongside.measures.questionnaires import questionnaire

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
DIGITS = {"http://snomed.info/sct": verhoeff, "http://loinc.org": luhn}
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
OURS = re.compile(r"urn:alongside:(questionnaire:[a-z0-9_]+:answers|substances)")

# Every instrument by number, and in every pack of words that we hold.
FORMS = [(known.key, None) for known in instruments()] + [(pack.instrument, pack.language) for pack in texts.packs()]
each_form = pytest.mark.parametrize(("key", "language"), FORMS, ids=str)
each_instrument = pytest.mark.parametrize("measure", instruments(), ids=lambda measure: measure.key)


def made(key, language=None):
    packs = {pack.language: pack for pack in texts.packs() if pack.instrument == key}
    return questionnaire(instrument(key), packs.get(language))


def flat(items):
    for item in items:
        yield item
        yield from flat(item.get("item", []))


def items(form):
    return list(flat(form["item"]))


def by_link(form):
    return {item["linkId"]: item for item in items(form)}


# --- What FHIR asks for


@each_form
def test_it_is_valid_fhir(key, language):
    Questionnaire.model_validate(made(key, language))


def test_what_is_not_fhir_is_found():
    form = made("phq9")
    del form["item"][0]["linkId"]
    with pytest.raises(ValidationError, match="linkId"):
        Questionnaire.model_validate(form)


# --- What its validators leave to others


def faults(form):
    return [*same_links(form), *bad_conditions(form), *bad_options(form), *bad_codes(form), *bad_formulas(form)]


def same_links(form):
    links = [item["linkId"] for item in items(form)]
    return [f"{link} twice" for link in set(links) if links.count(link) > 1]


def bad_conditions(form):
    """A condition needs an earlier question, one that can be answered so, and a rule for several."""
    earlier = {}
    for item in items(form):
        for condition in item.get("enableWhen", []):
            asked = earlier.get(condition["question"])
            if asked is None or not could_be(asked, condition):
                yield f"{item['linkId']} hangs on {condition}"
        if len(item.get("enableWhen", [])) > 1 and "enableBehavior" not in item:
            yield f"{item['linkId']} does not say how its conditions go together"
        earlier[item["linkId"]] = item


def could_be(asked, condition):
    if "answerCoding" in condition:
        wanted = (condition["answerCoding"]["system"], condition["answerCoding"]["code"])
        return wanted in [(one["system"], one["code"]) for one in codings(asked)] and condition["operator"] == "="
    return asked["type"] == "integer" and limits(asked)[0] < condition["answerInteger"] <= limits(asked)[1]


def codings(item):
    return [option["valueCoding"] for option in item.get("answerOption", [])]


def limits(item):
    found = {
        one["url"].rpartition("/")[2]: one.get("valueInteger", one.get("valueDecimal")) for one in item["extension"]
    }
    return found["minValue"], found["maxValue"]


def bad_options(form):
    """Each choice has answers, all different, and what they score stands where clients look for it."""
    for item in items(form):
        if (item["type"] == "choice") != bool(item.get("answerOption")):
            yield f"{item['linkId']} is {item['type']}, with or without answers"
        codes = [one["code"] for one in codings(item)]
        if len(set(codes)) < len(codes):
            yield f"{item['linkId']} has an answer twice"
        for option in item.get("answerOption", []) if item["linkId"] != "substance" else []:
            if [one["url"] for one in option.get("extension", [])] != [ORDINAL] or "extension" in option["valueCoding"]:
                yield f"{item['linkId']} does not say what {option['valueCoding']['code']} scores"


def bad_codes(form):
    """Codes of systems that nobody knows, and those whose check digit says that they were mistyped."""
    for item in items(form):
        for coding in [*item.get("code", []), *codings(item), *controls(item)]:
            system, code = coding["system"], coding["code"]
            if system in DIGITS:
                if not DIGITS[system].is_valid(code.replace("-", "")):
                    yield f"{code} is mistyped"
            elif system != CONTROLS and not OURS.fullmatch(system):
                yield f"{system} is not known"


def controls(item):
    held = [one.get("valueCodeableConcept", {}).get("coding", []) for one in item.get("extension", [])]
    return [coding for codings in held for coding in codings]


def bad_formulas(form):
    """Formulas that speak of questions or variables that are not there, or whose brackets do not close."""
    questions, known = {link for link, item in by_link(form).items() if not item.get("readOnly")}, {"resource"}
    for name, text in formulas(form):
        gone = set(re.findall(r"'([\w.]+)'(?=[|)])", "".join(re.findall(r"linkId in (\([^)]*\))", text)))) - questions
        gone |= set(re.findall(r"%(\w+)", text)) - known
        if gone or text.count("(") != text.count(")"):
            yield f"{name} speaks of {sorted(gone)}"
        known.add(name)


def formulas(form):
    for one in form.get("extension", []):
        yield one["valueExpression"]["name"], one["valueExpression"]["expression"]
    for item in items(form):
        for one in item.get("extension", []):
            if one["url"] == CALCULATED:
                yield item["linkId"], one["valueExpression"]["expression"]


@each_form
def test_it_is_consistent(key, language):
    assert faults(made(key, language)) == []


def change(link, **changes):
    """A fault planted in one item of a form."""

    def planted(form):
        by_link(form)[link].update(copy.deepcopy(changes))

    return planted


def put(*path):
    """A fault planted in what is already there: the last word is put at the end of the path before it."""

    def planted(form):
        *way, last, value = path
        at = by_link(form)[way[0]]
        for step in way[1:]:
            at = at[step]
        at[last] = value

    return planted


def later_question(form):
    form["item"].insert(0, form["item"].pop(1))


def ordinal_on_coding(form):
    option = by_link(form)["item1"]["answerOption"][0]
    option["valueCoding"]["extension"] = option.pop("extension")


def broken_variable(form):
    form["extension"][1]["valueExpression"]["expression"] = "%point.count()"


CONDITION = {
    "question": "item1",
    "operator": "=",
    "answerCoding": {"system": "urn:alongside:questionnaire:fast:answers"},
}


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        (change("item2", linkId="item1"), "item1 twice"),
        (change("score", linkId="item1"), "item1 twice"),
        (put("item2", "enableWhen", 0, "question", "item9"), "item2 hangs on"),
        (later_question, "item2 hangs on"),
        (put("item2", "enableWhen", 0, "answerCoding", {"system": "other", "code": "1"}), "item2 hangs on"),
        (put("item2", "enableWhen", 0, "answerCoding", CONDITION["answerCoding"] | {"code": "9"}), "item2 hangs on"),
        (put("item2", "enableWhen", 0, "operator", "!="), "item2 hangs on"),
        (change("item2", enableWhen=[{"question": "item1", "operator": ">=", "answerInteger": 1}]), "item2 hangs on"),
        (lambda form: by_link(form)["item2"].pop("enableBehavior"), "item2 does not say how"),
        (change("item1", answerOption=[]), "item1 is choice"),
        (change("item1", type="string"), "item1 is string"),
        (put("item1", "answerOption", 0, "valueCoding", "code", "1"), "item1 has an answer twice"),
        (ordinal_on_coding, "item1 does not say what 0 scores"),
        (put("item1", "answerOption", 0, "extension", []), "item1 does not say what 0 scores"),
        (put("item1", "answerOption", 0, "valueCoding", "system", "urn:x"), "urn:x is not known"),
        (change("score", code=[{"system": "http://loinc.org", "code": "44261-5"}]), "44261-5 is mistyped"),
        (change("item1", code=[{"system": "http://snomed.info/sct", "code": "720433001"}]), "720433001 is mistyped"),
        (put("score", "extension", 0, "valueExpression", {"expression": "%resource.where(linkId in ('x'))"}), "'x'"),
        (put("score", "extension", 0, "valueExpression", {"expression": "%points.sum("}), "score speaks of"),
        (broken_variable, "point"),
    ],
)
def test_an_inconsistent_one_is_found(planted, found):
    form = made("fast")
    assert faults(form) == []
    planted(form)
    assert found in "; ".join(faults(form))


# --- What it says


@each_instrument
def test_it_asks_every_question_and_gives_every_score(measure):
    links = by_link(made(measure.key))
    totals = ["score"] if measure.by_items and measure.by_total else []
    results = ["result"] if measure.rule in ("label", "profile") else []
    calculated = [f"score.{part.key}" for part in measure.parts] + totals + results
    asked = list(measure.item_columns) or ["total"]
    asked = ["substance", *asked] if measure.per_substance else asked
    assert list(links) == asked + calculated
    assert [link for link, item in links.items() if item.get("readOnly")] == calculated


@each_instrument
def test_every_answer_scores_what_our_scorer_says(measure):
    links = by_link(made(measure.key))
    for item in measure.items:
        if item.between:
            assert limits(links[item.key]) == item.between
        else:
            told = {
                one["valueCoding"]["code"]: one["extension"][0]["valueDecimal"]
                for one in links[item.key]["answerOption"]
            }
            assert told == {str(value): item.points(value) for value in item.values}


@each_instrument
def test_every_code_of_the_definition_is_where_it_belongs(measure):
    links = by_link(made(measure.key))
    wanted = {item.key: item.codes for item in measure.items}
    wanted["score" if measure.by_items else "total"] = measure.codes
    for link, codes in wanted.items():
        assert [one["code"] for one in links.get(link, {}).get("code", [])] == [one.code for one in codes]


def asked(form, link, answers):
    """Whether a question is shown after these answers, by the conditions of the form alone."""
    item = by_link(form)[link]
    return any(holds(condition, answers.get(condition["question"])) for condition in item["enableWhen"])


def holds(condition, given):
    if given is None:
        return False
    coding = condition.get("answerCoding")
    return str(given) == coding["code"] if coding else given >= condition["answerInteger"]


SKIPS = [
    (known.key, item) for known in instruments() for item in known.items if item.skip and len(item.skip.items) == 1
]


@pytest.mark.parametrize(("key", "item"), SKIPS, ids=lambda one: getattr(one, "key", one))
def test_a_question_is_asked_exactly_where_nothing_skips_it(key, item):
    form, gate = made(key), instrument(key).items[item.skip.items[0] - 1]
    for value in gate.values:
        assert asked(form, item.key, {gate.key: value}) is (gate.points(value) not in item.skip.sums)
    assert not asked(form, item.key, {})


@pytest.mark.parametrize(("second", "third", "shown"), [(0, 0, False), (1, 0, True), (0, 4, True), (0, None, False)])
def test_a_question_that_two_skip_is_asked_where_either_does_not(second, third, shown):
    assert asked(made("audit"), "item4", {"item2": second, "item3": third}) is shown


def test_only_what_has_to_be_answered_is_required():
    assert [item["linkId"] for item in items(made("pc_ptsd_5")) if item.get("required")] == ["exposed"]
    assert [item["linkId"] for item in items(made("c_ssrs")) if item.get("required")] == ["item1", "item2", "item6"]
    assert [item["linkId"] for item in items(made("sds")) if item.get("required")] == ["substance"]
    assert [item["linkId"] for item in items(made("biq")) if item.get("required")] == ["total"]
    assert not any(item.get("required") for item in items(made("phq9")))


def test_a_gate_takes_the_stem_of_its_questions_away_with_them():
    first, second, score = made("pc_ptsd_5", "en-US")["item"]
    assert (first["type"], second["type"], score["linkId"]) == ("group", "group", "score")
    assert "enableWhen" not in first
    assert [one["question"] for one in second["enableWhen"]] == ["exposed"]
    assert not any("enableWhen" in item for item in second["item"])


def test_questions_that_hang_on_different_things_keep_their_own_conditions():
    [group, *_scores] = made("bam", "en-US")["item"]
    assert "enableWhen" not in group
    assert sum("enableWhen" in item for item in group["item"]) == 8


def test_questions_stand_together_under_their_stem_in_the_words_of_a_pack():
    [group, score] = made("phq9", "en-GB")["item"]
    assert group["text"].startswith("Over the last 2 weeks")
    assert [item["linkId"] for item in group["item"]] == list(instrument("phq9").item_columns)
    assert group["item"][0]["text"] == "Little interest or pleasure in doing things"
    assert [one["display"] for one in codings(group["item"][0])][:2] == ["Not at all", "Several days"]
    assert score["type"] == "integer"


def test_without_words_the_questions_are_numbered():
    form = made("wsas")
    assert form["item"][0]["text"] == "Question 1"
    assert [one["display"] for one in codings(form["item"][0])] == [*"012345678", "Does not apply"]
    assert form["copyright"] == instrument("wsas").text.says


def test_an_answer_that_is_yes_or_no_is_called_so_whatever_it_scores():
    for item in made("dast10")["item"][:4]:
        assert [one["display"] for one in codings(item)] == ["No", "Yes"]
    assert [one["display"] for one in codings(made("ace")["item"][0])] == ["0", "1"]


def test_words_are_named_with_their_owners_and_their_licence():
    form, pack = made("gad7", "en-GB"), texts.pack("gad7")
    assert (form["language"], form["title"]) == ("en-GB", pack.title)
    assert form["copyright"] == f"{pack.attribution}. {pack.licence}"


@each_instrument
def test_what_nobody_verified_is_a_draft(measure):
    form = made(measure.key)
    assert form["status"] == ("active" if measure.verified else "draft")
    assert (form["version"], form["publisher"]) == (measure.version, measure.author)


def test_nothing_is_left_unchecked():
    """Every check above runs over what was found; nothing found would be nothing checked."""
    assert len(FORMS) >= 60
    assert len(SKIPS) > 30
    assert sum(bool(list(formulas(made(known.key)))) for known in instruments()) >= 48
