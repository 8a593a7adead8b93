"""Retention in the report: a picture and the same figures as a table."""

from collections.abc import Iterable, Sequence

from alongside.evaluation.report import words
from alongside.evaluation.report.charts import retention_chart
from alongside.evaluation.report.figures import Figures
from alongside.evaluation.report.shapes import Grid, Picture
from alongside.evaluation.retention import Curve
from alongside.evaluation.tables.catalogue import UNKNOWN
from alongside.kernel.language import gettext as _
from alongside.kernel.numbers import half_up

LOOKS = (28, 84, 168)  # four weeks, the twelve weeks of "retained in treatment", twenty-four weeks


def retention(curves: Sequence[Curve], figures: Figures) -> tuple[Picture, ...]:
    """A picture for each pathway's arms, and one for each way of looking at history. Never in public: its steps
    are single people."""
    if not figures.exact:
        return ()
    pictures = []
    for breakdown_name in dict.fromkeys(curve.breakdown for curve in curves):
        if breakdown_name == "total":
            continue
        chosen = [curve for curve in curves if curve.breakdown == breakdown_name]
        if not any(map(_is_known, chosen)):
            continue
        for pathway, group in _by_pathway(chosen).items():
            pictures.append(_picture(breakdown_name, pathway, group))
    return tuple(pictures)


def _is_known(curve: Curve) -> bool:
    """Whether its group says something: nothing but `unknown` would draw the curves above once more, as news."""
    return curve.group.rpartition(", history ")[2] != UNKNOWN


def _by_pathway(curves: Iterable[Curve]) -> dict[str, list[tuple[str, Curve]]]:
    found: dict[str, list[tuple[str, Curve]]] = {}
    for curve in curves:
        pathway, between, name = curve.group.partition(" / ")
        found.setdefault(pathway if between else "", []).append((name if between else curve.group, curve))
    return found


def _picture(breakdown_name: str, pathway: str, group: Sequence[tuple[str, Curve]]) -> Picture:
    names, curves = [name for name, _curve in group], [curve for _name, curve in group]
    title = _("Retention") + f", {words.BREAKDOWNS[breakdown_name]}" + (f": {pathway}" if pathway else "")
    headings = (_("Group"), _("People"), _("Left"), *(_("Retained to day {day}").format(day=day) for day in LOOKS))
    rows = tuple(_retained(name, curve) for name, curve in group)
    grid = Grid(
        title, (*headings, _("Median days")), rows, _("Kaplan-Meier, with 95 % limits where somebody has left.")
    )
    spoken = "; ".join(f"{row[0]}: {row[3]}" for row in rows)
    alternative = _("Curves of the share retained by day. Retained to day {day}: {spoken}.").format(
        day=LOOKS[0], spoken=spoken
    )
    return Picture(title, retention_chart(curves, names), alternative, grid)


def _share(curve: Curve, day: int) -> str:
    """Without limits where nobody has left, or everybody: the method has none, and 100 to 100 would be a lie."""
    point = curve.at(day)
    share = half_up(100 * point.retained, 1)
    if point.retained in (0, 1):
        return _("{share} % (of {people:,}; no limits)").format(share=share, people=curve.people)
    limits = (half_up(100 * part, 1) for part in (point.lower, point.upper))
    return _("{share} % ({0} to {1})").format(*limits, share=share)


def _retained(name: str, curve: Curve) -> tuple[str, ...]:
    looks = []
    for day in LOOKS:
        if day > curve.points[-1].day:
            looks.append(_("nobody followed so long"))
            continue
        looks.append(_share(curve, day))
    median = str(curve.median) if curve.median is not None else _("not reached")
    return (name, f"{curve.people:,}", f"{curve.left:,}", *looks, median)
