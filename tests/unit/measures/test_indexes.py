"""What a profile is worth: by the value set of where one is, beside the profile and never in its place."""

from decimal import Decimal

import pytest

from alongside.definitions import value_sets
from alongside.definitions.instruments import instrument
from alongside.measures.rules import score
from alongside.measures.rules.indexes import Index, index
from tests.tariffs import additive, index_of, written

EQ5D5L = instrument("eq5d5l")


@pytest.fixture
def somebodys(tmp_path):
    value_sets.use_sets_from(written(tmp_path, additive()))
    yield
    value_sets.use_sets_from(None)


def test_without_a_set_nothing_is_made_up():
    assert index(EQ5D5L, "21321") is None


@pytest.mark.usefixtures("somebodys")
class TestWithASet:
    @pytest.mark.parametrize("profile", ["11111", "21321", "55555"])
    def test_a_profile_has_its_value_with_whose_it_is(self, profile):
        assert index(EQ5D5L, profile) == Index(index_of(profile), "Nowhere 2020", False)

    @pytest.mark.parametrize("profile", [None, "", "2132", "00000", "mild"])
    def test_what_is_no_profile_has_none(self, profile):
        assert index(EQ5D5L, profile) is None

    def test_it_is_of_its_jurisdiction(self):
        assert index(EQ5D5L, "21321", "us") is None

    def test_no_other_instrument_has_one(self):
        assert index(instrument("phq9"), "21321") is None

    def test_scoring_says_it_beside_the_profile(self):
        worth = score(EQ5D5L, [2, 1, 3, 2, 1, 70])
        assert (worth.band, worth.indexed) == ("21321", Index(index_of("21321"), "Nowhere 2020", False))
        assert score(EQ5D5L, [2, 1, 3, 2, 1, 70], "us").indexed is None
        assert score(instrument("phq9"), [1] * 9).indexed is None
        assert index_of("21321") < Decimal(1)
