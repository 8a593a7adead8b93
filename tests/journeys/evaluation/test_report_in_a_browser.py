"""The report that an evaluator takes away, opened from its file: everybody can read it, at a desk and on a phone."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from alongside.evaluation.rules.audience import Audience
from tests.unit.evaluation.evaluating import QUIET
from tests.unit.evaluation.test_evaluation_report import evaluation, pages

pytestmark = pytest.mark.filterwarnings(QUIET)
__all__ = ["evaluation", "pages"]


@pytest.mark.parametrize("width", [320, 1280])
def test_everybody_can_read_it(width: int, pages: dict[Audience, str], tmp_path: Path, chromium: Browser) -> None:
    tab = chromium.new_page(viewport={"width": width, "height": 900})
    for audience, page in pages.items():
        (tmp_path / "report.html").write_text(page, "utf-8")
        tab.goto((tmp_path / "report.html").as_uri())
        results = Axe().run(tab)
        assert results.violations_count == 0, f"{audience}: {results.generate_report()}"
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()
