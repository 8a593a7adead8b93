"""What a change amounts to by definitions beside the national one, each with its source: said in words, never coloured.

Services of the United States count PHQ-9 by these, so they stand open there; elsewhere they are one click away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from alongside.definitions.collaborative_care import Told, collaborative_care
from alongside.definitions.instruments import Instrument
from alongside.kernel.numbers import half_up
from alongside.outcomes.rules import (
    DEPRESSION,
    Ends,
    Significance,
    case_review_in_time,
    days_change,
    depression_course,
    needs_case_review,
    percent_fall,
    significance,
    stated_norms,
)

OPEN_IN = "us"
_SIGNIFICANCE = {
    Significance.RECOVERED: gettext_noop("reliably better, and across the cut-off"),
    Significance.IMPROVED: gettext_noop("reliably better"),
    Significance.UNCHANGED: gettext_noop("no reliable change"),
    Significance.DETERIORATED: gettext_noop("reliably worse"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One definition: what it is called, what it came to, what it means, and who says so."""

    title: str
    found: str
    words: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class More:
    """`opened` where it stands on the page at once; `summary` is the change by plain arithmetic."""

    opened: bool
    summary: str
    lines: tuple[Line, ...]


def more_about(one: Instrument, ends: Ends, weeks: int, jurisdiction: str) -> More | None:
    """What else is known of a change between two scores; None where nothing is, as between two language versions.
    `weeks` since the first of them."""
    if ends.first is None or ends.last is None or not ends.comparable:
        return None
    first, last, in_care = ends.first, ends.last, jurisdiction == OPEN_IN
    lines = (*_of_depression(one, first, last, weeks if in_care else None), *_of_norms(one, first, last))
    return More(in_care, _percent(first, last), lines) if lines else None


def _of_depression(one: Instrument, first: Decimal, last: Decimal, weeks: int | None) -> Iterator[Line]:
    """PHQ-9 as collaborative care reads it; a case review only where `weeks` are given, because it is that model's."""
    if one.key != DEPRESSION:
        return
    known, course = collaborative_care(), depression_course(first, last)
    yield _line(known.response, _reached(course.response))
    yield _line(known.remission, _reached(course.remission))
    yield _line(known.meaningful, _reached(course.meaningful))
    yield _line(known.improved, _reached(course.improved))
    if not course.from_caseload:
        yield _line(known.caseload, "")
    if weeks is not None and needs_case_review(weeks, course.improved):
        now = _("this is week %(week)d") if case_review_in_time(weeks) else _("this is week %(week)d: it is late")
        yield _line(known.review, now % {"week": weeks})


def _of_norms(one: Instrument, first: Decimal, last: Decimal) -> Iterator[Line]:
    norms = stated_norms(one)
    if norms is None or one.norms is None:
        return
    found = significance(first, last, norms, one.higher_is_worse)
    title = _("Reliable and clinically significant change")
    against = _("By Jacobson and Truax, against %(population)s.") % {"population": norms.population}
    yield Line(title, _(_SIGNIFICANCE[found]), against, norms.source, one.norms.verified)


def _line(known: Told, found: str) -> Line:
    return Line(_(known.title), found, _(known.words), known.source, known.verified)


def _reached(holds: bool) -> str:
    return _("reached") if holds else _("not reached")


def _percent(first: Decimal, last: Decimal) -> str:
    """`A fall of 42.1 %.`; nothing where the first score was nought."""
    fall = percent_fall(first, last)
    if fall is None:
        return ""
    if not fall:
        return _("The same as at first.")
    said = _("A fall of %(percent)s %%.") if fall > 0 else _("A rise of %(percent)s %%.")
    return said % {"percent": half_up(abs(fall), 1)}


def days_said(first: int, last: int) -> str:
    """`16 days fewer than at first; no day of use in the last 28.` No change is called reliable: see `days_change`."""
    found = days_change(first, last)
    by = abs(found.difference)
    if found.difference < 0:
        said = ngettext("%(n)d day fewer than at first", "%(n)d days fewer than at first", by) % {"n": by}
    elif found.difference > 0:
        said = ngettext("%(n)d day more than at first", "%(n)d days more than at first", by) % {"n": by}
    else:
        said = _("as many days as at first")
    return (said + "; " + _("no day of use in the last 28") if found.abstinent else said) + "."
