"""Only one browser is started in a process of the tests: whoever starts a second one is refused, in any order."""

import ast

from tests.building.house import REPOSITORY

TESTS = REPOSITORY / "tests"


def starts_a_browser(source: str) -> bool:
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return any(ast.unparse(call).endswith("sync_playwright") for call in calls)


def test_it_is_started_in_one_place():
    starting = [path for path in TESTS.rglob("*.py") if starts_a_browser(path.read_text("utf-8"))]
    assert starting == [TESTS / "conftest.py"]


def test_another_start_is_found():
    assert starts_a_browser("with sync_playwright() as playwright:\n    pass")
    assert starts_a_browser("sync_api.sync_playwright().start()")
    assert not starts_a_browser("from playwright.sync_api import sync_playwright")
