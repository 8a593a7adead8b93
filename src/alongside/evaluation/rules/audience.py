"""Who a report is for, and what it carries on every page because of that."""

from dataclasses import dataclass
from enum import StrEnum

from alongside.kernel.errors import Invalid


class Audience(StrEnum):
    """`internal` is exact and stays with the partnership; `publication` is exact after a named person's decision;
    `public` is suppressed."""

    INTERNAL = "internal"
    PUBLICATION = "publication"
    PUBLIC = "public"

    @property
    def exact(self) -> bool:
        return self is not Audience.PUBLIC


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands on every page: for whom, and for a publication who decided what about disclosure."""

    audience: Audience = Audience.INTERNAL
    approved_by: str = ""
    decision: str = ""


def stamp(audience: Audience, approved_by: str = "", decision: str = "") -> Stamp:
    """The stamp, or `Invalid` where an exact publication has no named approver or no recorded decision.

    Exact small numbers may be published only because somebody answerable decided so; and an approver named on a
    report that needed none would look like a decision that nobody took.
    """
    needed = audience is Audience.PUBLICATION
    for field, given in (("--approved-by", approved_by.strip()), ("--decision", decision.strip())):
        if needed and not given:
            raise Invalid(field, "An exact publication needs the approver's name and the disclosure decision.")
        if given and not needed:
            raise Invalid(
                field, "A report for the {audience} audience has no approver. Leave it out.", audience=audience
            )
    return Stamp(audience, approved_by.strip(), decision.strip())
