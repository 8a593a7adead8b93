"""The line of a definition file that a fault is about."""

import pytest

from alongside.definitions.lines import line_of

FILE = """\
key = "one"
answers = [0, 1]
text = { status = "free", says = "ours" }

[range]
minimum = 0
maximum = 9

[[bandings]]
source = "first"
bands = [
  { key = "low", minimum = 0 },
  { key = "high", minimum = 5 },
]

[[bandings]]
source = "second"
bands = [{ key = "all", minimum = 0 }]

[[cutoffs]]
value = 5
[cutoffs.limits]
sex = "female"
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("key",), 1),
        (("answers", 1), 2),
        (("text", "says"), 3),
        (("range",), 5),
        (("range", "maximum"), 7),
        (("range", "decimals"), 5),  # a key that is not there is missed where it should be
        (("bandings", 0), 9),
        (("bandings", 0, "source"), 10),
        (("bandings", 0, "bands", 0), 12),
        (("bandings", 0, "bands", 1, "minimum"), 13),
        (("bandings", 1, "source"), 17),
        (("bandings", 1, "bands", 0, "key"), 18),
        (("cutoffs", 0, "value"), 21),
        (("cutoffs", 0, "limits", "sex"), 23),
        (("nowhere",), None),
        ((), None),
    ],
)
def test_where_a_place_stands(place, line):
    assert line_of(FILE, place) == line
