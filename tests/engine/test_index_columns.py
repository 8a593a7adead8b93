"""The index of all 3,125 profiles of the EQ-5D-5L, by a made-up value set: for one person, for tables, and as added up
by another route."""

import ibis
import pyarrow as pa
import pytest

from alongside.definitions import value_sets
from alongside.definitions.instruments import instrument
from alongside.measures.columns import score_columns, score_table
from alongside.measures.rules import score
from tests.tariffs import PROFILES, additive, head, index_of, table, written

EQ5D = instrument("eq5d5l")
FILES = {"decrements": (additive(), None), "table": (head() + 'table = "nowhere.csv"\n', table())}


@pytest.fixture(params=FILES)
def used(request, tmp_path):
    yield value_sets.use_sets_from(written(tmp_path, *FILES[request.param]))
    value_sets.use_sets_from(None)


def every_profile(kind):
    levels = {f"item{n}": pa.array([int(one[n - 1]) for one in PROFILES]).cast(kind) for n in range(1, 6)}
    return ibis.memtable(pa.table(levels | {"vas": pa.array([50] * len(PROFILES)).cast(kind)}))


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize("kind", [pa.int8(), pa.string()], ids=str)
def test_all_3125_profiles_are_worth_the_same_every_way(kind):
    scored = score_table(EQ5D, every_profile(kind)).select("band", "index", "status").to_pyarrow().to_pylist()
    alone = [score(EQ5D, [*map(int, profile), 50]) for profile in PROFILES]
    assert len(scored) == 3125
    assert {row["band"]: row["index"] for row in scored} == {one.band: one.indexed.value for one in alone}
    assert [one.indexed.value for one in alone] == list(map(index_of, PROFILES))
    assert {row["status"] for row in scored} == {"scored"}


@pytest.mark.usefixtures("used")
def test_whose_set_it_is_goes_with_it():
    found = score(EQ5D, [2, 1, 1, 1, 1, 50]).indexed
    assert (found.by, found.verified) == ("Nowhere 2020", False)


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize(("answers", "jurisdiction"), [((1, 1, 1, 1, 1), "us"), ((1, 1, None, 1, 1), "uk")])
def test_without_a_set_there_or_a_whole_profile_there_is_none(answers, jurisdiction):
    given = {name: pa.array([value], pa.int8()) for name, value in zip(EQ5D.item_columns, (*answers, 50), strict=True)}
    [row] = score_table(EQ5D, ibis.memtable(pa.table(given)), jurisdiction=jurisdiction).to_pyarrow().to_pylist()
    assert row["index"] is None
    assert getattr(score(EQ5D, [*answers, 50], jurisdiction), "indexed", None) is None


def test_without_any_set_the_column_is_there_and_empty():
    assert score_columns(EQ5D)[:2] == ("band", "index")
    assert score_table(EQ5D, every_profile(pa.int8())).index.count().execute() == 0
    assert score(EQ5D, [1, 1, 1, 1, 1, 50]).indexed is None
