"""Rates, limits, effect sizes and what a public report may say of them."""

from decimal import Decimal

from tests.spec.worked.table import Table

ENGLAND = Table(
    "Published rates of England",
    "The counts of a year, of finished courses, and of those less the courses not at caseness where recovery is meant.",
    ("case", "outcome", "numerator", "finished", "not_at_caseness", "published"),
    (
        ("X61", "recovery", 321_061, 670_419, 35_234, "50.5"),
        ("X61", "reliable recovery", 301_815, 670_419, 35_234, "47.5"),
        ("X61", "reliable improvement", 452_284, 670_419, 0, "67.5"),
        ("X61", "reliable deterioration", 39_157, 670_419, 0, "5.8"),
        ("X61", "no reliable change", 170_457, 670_419, 0, "25.4"),
        ("X61", "none of the last three", 8_521, 670_419, 0, "1.3"),
        ("X62", "recovery", 318_013, 671_648, 37_164, "50.1"),
        ("X62", "reliable recovery", 298_780, 671_648, 37_164, "47.1"),
    ),
)

RATES = Table(
    "Rates of few",
    "Wilson's 95 % limits.",
    ("case", "numerator", "denominator", "told", "why"),
    (
        ("X65", 7, 9, "7 of 9, 77.8 % (45.3 to 93.7)", "nine finished, all at caseness, seven recovered"),
        ("V-05", 7, 9, "7 of 9, 77.8 % (45.3 to 93.7)", "seven of nine in recovery"),
    ),
)

EFFECTS = Table(
    "Effect sizes",
    "The fall of the mean in standard deviations of the first score: guided self-help in England, 2024-25.",
    ("case", "measure", "first_mean", "last_mean", "first_sd", "effect", "published"),
    (
        ("X64", "phq9", Decimal("13.5"), Decimal("9.4"), Decimal("5.9"), Decimal("0.69"), Decimal("0.7")),
        ("X64", "gad7", Decimal("12.5"), Decimal("8.5"), Decimal("5.1"), Decimal("0.78"), Decimal("0.8")),
        ("X64", "wsas", Decimal("17.6"), Decimal("13.3"), Decimal("9.1"), Decimal("0.47"), Decimal("0.5")),
    ),
)

ROUNDED = Table(
    "Counts that may be published",
    "Below 5 is not shown, the rest to the nearest 5.",
    ("case", "count", "shown"),
    (
        ("X67", 0, None),
        ("X67", 4, None),
        ("X67", 5, 5),
        ("X67", 7, 5),
        ("X67", 8, 10),
        ("X67", 12, 10),
        ("X67", 13, 15),
        ("many", 1_234_567, 1_234_565),
    ),
)

PERCENT = Table(
    "Percentages that may be published",
    "Whole, of the counts before they were rounded, and none where numerator, denominator or what is left is below 5.",
    ("case", "numerator", "denominator", "shown", "why"),
    (
        ("X68", 7, 9, None, "never 50 % from 5 of 10, and two people are left over"),
        ("enough", 6, 11, 55, ""),
        ("four left over", 40, 44, None, ""),
        ("five left over", 40, 45, 89, ""),
        ("four counted", 4, 100, None, ""),
        ("nobody", 0, 0, None, ""),
        ("everybody", 100, 100, None, "a statement about each of them"),
        ("a half", 125, 200, 63, "62.5 goes up"),
    ),
)

TABLES = (ENGLAND, RATES, EFFECTS, ROUNDED, PERCENT)
