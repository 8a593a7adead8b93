"""PHQ-9 in collaborative care, what safety comes before, and change in days of use."""

from tests.spec.worked.table import Table

COURSES = Table(
    "PHQ-9 in collaborative care",
    "Response is a fall of half or more, remission below 5; “improved” is the other definition: below 10, or a fall of "
    "half or more. Whoever began below 10 is counted apart from the caseload.",
    ("case", "first", "last", "response", "remission", "improved", "from_caseload", "why"),
    (
        ("T-01", 18, 9, True, False, True, True, "exactly half, at week 8"),
        ("T-02", 12, 7, False, False, True, True, "41.7 %: no response, and improved by the other definition"),
        ("T-05", 9, 4, True, True, True, False, "below 10 at the start: counted apart"),
        ("Q-25", 18, 9, True, False, True, True, ""),
        ("Q-25", 18, 10, False, False, False, True, "a fall of 44.4 %"),
        ("boundary", 10, 5, True, False, True, True, "5 is not below 5"),
        ("boundary", 10, 4, True, True, True, True, ""),
        ("boundary", 21, 11, False, False, False, True, "47.6 %, and still above 9"),
        ("boundary", 21, 10, True, False, True, True, ""),
        ("boundary", 19, 10, False, False, False, True, ""),
        ("boundary", 19, 9, True, False, True, True, ""),
        ("worse", 12, 20, False, False, False, True, ""),
        ("the least there is to fall", 1, 0, True, True, True, False, ""),
        ("nothing to fall from", 0, 0, False, True, True, False, ""),
        ("extremes", 27, 0, True, True, True, True, ""),
    ),
)

MEANINGFUL = Table(
    "A fall of five points",
    "Clinically meaningful in collaborative care, unverified.",
    ("case", "first", "last", "meaningful"),
    (("at 5", 15, 10, True), ("one below", 15, 11, False), ("a rise", 10, 15, False)),
)

LAST_COUNTS = Table(
    "The last score counts",
    "Whether the last of several scores is in remission, not the lowest.",
    ("case", "scores", "first", "last", "remission"),
    (("Q-13", (14, 3, 6), 14, 6, False), ("the other way round", (14, 6, 3), 14, 3, True)),
)

REVIEW_DUE = Table(
    "When a case review is due",
    "For whoever has not improved by the eighth week.",
    ("case", "first", "last", "week", "due"),
    (
        ("T-04", 20, 14, 6, False),
        ("one week before", 20, 14, 7, False),
        ("the eighth week", 20, 14, 8, True),
        ("improved by then", 20, 9, 8, False),
        ("long after", 20, 14, 20, True),
    ),
)

REVIEW_MET = Table(
    "When a consultation meets it",
    "In the weeks 8 to 12.",
    ("case", "week", "met"),
    (
        ("T-07", 11, True),
        ("T-07", 13, False),
        ("too early", 7, False),
        ("first week", 8, True),
        ("last week", 12, True),
    ),
)

SAFETY = Table(
    "An answer about self-harm in a low total",
    "PHQ-9 with item 9 answered 1 raises the flag in any band, and a conversation is owed from then. In the caseload, "
    "whoever waits for that conversation comes first, before people who do not improve, late or not; what came of it, "
    "once somebody says so, moves the person up no longer.",
    ("case", "item_nine", "total", "flag", "waits", "before_non_improvers"),
    (
        ("T-08", 1, 6, True, True, True),
        ("talked about since", 1, 6, True, False, False),
        ("no such answer", 0, 6, False, False, False),
    ),
)

DAYS = Table(
    "Change in days of use",
    "The plain difference and whether there were none at the end. No change is called reliable: the thresholds of the "
    "outcome profile were found in no source.",
    ("case", "first", "last", "difference", "abstinent"),
    (
        ("X118", 20, 12, -8, False),
        ("none at the end", 20, 0, -20, True),
        ("more", 3, 5, 2, False),
        ("none at all", 0, 0, 0, True),
    ),
)

TABLES = (COURSES, MEANINGFUL, LAST_COUNTS, REVIEW_DUE, REVIEW_MET, SAFETY, DAYS)
