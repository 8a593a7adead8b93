"""QuestionnaireResponses read back: answers as they were given, and every response that is refused with its words."""

import json
from decimal import Decimal

import pytest

from alongside.definitions.instruments import instrument
from alongside.kernel.errors import Invalid
from alongside.measures.questionnaires import answers_of, instrument_of, substance_of, total_of
from alongside.measures.rules import Scored, check_total, score

AUDIT_C = {"item1": 1, "item2": 2, "item3": 3}


def response(key, *items, **changes):
    whole = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(items)}
    return whole | {"questionnaire": f"urn:alongside:questionnaire:{key}|1"} | changes


def coded(link, value, system="urn:alongside:questionnaire:audit_c:answers"):
    return {"linkId": link, "answer": [{"valueCoding": {"system": system, "code": str(value), "display": "…"}}]}


def numbered(link, value, kind="valueInteger"):
    return {"linkId": link, "answer": [{kind: value}]}


def audit_c(*items, **changes):
    return response("audit_c", *(items or [coded(link, value) for link, value in AUDIT_C.items()]), **changes)


def read(given, key="audit_c"):
    return answers_of(instrument(key), given)


# --- What is read


def test_answers_by_their_codes():
    assert read(audit_c()) == {"item1": "1", "item2": "2", "item3": "3"}
    assert score(instrument("audit_c"), read(audit_c())).value == 6


def test_answers_in_groups_however_deep():
    inner = {"linkId": "inner", "item": [coded("item2", 2)]}
    assert read(audit_c({"linkId": "outer", "item": [coded("item1", 1), inner]}, coded("item3", 3))) == {
        "item1": "1",
        "item2": "2",
        "item3": "3",
    }


@pytest.mark.parametrize("blank", [{"linkId": "item2"}, {"linkId": "item2", "answer": []}, {"text": "no link"}])
def test_what_is_not_answered_is_left_out(blank):
    given = read(audit_c(coded("item1", 1), blank, coded("item3", 3)))
    assert given == {"item1": "1", "item3": "3"}
    assert score(instrument("audit_c"), given).status == "item2: not answered"


@pytest.mark.parametrize("nothing", [[], None])
def test_a_response_without_answers_has_none(nothing):
    assert read(audit_c(item=nothing)) == {}


def test_scores_of_the_other_side_are_not_read():
    assert read(audit_c(coded("item1", 1), numbered("score", 12))) == {"item1": "1"}


def test_whole_numbers_and_numbers_with_decimals():
    given = response("aor", numbered("alcohol_week1", 3), numbered("alcohol_amount", 2.5, "valueDecimal"))
    assert read(given, "aor") == {"alcohol_week1": 3, "alcohol_amount": 2.5}
    exactly = json.loads(json.dumps(given), parse_float=Decimal)
    assert read(exactly, "aor")["alcohol_amount"] == Decimal("2.5")
    assert isinstance(score(instrument("aor"), read(exactly, "aor")), Scored)


def test_an_answer_that_is_not_allowed_is_the_scorers_to_refuse():
    assert (
        score(instrument("audit_c"), read(audit_c(coded("item1", 9)))).problems[0].reason
        == "9 is not one of 0, 1, 2, 3, 4"
    )


def test_a_coding_without_a_system_is_ours():
    given = {"linkId": "item1", "answer": [{"valueCoding": {"code": "1"}}]}
    assert read(audit_c(given)) == {"item1": "1"}


@pytest.mark.parametrize("status", ["completed", "amended"])
def test_finished_responses_are_read(status):
    assert read(audit_c(status=status))


def test_a_total_that_was_entered():
    given = response("biq", numbered("total", 21))
    assert check_total(instrument("biq"), total_of(instrument("biq"), given)) == 21
    assert total_of(instrument("biq"), response("biq")) is None
    assert answers_of(instrument("biq"), given) == {}


def test_which_substance_the_answers_are_about():
    sds = instrument("sds")
    assert substance_of(sds, response("sds", coded("substance", "opiates", "urn:alongside:substances"))) == "opiates"
    assert substance_of(sds, response("sds")) is None


# --- Which instrument


def test_a_response_names_its_instrument_with_a_version_or_without():
    assert instrument_of(audit_c()) is instrument("audit_c")
    assert instrument_of(audit_c(questionnaire="urn:alongside:questionnaire:phq9")) is instrument("phq9")


@pytest.mark.parametrize("named", [None, "", "http://loinc.org/q/72109-2", "audit_c"])
def test_a_response_to_somebody_elses_questionnaire_names_none_of_ours(named):
    assert instrument_of(audit_c(questionnaire=named)) is None


