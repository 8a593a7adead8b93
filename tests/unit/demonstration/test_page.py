"""The page in `docs/reference` is what the assumptions and stories print."""

from pathlib import Path

from alongside.cli.demonstration.assumptions import assumptions
from alongside.cli.demonstration.page import page

WRITTEN = Path(__file__).parents[3] / "docs" / "reference" / "demonstration.md"


def test_the_written_page_is_what_the_assumptions_print():
    assert WRITTEN.read_text() == page(), "Print it again: python -m alongside.cli.demonstration.page"


def test_every_assumption_is_on_it():
    for part in assumptions().parts:
        for one in part.assumptions:
            assert f"**{one.key}**" in page()


def test_what_nobody_published_is_not_called_verified():
    for key in ("mood_with_use", "use_when_mood_better", "use_when_mood_not_better"):
        assert not assumptions()[key].verified
    assert "No public source gives the joint distribution" in assumptions()["mood_with_use"].words
