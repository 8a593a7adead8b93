"""Taking two joined records apart: why, and at whose word."""

from dataclasses import dataclass
from enum import StrEnum

from alongside.kernel.errors import Invalid
from alongside.kernel.language import later

LONGEST_APART = 180  # characters


class Asker(StrEnum):
    """At whose word two records are taken apart."""

    PERSON = "person"
    ENTITLED = "entitled"  # whoever decides for them
    MISTAKE = "mistake"  # nobody's: they are two people


@dataclass(frozen=True, slots=True)
class Apart:
    """Why two records are taken apart; kept by the service where it was said, and told to no other."""

    reason: str
    asked_by: Asker

    @property
    def said(self) -> str:
        """Both in one line, as it is kept."""
        return f"{self.asked_by}: {self.reason.strip()}"


def check_apart(why: Apart) -> None:
    """Raises `Invalid("reason", …)` without a reason, or with one too long to be kept."""
    if not why.reason.strip():
        raise Invalid("reason", "Say why they are taken apart.")
    if len(why.reason.strip()) > LONGEST_APART:
        raise Invalid("reason", later("Say it in {many} characters or fewer."), many=LONGEST_APART)
