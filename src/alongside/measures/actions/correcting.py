"""Putting answers and days of use right: a new row takes the place of the old one."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import NotThere, Stale
from alongside.measures import rules
from alongside.measures.actions.writing import Setting, write
from alongside.measures.models import Condition, Handed, Response, Score, UseCalendar, UseRecord
from alongside.measures.rules import (
    NOTHING_NOTICED,
    Answers,
    Context,
    Given,
    Use,
)
from alongside.people import actions as people
from alongside.people.rules import Correcting
from alongside.safety import actions as safety


@transaction.atomic
def correct_response(
    *,
    response: str,
    why: Correcting,
    by: Access,
    answers: Answers | None = None,
    total: str | int | Decimal | None = None,
    completed_at: datetime | None = None,
) -> str:
    """Put a measure right: a new response and score take the place of the old ones. Returns the new response's id.

    Raises `Invalid("reason", …)` without a reason, `Stale` if somebody corrected it first, and otherwise as
    `record_response`.
    """
    old = _standing(Response, response, by)
    at = completed_at or old.occurred_at
    rules.check_past(at, clock.now())
    said = _context(old)
    where = Setting(old.registration, at, old.episode, old.contact, old.respondent, old.entered_by, context=said)
    harm = total is not None and _tells_of_harm(old)
    handed = rules.check_all([Given(old.instrument, answers, total, old.substance, harm)], ())
    new = write(handed=handed, setting=where, by=by)[0]
    _supersede(old, new, why, by)
    return new


def _tells_of_harm(old: Response) -> bool:
    """Whether what stood there told of self-harm: another total takes nothing of that back."""
    return any(rules.HARM in flags for flags in Score.objects.filter(response=old).values_list("flags", flat=True))


def _context(old: Response) -> Context:
    """As the old response has it, with what was noticed then."""
    row = Condition.objects.filter(response=old, superseded_by="").first()
    return replace(old.context, noticed=row.noticed if row else NOTHING_NOTICED)


@transaction.atomic
def correct_use(*, record: str, use: Use, why: Correcting, by: Access, asked_at: datetime | None = None) -> str:
    """Put days of use right, as `correct_response`. Returns the new record's id."""
    old = _standing(UseRecord, record, by)
    at = asked_at or old.occurred_at
    rules.check_past(at, clock.now())
    where = Setting(old.registration, at, old.episode, old.contact)
    new = write(handed=rules.check_all((), [use]), setting=where, by=by)[0]
    _supersede(old, new, why, by)
    return new


@transaction.atomic
def withdraw_wrong_person(*, record: str, why: Correcting, by: Access) -> str:
    """Take a measure or a use record (its id) out of the record of somebody it is not about. Returns the correction
    that stands in its place, with who had seen it and who was told. Nothing is moved to anybody else."""
    old = _standing(UseRecord if record.startswith("use_") else Response, record, by)
    return _supersede(old, "", why, by)


def _standing(model: type[Handed], record: str, by: Access) -> Handed:
    by.check_may("correct")
    row = model.objects.select_related("registration").filter(pk=record, service=by.service).first()
    if row is None:
        raise NotThere()
    allowed.require_own(by, row.registration_id, *policy.category_keys(row.needs))
    if row.superseded_by:
        raise Stale("Somebody has already put this right. Look at what stands now.")
    return row


def _supersede(old: Handed, replacement: str, why: Correcting, by: Access) -> str:
    correction = people.note_correction(record=old, why=why, by=by, replacement=replacement)
    stands = replacement or correction
    if not type(old).objects.filter(pk=old.pk, superseded_by="").update(superseded_by=stands):
        raise Stale("Somebody put this right at the same moment. Nothing of yours was saved; look at it again.")
    if isinstance(old, Response):
        _supersede_score(old, stands)
        if not replacement:
            safety.withdraw(response=old.pk, stands=stands, by=by)
    else:
        UseCalendar.objects.filter(use=old.pk, superseded_by="").update(superseded_by=stands)
    act = "measures.correct" if replacement else "measures.withdraw_wrong_person"
    access.log(by=by, act=act, subject=old.pk, about=[old.registration_id], detail={"correction": correction})
    return correction


def _supersede_score(old: Response, stands: str) -> None:
    Condition.objects.filter(response=old, superseded_by="").update(superseded_by=stands)
    new = Score.objects.filter(response=stands).values_list("pk", flat=True).first()
    Score.objects.filter(response=old, superseded_by="").update(superseded_by=new or stands)


def withdraw_contact(*, contact: str, correction: str, by: Access) -> int:
    """Withdraw everything that was handed in at a contact, under the contact's own correction. Returns how many.

    Only ever inside the action that withdraws the contact.
    """
    responses = Response.objects.filter(contact=contact, superseded_by="")
    for model in (Score, Condition):
        model.objects.filter(response__in=responses, superseded_by="").update(superseded_by=correction)
    for response in responses.values_list("pk", flat=True):
        safety.withdraw(response=response, stands=correction, by=by)
    uses = UseRecord.objects.filter(contact=contact, superseded_by="")
    UseCalendar.objects.filter(use__in=uses, superseded_by="").update(superseded_by=correction)
    return responses.update(superseded_by=correction) + uses.update(superseded_by=correction)
