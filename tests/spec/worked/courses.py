"""Contacts, finishing, waits, dates and descriptors: the worked cases of a course of treatment."""

from datetime import date

from alongside.outcomes.rules import DateFault
from tests.spec.worked.table import Table

RECEIVED = date(2025, 1, 6)
ATTENDED, MISSED, CANCELLED = "attended", "did_not_attend", "cancelled_by_person"

CONTACTS = Table(
    "Contacts and finishing",
    "Each contact with its kind, its attendance, and whether it was not planned. An episode that ended is finished "
    "after two treatment contacts that took place; one that is still open never is.",
    ("case", "contacts", "count", "finished", "why"),
    (
        (
            "X50",
            (("assessment", ATTENDED), ("treatment", ATTENDED), ("treatment", MISSED), ("follow_up", ATTENDED)),
            1,
            False,
            "an assessment and a follow-up are no treatment",
        ),
        (
            "X52",
            (("assessment_and_treatment", ATTENDED), ("treatment", CANCELLED), ("review", ATTENDED)),
            1,
            False,
            "a review alone does not count",
        ),
        (
            "X53",
            (("assessment_and_treatment", ATTENDED), ("treatment", None, "unplanned")),
            2,
            True,
            "an unplanned contact counts without an attendance",
        ),
        ("late", (("treatment", "late_seen"), ("review_and_treatment", ATTENDED)), 2, True, "late and seen counts"),
        (
            "late, not seen",
            (("treatment", "late_not_seen"), ("treatment", ATTENDED)),
            1,
            False,
            "late and not seen does not",
        ),
        ("cancelled", (("treatment", "late_not_seen"), ("treatment", "cancelled_by_service")), 0, False, ""),
        ("other kinds", (("employment", ATTENDED), ("other", ATTENDED), ("assessment", ATTENDED)), 0, False, ""),
        ("no attendance", (("treatment", None),), 0, False, "planned, and nobody said that it took place"),
        ("unplanned", (("treatment", MISSED, "unplanned"),), 1, False, "it happened, whatever its attendance says"),
        ("unplanned follow-up", (("follow_up", ATTENDED, "unplanned"),), 0, False, ""),
        ("none", (), 0, False, ""),
    ),
)

UNFINISHED = Table(
    "Courses that did not finish",
    "Outside every denominator, whatever the scores: no flag is set.",
    ("case", "ended", "contacts", "phq9", "gad7", "why"),
    (
        ("X22", True, 1, (14, 8), (9, 7), "only one treatment contact"),
        ("X25", False, 4, (14, 8), (9, 7), "the referral is still open"),
    ),
)

WAITS = Table(
    "Waits",
    f"Days from the referral ({RECEIVED}) to the first treatment, the last day included.",
    ("case", "first_treatment", "days", "six_weeks", "eighteen_weeks"),
    (
        ("X55", date(2025, 2, 17), 42, True, True),
        ("X56", date(2025, 2, 18), 43, False, True),
        ("last day of 18 weeks", date(2025, 5, 12), 126, False, True),
        ("a day later", date(2025, 5, 13), 127, False, False),
        ("the same day", RECEIVED, 0, True, True),
        ("never", None, None, False, False),
    ),
)

DATES = Table(
    "Dates in the wrong order",
    f"An episode received on {RECEIVED}: what the national validation says, and whether it turns the record away.",
    ("case", "discharged", "end_code", "contacts", "faults", "rejected"),
    (
        ("X58", date(2025, 6, 1), None, (), (DateFault.DISCHARGE_WITHOUT_END_CODE,), False),
        ("X59", None, None, (date(2025, 1, 5),), (DateFault.CONTACT_BEFORE_REFERRAL,), True),
        ("end code alone", None, "46", (RECEIVED,), (DateFault.END_CODE_WITHOUT_DISCHARGE,), False),
        ("ended too early", date(2025, 1, 5), "50", (), (DateFault.DISCHARGE_BEFORE_REFERRAL,), True),
        ("in order", RECEIVED, "50", (RECEIVED,), (), False),
    ),
)

PRIMARY, SECONDARY = "primary", "secondary"

DESCRIPTORS = Table(
    "One descriptor among several",
    "Recorded descriptors as code, rank and day: which of them chooses the measure.",
    ("case", "recorded", "chosen", "measure", "why"),
    (
        (
            "X44",
            (
                ("F411", PRIMARY, date(2025, 3, 1)),
                ("F401", SECONDARY, date(2025, 5, 1)),
                ("F431", PRIMARY, date(2025, 4, 1)),
            ),
            "F431",
            "pcl5",
            "primary before secondary, then the latest",
        ),
        ("none", (), None, None, "GAD-7 is in force"),
        (
            "no code",
            ((None, PRIMARY, date(2025, 1, 9)), ("F401", SECONDARY, date(2025, 1, 1))),
            "F401",
            "spin",
            "a code before none, even a secondary one",
        ),
        (
            "the same day",
            (("F401", PRIMARY, date(2025, 1, 1)), ("F431", PRIMARY, date(2025, 1, 1))),
            "F431",
            "pcl5",
            "the later row",
        ),
        ("empty code", (("", PRIMARY, date(2025, 1, 9)), ("F32", PRIMARY, date(2025, 1, 1))), "F32", None, ""),
    ),
)

TABLES = (CONTACTS, UNFINISHED, WAITS, DATES, DESCRIPTORS)
