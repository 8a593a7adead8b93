"""Recording answers and days of use, and putting them right by superseding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, connection, transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.definitions import policy
from alongside.definitions.instruments import instrument as find_instrument
from alongside.journey import queries as journey
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotThere, Stale
from alongside.kernel.language import later
from alongside.measures import rules
from alongside.measures.models import Handed, Response, Score, UseRecord
from alongside.measures.rules import Given, HandedIn, Raw, Scored, Use, Used
from alongside.people import actions as people
from alongside.people.rules import Correcting

SAVED = later("This was already saved. It was not saved again.")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when something was handed in. `anchor` is the registration, asked for with the kinds it needs."""

    anchor: Anchor
    at: datetime
    episode: str = ""
    contact: str = ""
    respondent: str = "person"
    entered_by: str = "staff"  # or "person", from their own phone
    submission: str | None = None


def record_response(
    *,
    registration: str,
    instrument: str,
    completed_at: datetime,
    by: Access,
    answers: Sequence[Raw] | None = None,
    total: str | int | Decimal | None = None,
    episode: str = "",
    respondent: str = "person",
    entered_by: str = "staff",
    submission: str = "",
) -> str:
    """Record one measure outside a contact: every answer in order, or the total. Returns the response's id.

    Raises `Invalid` or `Several` naming `phq9` (the total) or `phq9_item3`, `Invalid("date", …)` for a time to come,
    `Duplicate` for the same submission again, `NotThere` where the registration is not this service's own or the
    episode is another's.
    """
    given = [Given(instrument, answers, total)]
    try:
        with transaction.atomic():
            anchor = _own(registration, rules.categories(given, ()), completed_at, by)
            _check_episode(episode, registration, by)
            where = Setting(anchor, completed_at, episode, "", respondent, entered_by, submission or None)
            made = write(handed=rules.check_all(given, ()), setting=where, by=by)[0]
            access.log(by=by, act="measures.record_response", subject=made, about=[registration])
    except IntegrityError:
        _refuse_repeat(Response, submission, by)
        raise
    return made


def record_use(
    *,
    registration: str,
    use: Use,
    asked_at: datetime,
    by: Access,
    episode: str = "",
    submission: str = "",
) -> str:
    """Record days of using one substance in the 28 days before `asked_at`, outside a contact. Returns its id.

    Raises `Invalid` naming `alcohol_days`, `alcohol_amount` or `alcohol_unit` (after the substance), and otherwise
    as `record_response`.
    """
    try:
        with transaction.atomic():
            anchor = _own(registration, [rules.USE_PATTERN], asked_at, by)
            _check_episode(episode, registration, by)
            where = Setting(anchor, asked_at, episode, submission=submission or None)
            made = write(handed=rules.check_all((), [use]), setting=where, by=by)[0]
            access.log(by=by, act="measures.record_use", subject=made, about=[registration])
    except IntegrityError:
        _refuse_repeat(UseRecord, submission, by)
        raise
    return made


def _own(registration: str, kinds: Sequence[str], at: datetime, by: Access) -> Anchor:
    by.check_may("care")
    _check_past(at)
    return allowed.require_own(by, registration, *kinds)


def _check_past(at: datetime) -> None:
    if at > clock.now():
        raise Invalid("date", "The date is in the future. Enter the day it was answered.")


def _check_episode(episode: str, registration: str, by: Access) -> None:
    if episode and journey.episode(episode, access=by).registration != registration:
        raise NotThere()


def _refuse_repeat(model: type[Handed], submission: str, by: Access) -> None:
    # The database refused the row: either the same form came twice, or it is a fault of ours and must be seen.
    access.refuse_repeat(model=model, submission=submission, said=SAVED, by=by)


