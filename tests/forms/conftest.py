"""LHC-Forms, put where it is by `scripts/lforms.py`, and one browser for all of its tests."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.building.house import REPOSITORY
from tests.forms.widget import checked, opened
from tests.journeys.browser import launched

HOME = Path(os.environ.get("LFORMS", REPOSITORY / ".venv/share/lforms"))


def pytest_collection_modifyitems(items):
    ours = [item for item in items if "tests/forms/" in item.path.as_posix()]
    for number, item in enumerate(ours):
        item.add_marker(pytest.mark.journey)
        item.add_marker(pytest.mark.xdist_group(f"forms {number % 2}"))  # a browser for each half


@pytest.fixture(scope="session")
def _open_widget():
    home = checked(HOME)
    with sync_playwright() as playwright, launched(playwright) as browser, opened(browser, home) as widget:
        yield widget


@pytest.fixture
def widget(_open_widget):
    """The page, of which every test has to say what faults it found: none, unless it planted one."""
    _open_widget.faults.clear()
    return _open_widget
