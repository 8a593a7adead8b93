"""A handover's states and holders, and what a discharge must say. Pure."""

from enum import StrEnum

from alongside.definitions import substance_use, talking_therapies
from alongside.kernel.errors import Invalid
from alongside.organisations.rules import ServiceKind


class State(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Side(StrEnum):
    RECEIVER = "receiver"
    NOBODY = "nobody"  # the journey's own task holds the lead, whoever that is now


HOLDER = {State.PROPOSED: Side.RECEIVER, State.ACCEPTED: Side.NOBODY, State.RETURNED: Side.NOBODY}
MOVES = {State.PROPOSED: {State.ACCEPTED, State.RETURNED}, State.ACCEPTED: set(), State.RETURNED: set()}


def end_reasons(kind: str) -> dict[str, str]:
    """The end codes of a kind of service and their words: its national return's, where we hold its list."""
    if kind == ServiceKind.TALKING_THERAPIES:
        return {reason.code: reason.words for reason in talking_therapies.end_reasons()}
    return {reason.key: reason.words for reason in substance_use.discharge_reasons()}


def check_end_code(kind: str, code: str) -> str:
    """Raises `Invalid("end_code", …)` for a code that is not in the service's list."""
    if code not in end_reasons(kind):
        raise Invalid("end_code", "Choose why the treatment ends.")
    return code
