"""A promise that is broken is printed as FAIL: by one statement, by a millisecond, by growing with the people."""

import pytest

from benchmarks import table
from benchmarks.measuring import Figure


def figures(statements=10, cpu=5.0, p95=50.0):
    return [Figure(act, statements, cpu, p95 / 2, p95, 100) for act in table.BARS]


def test_promises_that_are_kept_pass():
    assert all(one.kept for one in table.verdicts(figures(), figures()))


@pytest.mark.parametrize(
    ("small", "large", "broken"),
    [
        (figures(17), figures(17), {"statements"}),
        (figures(10), figures(11), {"statements more than at the smaller size"}),
        (figures(), figures(p95=80.1), {"p95 ms"}),
        (figures(), figures(cpu=10.1), {"CPU ms"}),
    ],
)
def test_a_broken_promise_fails_by_name(small, large, broken):
    verdicts = table.verdicts(small, large)

    assert {one.what for one in verdicts if not one.kept} == broken
    assert any(line.startswith("FAIL") for line in table.judged(verdicts))


def test_times_at_the_smaller_size_promise_nothing():
    assert all(one.kept for one in table.verdicts(figures(p95=900.0, cpu=900.0), figures()))
