"""Putting answers and days of use right: a new row takes the place of the old one."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.definitions.instruments import instrument
from alongside.kernel import clock
from alongside.kernel.errors import NotThere, Stale
from alongside.measures import rules
from alongside.measures.actions.recording import SAVED, check_lived
from alongside.measures.actions.writing import Setting, write
from alongside.measures.models import Condition, Handed, Response, Score, UseCalendar, UseRecord
from alongside.measures.rules import (
    NOTHING_NOTICED,
    Answers,
    Context,
    Given,
    Stood,
    Use,
)
from alongside.people import actions as people
from alongside.people.rules import Correcting
from alongside.safety import actions as safety
from alongside.safety.rules import Talk


@transaction.atomic
def correct_response(
    *,
    response: str,
    why: Correcting,
    by: Access,
    answers: Answers | None = None,
    total: str | int | Decimal | None = None,
    substance: str | None = None,
    completed_at: datetime | None = None,
    context: Context | None = None,
    harm: bool | None = None,
    unfinished: bool = False,
    talk: Talk | None = None,
    submission: str = "",
) -> str:
    """Put a measure right: a new response and score take the place of the old ones. Returns the new response's id.

    `substance`, `completed_at`, `context` and `harm` are as they were where they are not given. An answer about
    self-harm that is worse than it was is owed to whoever puts it right until a talk about it: `talk`, where it was had
    already. One that is no worse stays with its prompt, and one that is taken away closes none.

    Raises `Invalid("reason", …)` without a reason, `Invalid("", …)` where nothing differs, `Invalid("risk_outcome", …)`
    for a talk about nothing that waits, `Stale` if somebody corrected it first, and otherwise as `record_response`.
    """
    access.refuse_repeat(model=Response, submission=submission, said=SAVED, by=by)
    old = _standing(Response, response, by)
    before = _as_it_stood(old)
    new = Given(
        instrument=old.instrument,
        answers=answers,
        total=total,
        substance=before.given.substance if substance is None else substance,
        harm=None if total is None else bool(harm) or _still_told(old, total),
        unfinished=unfinished,
    )
    after = Stood(new, completed_at or before.at, _context(before.context, context, old.registration_id, by))
    return _put_right(old, before, after, why=why, talk=talk, submission=submission, by=by)


def _put_right(
    old: Response, before: Stood, after: Stood, *, why: Correcting, talk: Talk | None, submission: str, by: Access
) -> str:
    _check_day(old, after.at, by)
    handed = rules.check_all([after.given], ())
    rules.check_changed(before, after)
    where = Setting(
        anchor=old.registration,
        at=after.at,
        episode=old.episode,
        contact=old.contact,
        respondent=old.respondent,
        entered_by=old.entered_by,
        submission=submission or None,
        context=after.context,
        talk=talk,
        instead_of=old.pk,
    )
    [new] = write(handed=handed, setting=where, by=by)
    _supersede(old, new, why, by)
    return new


def _check_day(old: Response | UseRecord, at: datetime, by: Access) -> None:
    rules.check_past(at, clock.now())
    if at != old.occurred_at:  # a day that stood is not what is put right
        check_lived(registration=old.registration_id, at=at, by=by)


def _as_it_stood(old: Response) -> Stood:
    total = None if old.answers is not None else Score.objects.filter(response=old).values_list("value", flat=True)[0]
    harm = None if old.answers is not None else _tells_of_harm(old)
    noticed = Condition.objects.filter(response=old, superseded_by="").first()
    context = replace(old.context, noticed=noticed.noticed if noticed else NOTHING_NOTICED)
    return Stood(Given(old.instrument, old.answers, total, old.substance, harm), old.occurred_at, context)


def _still_told(old: Response, total: str | int | Decimal) -> bool:
    """What told of self-harm goes on to under another total, unless that leaves no room for such an answer."""
    return _tells_of_harm(old) and not rules.rules_out_harm(instrument(old.instrument), total)


def _tells_of_harm(old: Response) -> bool:
    return any(rules.HARM in flags for flags in Score.objects.filter(response=old).values_list("flags", flat=True))


def _context(before: Context, said: Context | None, registration: str, by: Access) -> Context:
    """As it is said now. What was noticed of drinking or using stays where that is closed to the reader: nobody takes
    away what they cannot see."""
    if said is None:
        return before
    rules.check_context(said)
    if said.noticed == NOTHING_NOTICED and not allowed.opens(by, registration, rules.USE_PATTERN):
        return replace(said, noticed=before.noticed)
    if said.noticed != before.noticed:
        allowed.require_own(by, registration, rules.USE_PATTERN)
    return said


@transaction.atomic
def correct_use(*, record: str, use: Use, why: Correcting, by: Access, asked_at: datetime | None = None) -> str:
    """Put days of use right, as `correct_response`. Returns the new record's id."""
    old = _standing(UseRecord, record, by)
    at = asked_at or old.occurred_at
    _check_day(old, at, by)
    where = Setting(old.registration, at, old.episode, old.contact)
    new = write(handed=rules.check_all((), [use]), setting=where, by=by)[0]
    _supersede(old, new, why, by)
    return new


