"""Scoring, and what may be handed in. Pure."""

from alongside.measures.rules.answers import NOT_ANSWERED, WHOLE, Answers, Fault, Problem, Raw, as_numbers
from alongside.measures.rules.entries import (
    USE_PATTERN,
    Given,
    HandedIn,
    Use,
    Used,
    categories,
    category,
    check_all,
    check_given,
    check_use,
)
from alongside.measures.rules.scoring import Refused, Scored, band, check_answers, score, worth_of_total
from alongside.measures.rules.spelling import BETWEEN, instrument_key, nearest, plain_spelling, spellings
from alongside.measures.rules.totals import check_days_used, check_total, is_case, is_reached, is_valid_total

__all__ = [
    "BETWEEN",
    "NOT_ANSWERED",
    "USE_PATTERN",
    "WHOLE",
    "Answers",
    "Fault",
    "Given",
    "HandedIn",
    "Problem",
    "Raw",
    "Refused",
    "Scored",
    "Use",
    "Used",
    "as_numbers",
    "band",
    "categories",
    "category",
    "check_all",
    "check_answers",
    "check_days_used",
    "check_given",
    "check_total",
    "check_use",
    "instrument_key",
    "is_case",
    "is_reached",
    "is_valid_total",
    "nearest",
    "plain_spelling",
    "score",
    "spellings",
    "worth_of_total",
]