# --- What is refused, and why

SYSTEM = "http://loinc.org"
REFUSED = [
    ({"resourceType": "Questionnaire"}, "resourceType: This is not a QuestionnaireResponse."),
    ({"resourceType": None}, "resourceType: This is not a QuestionnaireResponse."),
    ({"status": "in-progress"}, "status: Only a completed or amended response is read. This one is in-progress."),
    (
        {"status": "entered-in-error"},
        "status: Only a completed or amended response is read. This one is entered-in-error.",
    ),
    ({"status": None}, "status: Only a completed or amended response is read. This one is without a status."),
    ({"questionnaire": None}, "questionnaire: This does not say that it answers AUDIT-C."),
    ({"questionnaire": "http://x/audit_c"}, "questionnaire: This does not say that it answers AUDIT-C."),
    (
        {"questionnaire": "urn:alongside:questionnaire:phq9|1"},
        "questionnaire: These are answers to PHQ-9, not to AUDIT-C.",
    ),
    (
        {"questionnaire": "urn:alongside:questionnaire:audit_c|99.9"},
        "questionnaire: These are answers to version 99.9 of AUDIT-C. We know version 1.",
    ),
    ({"item": {"linkId": "item1"}}, "item: The items are not a list of items."),
    ({"item": "text"}, "item: The items are not a list of items."),
    ({"item": ["text"]}, "item: The items are not a list of items."),
    ({"item": [{"linkId": "group", "item": {"linkId": "item1"}}]}, "item: The items are not a list of items."),
    ({"questionnaire": "urn:alongside:questionnaire:phq99"}, "instrument: We do not know “phq99”. Known: ace,"),
]
ONE = "item1: This question needs one answer."
NEITHER = "item1: This answer has neither a code nor a number."
NESTED = "item1: There are answers under this answer, where our questionnaire has none."
REFUSED_ANSWERS = [
    ([{"valueInteger": 1}, {"valueInteger": 2}], ONE),
    (["1"], ONE),
    ({"valueInteger": 1}, ONE),
    ([{"valueString": "often"}], NEITHER),
    ([{"valueCoding": {"display": "Often"}}], NEITHER),
    ([{"valueCoding": {"code": ""}}], NEITHER),
    ([{"valueCoding": {"code": 1}}], NEITHER),
    ([{"valueBoolean": True}], NEITHER),
    ([{"valueInteger": True}], NEITHER),
    ([{"valueInteger": "1"}], NEITHER),
    ([{"valueDecimal": {"value": 1}}], NEITHER),
    ([{}], NEITHER),
    ([{"valueDecimal": float("nan")}], NEITHER),
    ([{"valueDecimal": float("inf")}], NEITHER),
    ([{"valueDecimal": Decimal("NaN")}], NEITHER),
    ([{"valueInteger": 1, "item": [coded("item2", 2)]}], NESTED),
    ([{"item": [coded("item2", 2)]}], NESTED),
    (coded("item1", 1, SYSTEM)["answer"], "item1: This answer is coded in another system: http://loinc.org."),
]


@pytest.mark.parametrize(("changes", "message"), REFUSED)
@pytest.mark.parametrize("reader", [answers_of, total_of, substance_of])
def test_a_response_that_is_not_one_to_it_is_refused(reader, changes, message):
    with pytest.raises(Invalid) as refused:
        reader(instrument("audit_c"), audit_c(**changes))
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(("answer", "message"), REFUSED_ANSWERS)
def test_what_is_no_answer_is_refused_and_never_left_out(answer, message):
    with pytest.raises(Invalid) as refused:
        read(audit_c({"linkId": "item1", "answer": answer}))
    assert str(refused.value) == message


def test_a_question_that_is_there_twice_is_refused():
    with pytest.raises(Invalid, match=ONE):
        read(audit_c(coded("item1", 1), {"linkId": "group", "item": [coded("item1", 2)]}))


def test_a_question_that_it_does_not_have_is_refused():
    # The response is to a longer questionnaire, and its first questions would be scored as if they were this one's.
    with pytest.raises(Invalid, match=r"^item4: AUDIT-C has 3 questions, and there is no item4 among them\.$"):
        read(audit_c(*(coded(f"item{number}", 1) for number in range(1, 5))))


def test_a_substance_that_we_do_not_ask_about_is_refused():
    given = response("sds", coded("substance", "coffee", "urn:alongside:substances"))
    with pytest.raises(Invalid, match="substance: We do not ask about “coffee”"):
        substance_of(instrument("sds"), given)
