"""Erasing risk prompts, what was told without consent, what was withheld, and looks in an emergency."""

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.safety.models import (
    BrokenGlass,
    DisclosedWords,
    DisclosureWithoutConsent,
    GlassReview,
    ReceivedDisclosure,
    ReceivedDisclosureStatus,
    RiskAnswer,
    RiskPrompt,
    RiskPromptStatus,
    Withholding,
    WithholdingReview,
)

_RECORDS = (RiskPrompt, DisclosedWords, DisclosureWithoutConsent, ReceivedDisclosure, Withholding, BrokenGlass)


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    mine = {"registration": registration}
    rows = [
        RiskAnswer.objects.filter(prompt__registration=registration),
        RiskPromptStatus.objects.filter(prompt__registration=registration),
        ReceivedDisclosureStatus.objects.filter(received__registration=registration),
        WithholdingReview.objects.filter(withholding__registration=registration),
        GlassReview.objects.filter(look__registration=registration),
        *(model.objects.filter(**mine) for model in _RECORDS),
    ]
    return access.erase_rows(rows=rows, by=by)
