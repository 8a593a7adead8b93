"""The caseload as a table, and which measures are due."""

from alongside.caseload.queries.due import Due, measures_due
from alongside.caseload.queries.rows import ASKED, Row, caseload

__all__ = ["ASKED", "Due", "Row", "caseload", "measures_due"]