@transaction.atomic
def withdraw_wrong_person(*, record: str, why: Correcting, by: Access, taken_on_by: str = "") -> str:
    """Take a measure or a use record (its id) out of the record of somebody it is not about. Returns the correction
    that stands in its place, with who had seen it and who was told. Nothing is moved to anybody else.

    Raises `Invalid("risk_taken_on_by", …)` where an answer about self-harm in it waits for a conversation and nobody
    takes that on, and otherwise as `correct_response`.
    """
    old = _standing(UseRecord if record.startswith("use_") else Response, record, by)
    return _supersede(old, "", why, by, taken_on_by)


def _standing(model: type[Handed], record: str, by: Access) -> Handed:
    by.check_may("correct")
    row = model.objects.select_related("registration").filter(pk=record, service=by.service).first()
    if row is None:
        raise NotThere()
    allowed.require_own(by, row.registration_id, *policy.category_keys(row.needs))
    if row.superseded_by:
        raise Stale("Somebody has already put this right. Look at what stands now.")
    return row


def _supersede(old: Handed, replacement: str, why: Correcting, by: Access, taken_on_by: str = "") -> str:
    correction = people.note_correction(record=old, why=why, by=by, replacement=replacement)
    stands = replacement or correction
    if not type(old).objects.filter(pk=old.pk, superseded_by="").update(superseded_by=stands):
        raise Stale("Somebody put this right at the same moment. Nothing of yours was saved; look at it again.")
    if isinstance(old, Response):
        _supersede_score(old, stands)
        if replacement:
            safety.put_right(response=old.pk, stands=replacement, by=by)
        else:
            safety.withdraw(responses=_lineage(old), stands=stands, by=by, taken_on_by=taken_on_by)
    else:
        UseCalendar.objects.filter(use=old.pk, superseded_by="").update(superseded_by=stands)
    act = "measures.correct" if replacement else "measures.withdraw_wrong_person"
    access.log(by=by, act=act, subject=old.pk, about=[old.registration_id], detail={"correction": correction})
    return correction


def _supersede_score(old: Response, stands: str) -> None:
    Condition.objects.filter(response=old, superseded_by="").update(superseded_by=stands)
    new = Score.objects.filter(response=stands).values_list("pk", flat=True).first()
    Score.objects.filter(response=old, superseded_by="").update(superseded_by=new or stands)


def _lineage(response: Response) -> list[str]:
    """A response and all that it put right, however often."""
    found = [response.pk]
    while before := Response.objects.filter(superseded_by=found[-1]).values_list("pk", flat=True).first():
        found.append(before)
    return found


def withdraw_contact(*, contact: str, correction: str, by: Access, taken_on_by: str = "") -> int:
    """Withdraw everything that was handed in at a contact, under the contact's own correction. Returns how many.

    Only ever inside the action that withdraws the contact. Raises as `withdraw_wrong_person`.
    """
    every = list(Response.objects.filter(contact=contact).values_list("pk", flat=True))  # with what they put right
    safety.withdraw(responses=every, stands=correction, by=by, taken_on_by=taken_on_by)
    responses = Response.objects.filter(contact=contact, superseded_by="")
    for model in (Score, Condition):
        model.objects.filter(response__in=responses, superseded_by="").update(superseded_by=correction)
    uses = UseRecord.objects.filter(contact=contact, superseded_by="")
    UseCalendar.objects.filter(use__in=uses, superseded_by="").update(superseded_by=correction)
    return responses.update(superseded_by=correction) + uses.update(superseded_by=correction)
