"""Worked cases as tables: each row with the number under which it was written down before the code."""

from tests.spec.worked import alcohol, care, courses, figures, totals

TABLES = (*courses.TABLES, *figures.TABLES, *totals.TABLES, *care.TABLES, *alcohol.TABLES)
