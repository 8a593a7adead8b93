"""A form of measures that was sent has fields for what somebody entered, and for nothing else."""

import pytest

from alongside.definitions.substances import substances
from alongside.web.measures.forms import MeasuredAlone
from alongside.web.measures.how import HOW

UNITS = {f"{key}_unit": one.units[0] for key, one in substances().items()}  # a browser sends every choice there is
TALK = {"risk_outcome", "risk_escalated_to", "risk_about"}
BARE = {"date", "submission_token", "version", *TALK, *HOW}


def form(*entered, jurisdiction="uk"):
    return MeasuredAlone(*entered, jurisdiction=jurisdiction)


def fields_of(**entered):
    return set(form(UNITS | entered).fields) - BARE


def test_what_nobody_entered_has_no_field():
    assert fields_of() == set()
    assert fields_of(phq9="", alcohol_days="  ", phq9_item3="") == set()


@pytest.mark.parametrize("entered", [{"gad7": "12"}, {"gad7_item7": "3"}])
def test_an_instrument_comes_whole(entered):
    assert fields_of(**entered) == {"gad7", "gad7_unfinished", *(f"gad7_item{number}" for number in range(1, 8))}


@pytest.mark.parametrize("entered", [{"alcohol_days": "4"}, {"alcohol_amount": "12"}])
def test_a_substance_comes_whole(entered):
    assert fields_of(**entered) == {"alcohol_days", "alcohol_amount", "alcohol_unit", "alcohol_sure"}


def test_a_unit_beside_which_nothing_was_entered_is_not_looked_at():
    assert "alcohol_unit" not in form({"alcohol_unit": "furlongs"}).errors


def test_one_form_leaves_the_next_as_it_was():
    """The fields stand in every form: what one was sent and refused must not be in another."""
    wrong = form(UNITS | {"gad7_item1": "9", "gad7": ""})
    assert "gad7_item1" in wrong.errors
    right = form(UNITS | {"gad7_item1": "2"})
    assert "gad7_item1" not in right.errors
    assert right["gad7_item1"].value() == "2"
    assert form().screen.items[0].value() is None


def test_the_questions_are_in_the_words_of_where_the_service_is():
    said = {where: str(form(jurisdiction=where).screen.items[1].label) for where in ("uk", "us", "uk")}
    assert "units" in said["uk"]
    assert "units" not in said["us"]
    assert "drinks" in said["us"]
