"""Which answers an evaluation counts: what may be asked for, and what may not."""

import pytest

from alongside.evaluation.rules.wanted import ALL, Why, wanted
from tests.unit.measures.refusals import refused

WEEKS = ("--without-use-within", "Give whole weeks from 1 to 5200.")
LANGUAGE = ("--only-language", "Give the language as a code, such as cy or bfi.")


@pytest.mark.parametrize(
    ("asked", "reasons"),
    [
        ({}, ()),
        ({"without_clouded": True}, (Why.CLOUDED,)),
        ({"without_helped": True}, (Why.HELPED,)),
        ({"without_use_within": 1}, (Why.RECENT_USE,)),
        ({"without_use_within": 5200}, (Why.RECENT_USE,)),
        ({"only_language": "en"}, (Why.LANGUAGE,)),
        ({"only_language": "bfi"}, (Why.LANGUAGE,)),
        ({"only_language": "bfi", "without_helped": True}, (Why.HELPED, Why.LANGUAGE)),
    ],
)
def test_why_an_answer_may_be_left_out(asked, reasons):
    assert wanted(**asked).reasons == reasons


@pytest.mark.parametrize("nothing", [{}, {"only_language": ""}, {"only_language": "  "}, {"without_use_within": None}])
def test_nothing_is_left_out_unless_somebody_asks(nothing):
    assert wanted(**nothing) == ALL
    assert not wanted(**nothing).reasons


@pytest.mark.parametrize(("written", "version"), [("en", ""), ("en-GB", ""), (" BFI-gb ", "bfi"), ("cy", "cy")])
def test_a_language_is_the_version_that_cutoffs_name(written, version):
    assert wanted(only_language=written).only_language == version


@pytest.mark.parametrize("weeks", [0, -1, 5201])
def test_weeks_that_cannot_be(weeks):
    assert refused(lambda: wanted(without_use_within=weeks)) == [WEEKS]


@pytest.mark.parametrize("language", ["e1", "abcdefghijklm", "-"])
def test_a_language_that_is_no_code(language):
    assert refused(lambda: wanted(only_language=language)) == [LANGUAGE]


def test_the_name_of_a_language_leads_to_its_code():
    assert refused(lambda: wanted(only_language="English!")) == [
        ("--only-language", "“English!” is not the code of a language. Do you mean en (English)?")
    ]


def test_two_problems_are_said_together():
    assert refused(lambda: wanted(without_use_within=0, only_language="?")) == [WEEKS, LANGUAGE]