def write(*, handed: HandedIn, setting: Setting, by: Access) -> list[str]:
    """Write measures with their scores, and uses; returns the ids of responses, then of use records.

    Only ever inside the action that asked for the registration with `rules.categories`, checked what was handed in with
    `rules.check_all`, and logs.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Measures are written inside the action that they belong to.")
    responses = [_response(given, setting, by) for given, _ in handed.measures]
    scores = [_score(row, worth) for row, (_, worth) in zip(responses, handed.measures, strict=True)]
    records = [_use_record(used, setting, by) for used in handed.uses]
    for model, rows in ((Response, responses), (Score, scores), (UseRecord, records)):
        if rows:
            model.objects.insert(rows)
    return [row.pk for row in [*responses, *records]]


def _record(setting: Setting, kind: str, by: Access) -> dict[str, object]:
    return {
        "registration": setting.anchor,
        "service": setting.anchor.service,
        "needs": policy.categories_mask(kind),
        "author": by.actor,
        "occurred_at": setting.at,
        "episode": setting.episode,
        "contact": setting.contact,
        "submission": setting.submission,
    }


def _response(given: Given, setting: Setting, by: Access) -> Response:
    measure = find_instrument(given.instrument)
    return Response(
        **_record(setting, rules.category(measure), by),
        instrument=measure.key,
        definition_version=measure.version,
        answers=None if given.answers is None else rules.as_numbers(measure, given.answers),
        respondent=setting.respondent,
        entered_by=setting.entered_by,
    )


def _score(response: Response, worth: Scored) -> Score:
    return Score(
        registration=response.registration,
        service=response.service,
        needs=response.needs,
        author=response.author,
        occurred_at=response.occurred_at,
        response=response,
        instrument=response.instrument,
        value=worth.value,
        band=worth.band or "",
        flags=list(worth.flags),
        definition_version=response.definition_version,
    )


def _use_record(used: Used, setting: Setting, by: Access) -> UseRecord:
    return UseRecord(
        **_record(setting, rules.USE_PATTERN, by),
        substance=used.substance,
        named=used.named,
        days_used_of_28=used.days,
        amount=used.amount,
        unit=used.unit,
    )


@transaction.atomic
def correct_response(
    *,
    response: str,
    why: Correcting,
    by: Access,
    answers: Sequence[Raw] | None = None,
    total: str | int | Decimal | None = None,
    completed_at: datetime | None = None,
) -> str:
    """Put a measure right: a new response and score take the place of the old ones. Returns the new response's id.

    Raises `Invalid("reason", …)` without a reason, `Stale` if somebody corrected it first, and otherwise as
    `record_response`.
    """
    old = _standing(Response, response, by)
    at = completed_at or old.occurred_at
    _check_past(at)
    where = Setting(old.registration, at, old.episode, old.contact, old.respondent, old.entered_by)
    handed = rules.check_all([Given(old.instrument, answers, total)], ())
    new = write(handed=handed, setting=where, by=by)[0]
    _supersede(old, new, why, by)
    return new


@transaction.atomic
def correct_use(*, record: str, use: Use, why: Correcting, by: Access, asked_at: datetime | None = None) -> str:
    """Put days of use right, as `correct_response`. Returns the new record's id."""
    old = _standing(UseRecord, record, by)
    at = asked_at or old.occurred_at
    _check_past(at)
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
    act = "measures.correct" if replacement else "measures.withdraw_wrong_person"
    access.log(by=by, act=act, subject=old.pk, about=[old.registration_id], detail={"correction": correction})
    return correction


def _supersede_score(old: Response, stands: str) -> None:
    new = Score.objects.filter(response=stands).values_list("pk", flat=True).first()
    Score.objects.filter(response=old, superseded_by="").update(superseded_by=new or stands)


def withdraw_contact(*, contact: str, correction: str, by: Access) -> int:
    """Withdraw everything that was handed in at a contact, under the contact's own correction. Returns how many.

    Only ever inside the action that withdraws the contact.
    """
    responses = Response.objects.filter(contact=contact, superseded_by="")
    Score.objects.filter(response__in=responses, superseded_by="").update(superseded_by=correction)
    uses = UseRecord.objects.filter(contact=contact, superseded_by="")
    return responses.update(superseded_by=correction) + uses.update(superseded_by=correction)
