"""The columns of the caseload as a file."""

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.web.caseload.present import Line, Scored

# A spreadsheet would run a cell that begins like this.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def columns() -> list[str]:
    return [
        _("Person"),
        _("Born"),
        _("Why look first"),
        _("Weeks"),
        "PHQ-9",
        _("PHQ-9 change"),
        _("Anxiety measure"),
        _("Anxiety score"),
        _("Anxiety change"),
        _("Substance"),
        _("Days used in 28"),
        _("Change in days"),
        _("Last contact"),
        _("Next contact"),
        _("Who acts next"),
        _("What is owed"),
    ]


def values(line: Line) -> list[str]:
    cells = [
        line.name,
        f"{line.born:%Y-%m-%d}",
        "; ".join(line.why),
        str(line.weeks),
        *_scored(line.mood)[1:],
        *_scored(line.anxiety),
        *_scored(line.use),
        _when(line.last),
        _when(line.next),
        line.acts,
        line.acts_what,
    ]
    return [plain_cell(cell) for cell in cells]


def _scored(one: Scored) -> tuple[str, str, str]:
    change = _("%(change)s (by a figure not yet checked against its source)") % {"change": one.change}
    return one.name, "" if one.said == "–" else one.said, change if one.unchecked else one.change


def _when(slot) -> str:
    return f"{timezone.localtime(slot.at):%Y-%m-%d %H:%M}" if slot else ""


def plain_cell(cell: str) -> str:
    """A cell as text, whatever it begins with: a spreadsheet must not run what somebody typed."""
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell
