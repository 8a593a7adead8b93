"""The scorers run by themselves, as their reference page says."""

import doctest
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from alongside.definitions.instruments import instrument
from alongside.kernel.errors import Invalid
from alongside.measures.rules import score

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "scoring-api.md"
WITHOUT = "import sys; sys.modules['django'] = None\n"
SCORES = WITHOUT + (
    "from alongside.definitions.instruments import instrument\n"
    "from alongside.measures import rules, columns\n"
    "print(rules.score(instrument('phq9'), [1] * 9).value)"
)


def test_the_examples_of_the_page_are_true():
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert result.attempted > 10
    assert result.failed == 0


def test_an_untrue_example_would_be_seen(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text(PAGE.read_text("utf-8").replace("'moderate'", "'mild'"), "utf-8")
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 1


def test_scoring_works_where_there_is_no_django():
    assert _python(SCORES).stdout == "9\n"


@pytest.mark.parametrize("room", ["alongside.measures.models", "alongside.measures.actions"])
def test_what_needs_django_would_be_noticed(room):
    assert "django" in _python(f"{WITHOUT}import {room}").stderr


def _python(code: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)  # noqa: S603


@pytest.mark.parametrize("answers", ["111111111", b"111111111", None, iter([1] * 9), 9])
def test_what_is_no_list_of_answers_is_refused_in_words(answers):
    with pytest.raises(Invalid, match=r"^answers: Give the answers as a list in the order of the questions"):
        score(instrument("phq9"), answers)


@pytest.mark.parametrize("answers", [[1] * 9, (1,) * 9, np.ones(9, dtype=int), dict.fromkeys(range(1, 10), 1)])
def test_a_list_of_any_kind_is_read(answers):
    assert score(instrument("phq9"), answers).value == 9
