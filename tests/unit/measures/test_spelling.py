"""Which instrument somebody meant, for one name and for a column of them."""

import ibis
import pyarrow as pa
import pytest

from alongside.definitions.instruments import instruments
from alongside.evaluation.scores import meant
from alongside.measures.rules import instrument_key, nearest, spellings

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")

MEANT = {
    "phq9": "phq9",
    "PHQ9 ": "phq9",
    "PHQ-9": "phq9",
    "phq 9": "phq9",
    "PHQ\u20119": "phq9",  # a hyphen that does not break, as word processors put it
    "Phq\u00a09": "phq9",  # and their hard blank
    "AUDIT-C": "audit_c",
    "auditc": "audit_c",
    "GAD_7": "gad7",
    "IBS SSS": "ibs_sss",
    "CFQ-11": "cfq11",
    "phq": None,  # the nine or the fifteen: nobody can say
    "phq99": None,
    "gad-2": "gad2",  # another questionnaire
    "gad-3": None,
    "": None,
}


@pytest.mark.parametrize("written", MEANT)
def test_the_instrument_that_was_meant(written):
    assert instrument_key(written) == MEANT[written]


def test_a_column_of_names_is_read_alike():
    told = ibis.memtable(pa.table({"name": list(MEANT)}))
    assert told.select(key=meant(told.name)).to_pyarrow()["key"].to_pylist() == list(MEANT.values())


def test_spellings_are_read_from_the_definitions():
    assert spellings.__wrapped__() == spellings()


def test_every_key_and_every_name_means_its_own():
    for known in instruments():
        assert instrument_key(known.key) == instrument_key(known.name) == known.key
    assert set(spellings().values()) == {known.key for known in instruments()}


@pytest.mark.parametrize(
    ("written", "near"),
    [("phq", "phq9"), ("phq99", "phq9"), ("audi", "audit"), ("GAD", "gad7"), ("pcl-4", "pcl5")],
)
def test_the_nearest_that_we_know(written, near):
    assert near in nearest(written)


def test_nothing_is_near_to_a_name_of_another_kind():
    assert nearest("Edinburgh Postnatal") == ()
