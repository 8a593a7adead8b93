"""Which questionnaires ask about self-harm, by which question and from which answer: pinned, because a flag that is
lost or stands at another question is an answer that nobody is told of."""

import pytest

from alongside.definitions.instruments import instrument, instruments
from alongside.measures.rules import HARM

FLAGGED = {
    "phq9": ((9,), 1),
    "core10": ((6,), 1),
    "c_ssrs": ((1, 2, 3, 4, 5, 6, 7), 1),
}
HIDDEN = {"reqol10"}  # by total only: whoever reads the paper form looks


def test_these_ask_and_no_other():
    assert {one.key for one in instruments() if one.hides_harm} == FLAGGED.keys() | HIDDEN
    assert {one.key for one in instruments() if one.asks_about_harm} == HIDDEN


@pytest.mark.parametrize("key", FLAGGED)
def test_by_this_question_and_from_this_answer(key):
    found = [(flag.key, flag.items, flag.at_least) for flag in instrument(key).flags]
    assert found == [(HARM, *FLAGGED[key])]
