"""Value sets come from a directory of the installation's own, and a faulty one is refused by file and line."""

import shutil
from decimal import Decimal

import pytest

from alongside.definitions import value_sets
from alongside.kernel.errors import Invalid
from tests.tariffs import PROFILES, additive, head, index_of, table, written

BY_TABLE = head() + 'table = "nowhere.csv"\n'


@pytest.fixture(autouse=True)
def none_left():
    yield
    value_sets.use_sets_from(None)


def test_none_is_shipped():
    assert value_sets.value_sets() == ()
    assert value_sets.value_set("eq5d5l") is None


@pytest.mark.parametrize("files", [(additive(), None), (BY_TABLE, table())], ids=["decrements", "table"])
def test_both_ways_give_every_profile_its_value(tmp_path, files):
    [found] = value_sets.use_sets_from(written(tmp_path, *files))
    assert found is value_sets.value_set("eq5d5l", "uk")
    assert (found.name, found.verified) == ("Nowhere 2020", False)
    assert dict(found.values) == {profile: index_of(profile) for profile in PROFILES}
    assert found.values["11111"] == Decimal(1)


def test_it_holds_in_its_jurisdiction_only(tmp_path):
    value_sets.use_sets_from(written(tmp_path, additive(jurisdiction="us")))
    assert value_sets.value_set("eq5d5l", "uk") is None
    assert value_sets.value_set("eq5d5l", "us") is not None


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        (additive().replace('source = "Nobody"\n', ""), r"nowhere\.toml: source: Field required"),
        (additive(instrument="eq5d"), r"nowhere\.toml: instrument \(line 1\): We do not know “eq5d”"),
        (additive(instrument="phq9"), r"instrument \(line 1\): PHQ-9 has no profile: a value set is no use to it"),
        (additive(jurisdiction="fr"), r"jurisdiction \(line 5\): Input should be 'uk' or 'us'"),
        (head(), r"nowhere\.toml: the file: give a table or decrements, and not both"),
        (BY_TABLE + additive().removeprefix(head()), "give a table or decrements, and not both"),
        (BY_TABLE + "any_problem = 0.1\n", "any_problem belongs to decrements"),
        (
            additive().replace('item = "item5"', 'item = "item4"'),
            r"decrements\.4\.item \(line 29\): .*item4 is there twice",
        ),
        (additive().replace('item = "item5"', 'item = "vas"'), r"decrements\.4\.item \(line 29\): .*no dimension vas"),
        (additive().replace(", 0.059]", "]"), r"decrements\.0\.levels \(line 14\): item1 has 4 levels below"),
        (additive().replace("[0.007", "[-0.007"), r"decrements\.0\.levels.*\(line 14\): .*greater than or equal to 0"),
        (additive().replace("[0.007", "[0.0000001"), r"decrements\.0\.levels.*\(line 14\): .*6 decimal places"),
        (additive()[: additive().rindex("[[dec")], r"decrements\.3 \(line 24\): there are no decrements of item5"),
        (head() + 'table = "../elsewhere.csv"\n', r"table \(line 10\): the table lies beside the file"),
        (BY_TABLE, r"nowhere\.toml: There is no file nowhere\.csv beside it"),
        ("instrument = ", r"nowhere\.toml: is not TOML"),
    ],
)
def test_a_faulty_set_is_refused_by_file_and_line(tmp_path, said, complaint):
    with pytest.raises(Invalid, match=complaint):
        value_sets.use_sets_from(written(tmp_path, said))
    assert value_sets.value_sets() == ()


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("profile,value\n", "", r"nowhere\.csv: line 1: The first line has to be profile,value\."),
        ("\n11113,0.890", "", r"nowhere\.csv: There is no value for 1 of the 3125 profiles: 11113\."),
        ("\n11113,", "\n11112,", r"nowhere\.csv: line 4: There is already a value for 11112, on line 3\."),
        ("\n11113,", "\n11116,", r"nowhere\.csv: line 4: 11116 is not a profile of EQ-5D-5L\."),
        ("0.950\n", "1.001\n", r"nowhere\.csv: line 3: 1\.001 is above 1, which is full health\."),
        ("0.950\n", "high\n", r"nowhere\.csv: line 3: “high” is not a number with at most 6 decimals\."),
        ("0.950\n", "0.9500001\n", r"nowhere\.csv: line 3: “0\.9500001” is not a number"),
        ("0.950\n", "NaN\n", r"nowhere\.csv: line 3: “NaN” is not a number"),
        ("0.950\n", "0.950,1\n", r"nowhere\.csv: line 3: There are 3 cells, not 2\."),
    ],
)
def test_a_faulty_table_is_refused_by_file_and_line(tmp_path, before, after, complaint):
    assert before in table()
    with pytest.raises(Invalid, match=complaint):
        value_sets.use_sets_from(written(tmp_path, BY_TABLE, table().replace(before, after, 1)))


def test_many_missing_profiles_are_counted_and_a_few_named(tmp_path):
    few = "".join(table().splitlines(keepends=True)[:-20])
    with pytest.raises(Invalid, match=r"20 of the 3125 profiles: 55521, 55522, 55523, 55524, 55525, …\."):
        value_sets.use_sets_from(written(tmp_path, BY_TABLE, few))


def test_two_sets_of_one_jurisdiction_are_refused(tmp_path):
    written(tmp_path, additive())
    (tmp_path / "other.toml").write_text(additive(name="Another 2021"))
    with pytest.raises(Invalid, match=r"other\.toml: jurisdiction: uk has a value set already, called Nowhere 2020\."):
        value_sets.use_sets_from(tmp_path)


def test_a_directory_that_is_not_there_is_named(tmp_path):
    shutil.rmtree(tmp_path)
    with pytest.raises(Invalid, match="ALONGSIDE_VALUE_SETS: There is no directory"):
        value_sets.use_sets_from(tmp_path)
