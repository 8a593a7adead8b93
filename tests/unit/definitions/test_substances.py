"""What an amount is counted in, and above what a form asks whether it is right."""

from importlib import resources

import pytest

from alongside.definitions import substances
from alongside.definitions.loader import parse
from alongside.kernel.errors import Invalid

FILE = "substances.toml"
TEXT = resources.files(substances.__name__).joinpath(FILE).read_text("utf-8")


def test_nobody_checked_the_amounts_above_which_a_form_asks():
    asks = substances.definition().asks_again
    assert not asks.verified
    assert asks.source.startswith("Our own")


@pytest.mark.parametrize(
    ("was", "planted"),
    [
        ("cocaine = { grams = 10 }\n", ""),
        ("cocaine = { grams = 10 }", "cocaine = { grains = 10 }"),
        ("cocaine = { grams = 10 }", "cocaine = { grams = 10 }\ntea = { cups = 9 }"),
    ],
)
def test_a_unit_without_its_amount_or_an_amount_without_its_unit_is_no_definition(was, planted):
    with pytest.raises(Invalid, match=r"give one amount for each of its units of (cocaine|tea)"):
        parse(TEXT.replace(was, planted), substances.Substances, FILE)


def test_a_profile_counts_in_a_unit_that_the_substance_has():
    with pytest.raises(Invalid, match="pints is not one of the units of alcohol"):
        parse(TEXT.replace('profile_unit = "units"', 'profile_unit = "pints"'), substances.Substances, FILE)


@pytest.mark.parametrize("planted", ["-10", "0"])
def test_an_amount_above_which_a_form_asks_is_more_than_nothing(planted):
    with pytest.raises(
        Invalid, match=r"asks_again\.above\.cocaine\.grams \(line \d+\): Input should be greater than 0"
    ):
        parse(
            TEXT.replace("cocaine = { grams = 10 }", f"cocaine = {{ grams = {planted} }}"), substances.Substances, FILE
        )
