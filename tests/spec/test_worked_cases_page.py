"""The page of worked cases is made from the tables that the tests run."""

import re
from dataclasses import replace

import pytest

from tests.spec import instrument_cases as cases
from tests.spec import worked_cases_page as page
from tests.spec.worked import TABLES, numbers
from tests.spec.worked.table import Table, said
from tests.spec.worked_examples import EVERY_EXAMPLE


def test_the_committed_page_is_what_the_tests_run():
    assert page.PAGE.read_text("utf-8") == page.render(), "Run: python -m tests.spec.worked_cases_page"


def test_every_case_and_example_is_on_it():
    shown = page.render()
    rows = len(cases.every()) + len(EVERY_EXAMPLE) + sum(len(one.rows) for one in TABLES) + len(numbers.OTHERS)
    assert shown.count("\n| ") - shown.count("\n| ---") * 2 == rows
    assert not [one["id"] for one in EVERY_EXAMPLE if f"\n| {one['id']} |" not in shown]


def test_every_number_that_was_written_down_is_on_it():
    printed = set(re.findall(r"^\| (?:\*\*)?([A-Z]-?\d+)\b", page.render(), flags=re.MULTILINE))
    assert set(numbers.EVERY) - printed == set(), "Give the case a row in a table of tests/spec/worked"
    assert printed - set(numbers.EVERY) == set(), "Write the number down in tests/spec/worked/numbers.py"


def test_a_number_is_written_down_once():
    every = [*numbers.EVERY, *(one for given, _about, _test in numbers.OTHERS for one in given.split())]
    assert len(set(every)) == len(every)


def test_what_is_tested_elsewhere_is_there():
    """Each number stands in the file that is said to test it."""
    for given, _about, test in numbers.OTHERS:
        text = (page.PAGE.parents[3] / test).read_text("utf-8") if test else ""
        assert not test or [one for one in given.split() if one not in text] == []


def test_a_changed_case_changes_the_page(monkeypatch):
    changed = [replace(one, score=(one.score or 0) + 1) for one in cases.every()]
    monkeypatch.setattr(cases, "every", lambda: tuple(changed))
    assert page.PAGE.read_text("utf-8") != page.render()


def test_a_changed_table_changes_the_page(monkeypatch):
    first, *rest = TABLES
    monkeypatch.setattr(page, "TABLES", (replace(first, rows=first.rows[1:]), *rest))
    assert page.PAGE.read_text("utf-8") != page.render()


def test_a_row_that_is_too_short_is_no_row():
    with pytest.raises(ValueError, match="Ends: a row has another number of columns than the head"):
        Table("Ends", "", ("case", "first", "last"), (("X01", 14),))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "–"),
        ("", "–"),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (321_061, "321,061"),
        ("did_not_attend", "did not attend"),
        ((), "none"),
        ((("treatment", None), ("review", "attended")), "treatment –; review attended"),
    ],
)
def test_values_are_said_as_a_reader_would(value, words):
    assert said(value) == words
