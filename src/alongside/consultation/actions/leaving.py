"""What somebody who leaves asked, or was to answer."""

from django.db import transaction
from django.db.models import Q

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consultation.actions import moving
from alongside.consultation.models import Consultation
from alongside.consultation.rules import OPEN
from alongside.kernel.periods import FOR_EVER
from alongside.tasks import actions as tasks


@transaction.atomic
def take_over(*, leaver: str, service: str, to: str, by: Access, of: str = "") -> None:
    """What a leaver asked or was to answer in a service is a colleague's: the question, its task, and the need to read
    the other side. Called by `sharing`, which has locked it. `of` one registration alone, where the person wants
    somebody else."""
    asked = Q(asked_by=leaver, asking_service=service, **({"asking_registration": of} if of else {}))
    answers = Q(answerer=leaver, answering_service=service, **({"answering_registration": of} if of else {}))
    for row in Consultation.objects.filter(asked | answers, state__in=OPEN).order_by("pk"):
        if row.answerer == leaver:
            row.answerer = to if moving.reads_question(row, to) else ""
        if row.asked_by == leaver:
            _ask_instead(row, to, by)
        row.version += 1
        moving.save(row)
        tasks.hand_over(room=moving.ROOM, about=row.pk, holder=moving.holder(row), by=by)
        own = row.asking_registration if service == row.asking_service else row.answering_registration
        access.log(by=by, act="consultation.take_over", subject=row.pk, about=[own])


def _ask_instead(row: Consultation, to: str, by: Access) -> None:
    service, there = row.asking_service, row.answering_registration
    access.end_needs(registration=there, because=row.pk, handle=Handle.caseload(row.asked_by, service), by=by)
    row.asked_by = to
    if row.answerer:  # whoever took the question opened its answers to the asker
        moving.add_need(row, there, Handle.caseload(to, service), service, FOR_EVER, by)
