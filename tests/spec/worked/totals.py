"""Totals and codes as they are written: what is checked before anything is done with them."""

from tests.spec.worked.table import Table

FORMAT, RANGE = "format", "range"

TOTALS = Table(
    "Totals as written",
    "Faulty by format (not written as a total is) or by range; where neither, the total stands.",
    ("case", "instrument", "written", "fault"),
    (
        ("X107", "phq9", "14.0", FORMAT),
        ("X107", "phq9", "014", FORMAT),
        ("X107", "phq9", "28", RANGE),
        ("as it should be", "phq9", "14", None),
        ("with decimals", "mi", "2.33", None),
        ("without the decimals", "mi", "2", FORMAT),
        ("too many decimals", "mi", "2.333", FORMAT),
        ("out of range", "mi", "5.01", RANGE),
        ("one too many", "gad7", "22", RANGE),
    ),
)

CODES = Table(
    "Check digits of codes",
    "A code of an instrument is refused where its last digit says that it was mistyped.",
    ("case", "system", "right", "wrong", "why"),
    (
        (
            "X109",
            "snomed",
            "1129201000000101",
            "1129201000000100",
            "listed in national code by mistake",
        ),
        ("PHQ-9", "snomed", "720433000", "720433010", ""),
        ("PHQ-9", "loinc", "44261-6", "44261-5", ""),
        ("consent document", "loinc", "59284-0", "59284-6", "one published test set carries the wrong one"),
        ("not a digit", "loinc", "70274-6", "70274-x", ""),
    ),
)

TABLES = (TOTALS, CODES)
