"""Writes what an evaluation found: all of it or, where anything goes wrong, none of it."""

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from alongside.evaluation.engine import Evaluation
from alongside.evaluation.publishing import HEADER, published
from alongside.evaluation.report import render
from alongside.evaluation.retention import Curve
from alongside.evaluation.rules.audience import Stamp
from alongside.kernel.errors import Invalid

RETENTION_HEADER = (
    "breakdown",
    "group",
    "day",
    "at_risk",
    "left",
    "censored",
    "retained",
    "lower",
    "upper",
)


def files(evaluation: Evaluation, stamp: Stamp) -> dict[str, str]:
    """What is written for this audience, as text by file name.

    `joint.csv` and `retention.csv` are there only where there are journeys. Steps of a retention curve are single
    people, so a public evaluation has no `retention.csv`.
    """
    found = {
        "measures.csv": _csv(HEADER, (row.cells for row in published(evaluation.rows, stamp.audience))),
        "report.html": render(evaluation, stamp),
    }
    if evaluation.joint_rows:
        shown = published(evaluation.joint_rows, stamp.audience)
        found["joint.csv"] = _csv(HEADER, (row.cells for row in shown))
    if evaluation.curves and stamp.audience.exact:
        found["retention.csv"] = _csv(RETENTION_HEADER, _steps(evaluation.curves))
    return found


def write(directory: Path, contents: Mapping[str, str]) -> tuple[Path, ...]:
    """Write every file into `directory`, which is made if need be; nothing is replaced until all are written."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=directory, prefix=".evaluation-") as beside:
            for name, text in contents.items():
                (Path(beside) / name).write_text(text, encoding="utf-8", newline="")
            for name in contents:
                os.replace(Path(beside) / name, directory / name)
    except OSError as error:
        raise Invalid(
            "--out",
            "We cannot write to {directory}: {why}. Choose another folder.",
            directory=directory,
            why=error.strerror,
        ) from error
    return tuple(directory / name for name in contents)


def _csv(header: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)
    return text.getvalue()


def _steps(curves: Iterable[Curve]) -> Iterable[Sequence[object]]:
    for curve in curves:
        for point in curve.points:
            yield (
                curve.breakdown,
                curve.group,
                point.day,
                point.at_risk,
                point.left,
                point.censored,
                repr(point.retained),
                repr(point.lower),
                repr(point.upper),
            )
