"""Erasing one side of questions between teams; the spine goes with the last side."""

from django.db.models import Q

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.consultation.models import (
    AdviceReply,
    Answer,
    Clarification,
    Consultation,
    ConsultationStatus,
    Learning,
    Question,
)


def erase(*, registration: str, by: Access) -> dict[str, int]:
    """Delete all that this room holds of a registration; how many rows of each. Only ever inside `sharing`'s act."""
    mine = {"registration": registration}
    AdviceReply.objects.filter(answer__registration=registration).update(answer=None)  # advice received stays theirs
    sides = [model.objects.filter(**mine) for model in (AdviceReply, Learning, Answer, Clarification, Question)]
    spines = Consultation.objects.filter(Q(asking_registration=registration) | Q(answering_registration=registration))
    alone = spines.filter(question=None, clarifications=None, answers=None, replies=None, learning=None)
    rows = [*sides, ConsultationStatus.objects.filter(consultation__in=alone.values("pk")), alone]
    return access.erase_rows(rows=rows, by=by)
