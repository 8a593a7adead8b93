"""All sets of answers and all edges, by both scorers. `make proof` does the same at full size."""

import pytest

from alongside.definitions.instruments import instrument
from tests.engine import boundaries, patterns

BOTH = [patterns.by_columns, patterns.by_rules]
SIZES = {"gad7": 4**7, "sds": 4**5}


@pytest.mark.parametrize("key", SIZES)
@pytest.mark.parametrize("scorer", BOTH)
def test_every_set_of_answers_is_worth_what_counting_says(key, scorer):
    assert patterns.checked(key, scorer) == (SIZES[key], 0)


def test_every_set_of_phq9_answers_in_a_table():
    assert patterns.checked("phq9", patterns.by_columns) == (4**9, 0)


@pytest.mark.parametrize("scorer", BOTH)
def test_every_thousandth_set_of_audit_answers(scorer):
    """997 and 10 items share no factor, so that every answer of every item is among them."""
    sample = patterns.every(instrument("audit")).take(list(range(0, 5**8 * 3**2, 997)))
    assert patterns.checked("audit", scorer, sample) == (3527, 0)


@pytest.mark.parametrize("scorer", BOTH)
@pytest.mark.parametrize("name", patterns.SHOWN)
def test_one_wrong_row_would_be_seen(scorer, name):
    measure, answers = instrument("sds"), patterns.every(instrument("sds"))
    found = scorer(measure, answers)
    found[name] = found[name].astype(object)
    found[name][517] = "planted"
    assert patterns.wrong(found, patterns.expected("sds", answers)) == 1


@pytest.mark.parametrize("scorer", BOTH)
def test_a_moved_edge_would_be_seen(scorer):
    measure = _moved(instrument("gad7"))
    answers = patterns.every(measure)
    assert patterns.wrong(scorer(measure, answers), patterns.expected("gad7", answers)) > 0


def _moved(measure):
    """The instrument with its second band a point later."""
    first = measure.bandings[0]
    second = first.bands[1].model_copy(update={"minimum": first.bands[1].minimum + 1})
    banding = first.model_copy(update={"bands": (first.bands[0], second, *first.bands[2:])})
    return measure.model_copy(update={"bandings": (banding,)})


@pytest.mark.parametrize("measure", boundaries.added_up(), ids=lambda one: one.key)
@pytest.mark.parametrize("scorer", [boundaries.by_columns, boundaries.by_rules])
def test_both_sides_of_every_edge(measure, scorer):
    asked = list(boundaries.edges(measure))
    assert asked
    assert scorer(measure, asked) == [(edge.total, edge.band) for edge in asked]


@pytest.mark.parametrize("scorer", [boundaries.by_columns, boundaries.by_rules])
def test_an_edge_that_moved_would_be_seen(scorer):
    asked = list(boundaries.edges(instrument("gad7")))
    assert scorer(_moved(instrument("gad7")), asked) != [(edge.total, edge.band) for edge in asked]
