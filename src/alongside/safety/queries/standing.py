"""What is open in this room, for the check of continuity."""

from alongside.access.context import Access
from alongside.safety.models import BrokenGlass, ReceivedDisclosure, RiskPrompt, Withholding
from alongside.safety.rules import Arrival, Review, Reviewing, State


def open_things(*, access: Access) -> list[str]:
    """Prompts that nobody closed, copies that nobody read, withheld entries that nobody else looked at, looks in an
    emergency that wait for their review. Ids only: each has one open task."""
    asked = RiskPrompt.objects.filter(state=State.OPEN, superseded_by="").values_list("pk", flat=True)
    arrived = ReceivedDisclosure.objects.filter(state=Arrival.RECEIVED).values_list("pk", flat=True)
    undecided = Withholding.objects.filter(state=Review.OPEN).values_list("pk", flat=True)
    looked = BrokenGlass.objects.filter(state=Reviewing.WAITING).values_list("pk", flat=True)
    return [*asked, *arrived, *undecided, *looked]
