"""Pictures for the report: our own SVG for the flow, Vega-Lite for retention curves. Each has its words beside it."""

import base64
from collections.abc import Sequence

import altair as alt
import vl_convert

from alongside.evaluation.retention import Curve
from alongside.kernel.language import gettext as _

_DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [12, 3])
_COLOURS = ("#005eb8", "#7c2855", "#00703c", "#a84300", "#41495a", "#005a6b")  # each at least 4.5 to 1 on white


def retention_chart(curves: Sequence[Curve], names: Sequence[str]) -> str:
    """The curves as an SVG data address for an image; each has a colour and a dash of its own."""
    values = [
        {"group": name, "day": point.day, "retained": 100 * point.retained}
        for curve, name in zip(curves, names, strict=True)
        for point in curve.points
    ]
    chart = (
        alt.Chart(alt.Data(values=values), width=560, height=260)
        .mark_line(interpolate="step-after", strokeWidth=2)
        .encode(
            x=alt.X("day:Q", title=_("Days since the journey opened")),
            y=alt.Y("retained:Q", title=_("Retained, %"), scale=alt.Scale(domain=[0, 100])),
            color=_legend(alt.Color, names, _COLOURS),
            strokeDash=_legend(alt.StrokeDash, names, _DASHES),
        )
        .configure(font="Arial")
    )
    svg = vl_convert.vegalite_to_svg(chart.to_dict())
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _legend(channel: type, names: Sequence[str], values: Sequence[object]) -> object:
    scale = alt.Scale(domain=list(names), range=[values[place % len(values)] for place in range(len(names))])
    legend = alt.Legend(title=None, orient="bottom", columns=1, labelLimit=500)
    return channel("group:N", scale=scale, legend=legend)
