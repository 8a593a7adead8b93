"""The page of worked cases is made from the tables that the tests run."""

from dataclasses import replace

from tests.spec import instrument_cases as cases
from tests.spec import worked_cases_page as page
from tests.spec.worked_examples import EVERY_EXAMPLE


def test_the_committed_page_is_what_the_tests_run():
    assert page.PAGE.read_text("utf-8") == page.render(), "Run: python -m tests.spec.worked_cases_page"


def test_every_case_and_example_is_on_it():
    shown = page.render()
    assert shown.count("\n| ") - shown.count("\n| ---") * 2 == len(cases.every()) + len(EVERY_EXAMPLE)
    assert not [one["id"] for one in EVERY_EXAMPLE if f"\n| {one['id']} |" not in shown]


def test_a_changed_case_changes_the_page(monkeypatch):
    changed = [replace(one, score=(one.score or 0) + 1) for one in cases.every()]
    monkeypatch.setattr(cases, "every", lambda: tuple(changed))
    assert page.PAGE.read_text("utf-8") != page.render()
