"""What a score means, in the words of its page: each figure says by itself whether it was checked."""

import pytest

from alongside.definitions.instruments import Whose, instrument
from alongside.measures import rules
from alongside.web.measures.choosing import meaning
from alongside.web.measures.result import said

OPEN = ", not yet checked against its source"
REST = "not yet checked against its source: "


@pytest.mark.parametrize(
    ("key", "jurisdiction", "found"),
    [
        ("phq9", "uk", "cut-off 10 or more; reliable change 6"),
        ("gad7", "us", f"cut-off 10 or more{OPEN}; reliable change 4"),
        ("spin", "uk", f"cut-off 19 or more; reliable change 10{OPEN}"),
        ("hai", "uk", f"cut-off 18 or more; reliable change 4{OPEN}"),
        ("pcl5", "uk", f"cut-off 32 or more{OPEN}; reliable change 10{OPEN}"),
        ("core10", "uk", f"reliable change 6; {REST}how it is scored, its bands"),
        ("sats", "uk", f"{REST}its bands"),  # the file is verified, and the names of the steps are not
        ("dast10", "uk", f"cut-off 3 or more{OPEN}; not checked either: how it is scored, that 1 is yes"),
        ("wsas", "uk", f"reliable change 8{OPEN}; not checked either: its bands"),
        ("tt_peq", "uk", f"{REST}how it is scored"),
        ("itq", "uk", f"{REST}how it is scored"),  # no total: what was not checked are its parts
        ("barc10", "uk", ""),
    ],
)
def test_each_figure_is_marked_by_itself(key, jurisdiction, found):
    assert meaning(instrument(key), Whose(jurisdiction=jurisdiction)) == found


@pytest.mark.parametrize(
    ("key", "answers", "found"),
    [
        ("sats", [4], "Saved: SATS 4, late persuasion (not yet checked against its source)."),
        ("gad7", [1] * 7, "Saved: GAD-7 7, mild."),
    ],
)
def test_a_band_that_nobody_checked_says_so_when_it_was_saved(key, answers, found):
    measure = instrument(key)
    worth = rules.score(measure, dict(zip(measure.item_columns, map(str, answers), strict=True)))
    assert said(measure, worth, "uk") == found
