"""LHC-Forms, put where it is by `scripts/lforms.py`, and one page of it for all of its tests."""

import os
from pathlib import Path

import pytest

from tests.building.house import REPOSITORY
from tests.forms.widget import checked, opened

HOME = Path(os.environ.get("LFORMS", REPOSITORY / ".venv/share/lforms"))


def pytest_collection_modifyitems(items):
    ours = [item for item in items if "tests/forms/" in item.path.as_posix()]
    for number, item in enumerate(ours):
        item.add_marker(pytest.mark.journey)
        item.add_marker(pytest.mark.xdist_group(f"forms {number % 2}"))  # a page for each half


@pytest.fixture(scope="module")
def _open_widget(chromium):
    with opened(chromium, checked(HOME)) as widget:
        yield widget


@pytest.fixture
def widget(_open_widget):
    """The page, of which every test has to say what faults it found: none, unless it planted one."""
    _open_widget.faults.clear()
    return _open_widget
