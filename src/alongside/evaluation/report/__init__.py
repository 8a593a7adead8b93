"""The report: one page of HTML that stands alone, for one audience. No scripts, nothing fetched from elsewhere."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from alongside.evaluation.engine import Evaluation
from alongside.evaluation.report.page import page
from alongside.evaluation.rules.audience import Stamp
from alongside.kernel.language import gettext, ngettext

__all__ = ["render"]


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("alongside.evaluation"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it, unseen by the types
        gettext, ngettext, newstyle=True
    )
    return environment


def render(evaluation: Evaluation, stamp: Stamp) -> str:
    """The report as one self-contained HTML page, stamped for its audience.

    A public report hides and rounds by `rules.disclosure`; the others are exact. The same evaluation, stamp and
    moment always give the same page.
    """
    return _environment().get_template("report.html.jinja").render(page=page(evaluation, stamp))
