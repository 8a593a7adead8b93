"""An answer is chosen by its number, with words beside it: those of a text pack, and without one what the definition
says that a number is."""

import pytest

from alongside.definitions import texts
from alongside.definitions.instruments import instrument
from alongside.web.measures.sheets import answer_words


def answers(key, item):
    found = next(one for one in instrument(key).items if one.key == item)
    return [answer_words(found, value, texts.pack(key)) for value in found.values]


def numbers(most):
    return [str(number) for number in range(most + 1)]


@pytest.mark.parametrize(
    ("key", "item", "said"),
    [
        ("wsas", "item1", [*numbers(8), "9 does not apply"]),  # a bare 9 reads as the worst of nine
        ("wsas", "item2", numbers(8)),
        ("tt_peq", "assessment1", ["0 no", "1 yes"]),
        ("tt_peq", "assessment3", ["0 no", "1 yes", "9 does not apply"]),
        ("tt_peq", "satisfaction", numbers(4)),
        ("c_ssrs", "item6_recent", ["0 no", "1 yes"]),
        ("dast10", "item1", ["0 no", "1 yes"]),
        ("dast10", "item3", ["0 no", "1 yes"]),  # it scores the other way round; the answer is what it is
        ("assist_lite", "opioids_2", ["0 no", "1 yes"]),
        ("top", "shared_needle", ["0 no", "1 yes"]),
        ("top", "violence", ["0 no", "1 yes"]),
        ("ace", "item1", ["0", "1"]),  # nothing that was seen says what 1 is
        ("bam_r", "item14", ["0", "1"]),
        ("gad7", "item1", ["0 Not at all", "1 Several days", "2 More than half the days", "3 Nearly every day"]),
        ("pc_ptsd_5", "exposed", ["0 No", "1 Yes"]),
    ],
)
def test_each_answer_has_the_words_that_are_known(key, item, said):
    assert answers(key, item) == said
