"""Scoring as table expressions, equal by test to `measures.rules`. Expressions only, no Python per row."""

from alongside.measures.columns.expressions import WORKED_OUT
from alongside.measures.columns.scoring import score_table
from alongside.measures.columns.steps import score_columns
from alongside.measures.columns.totals import EXACT, band, figure, is_case, is_valid_total

__all__ = ["EXACT", "WORKED_OUT", "band", "figure", "is_case", "is_valid_total", "score_columns", "score_table"]
