"""Scores and days of use as pages draw them."""

from alongside.measures.queries.asking import Asked, Opened, Waiting, ask, asks, opened, waiting
from alongside.measures.queries.calendars import calendars, day_by_day
from alongside.measures.queries.circumstances import answered, circumstances
from alongside.measures.queries.correcting import Answered, history, response, standing, use_record
from alongside.measures.queries.deriving import rederive
from alongside.measures.queries.drinking import Drunk, Told, drinking
from alongside.measures.queries.harm import told_of_harm
from alongside.measures.queries.results import Result, results
from alongside.measures.queries.series import (
    CASELOAD,
    Course,
    Days,
    Point,
    Step,
    every_noticed,
    every_score,
    every_use,
    latest,
    listing,
    series,
    uses,
)
from alongside.measures.queries.taking import last_of, taken

__all__ = [
    "CASELOAD",
    "Answered",
    "Asked",
    "Course",
    "Days",
    "Drunk",
    "Opened",
    "Point",
    "Result",
    "Step",
    "Told",
    "Waiting",
    "answered",
    "ask",
    "asks",
    "calendars",
    "circumstances",
    "day_by_day",
    "drinking",
    "every_noticed",
    "every_score",
    "every_use",
    "history",
    "last_of",
    "latest",
    "listing",
    "opened",
    "rederive",
    "response",
    "results",
    "series",
    "standing",
    "taken",
    "told_of_harm",
    "use_record",
    "uses",
    "waiting",
]
