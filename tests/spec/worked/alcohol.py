"""Units of alcohol in a drink and in a month."""

from tests.spec.worked.table import Table

UNITS = Table(
    "Units in a drink",
    "Millilitres and strength in per cent. Exact, and rounded half up for display only.",
    ("case", "millilitres", "strength", "exactly", "shown"),
    (
        ("X92", 568, "4.0", "2.272", "2.27"),
        ("X94", 175, "13", "2.275", "2.28"),  # half up; Python's round says 2.27
        ("X95", 750, "13.5", "10.125", "10.13"),
        ("X97", 3000, "7.5", "22.5", "22.50"),
        ("X98", 700, "37.5", "26.25", "26.25"),
    ),
)

MONTHS = Table(
    "Units in 28 days",
    "A week is a quarter of all of them, not a drinking day times seven. Levels are those of a woman in the UK.",
    ("case", "drinking_days", "on_each", "units", "a_week", "levels", "signs", "why"),
    (
        ("X100", 4, 20, 80, 20, ("over_low_risk",), (), "over 14 a week, under 35; 20 units on a day, not daily"),
        ("every day", 28, 16, 448, 112, ("over_low_risk", "higher_risk"), ("units_a_day", "units_on_most_days"), ""),
    ),
)

TABLES = (UNITS, MONTHS)
