"""Figures about alcohol that cannot be are refused with their line."""

from importlib import resources

import pytest

from alongside.definitions import alcohol
from alongside.definitions.loader import parse
from alongside.kernel.errors import Invalid

FILE = "alcohol.toml"
TEXT = resources.files(alcohol.__name__).joinpath(FILE).read_text("utf-8")


@pytest.mark.parametrize(
    ("was", "planted", "complaint"),
    [
        ("strength = 5.2", "strength = 520", r"drinks\.\d+\.strength \(line \d+\): Input should be less than or equal"),
        ("strength = 5.2", "strength = 0", r"drinks\.\d+\.strength \(line \d+\): Input should be greater than 0"),
        ("millilitres = 10", "millilitres = -10", r"unit\.millilitres \(line \d+\): Input should be greater than 0"),
        ("grams = 14", "grams = 0", r"standard_drink\.grams \(line \d+\): Input should be greater than 0"),
        ("more_than_a_week = 14", "more_than_a_week = -1", r"levels\.0\.more_than_a_week .*greater than or equal to 0"),
        ('jurisdiction = "uk"', 'jurisdiction = "UK"', r"levels\.0\.jurisdiction \(line \d+\): Input should be 'uk'"),
        ("more_than = 15", "more_than = -15", r"dependence\.0\.more_than \(line \d+\): Input should be greater than"),
    ],
)
def test_a_figure_that_cannot_be(was, planted, complaint):
    assert was in TEXT
    with pytest.raises(Invalid, match=complaint):
        parse(TEXT.replace(was, planted, 1), alcohol.Alcohol, FILE)


def test_advice_runs_upwards():
    planted = TEXT.replace("from = ", "from = 99\n#", 1)
    assert planted != TEXT
    with pytest.raises(Invalid, match=r"advice\.0 \(line \d+\): it begins at 99 and ends at"):
        parse(planted, alcohol.Alcohol, FILE)
