"""The rows of what was handed in, written inside the act that it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.definitions import policy
from alongside.definitions.instruments import instrument as find_instrument
from alongside.kernel.errors import Invalid
from alongside.measures import rules
from alongside.measures.models import Condition, Response, Score, UseCalendar, UseRecord
from alongside.measures.rules import (
    NOTHING_NOTICED,
    NOTHING_SAID,
    Context,
    Days,
    Given,
    HandedIn,
    Noticed,
    Scored,
    Used,
)
from alongside.organisations import queries as organisations
from alongside.safety import actions as safety
from alongside.safety.actions import Answered
from alongside.safety.rules import Talk


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
    context: Context = NOTHING_SAID
    talk: Talk | None = None  # what came of the conversation about an answer on self-harm
    instead_of: str = ""  # the response that it puts right


def write(*, handed: HandedIn, setting: Setting, by: Access) -> list[str]:
    """Write measures with their scores, and uses; returns the ids of responses, then of use records.

    Only ever inside the action that asked for the registration with `rules.categories`, checked what was handed in with
    `rules.check_all`, and logs.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Measures are written inside the action that they belong to.")
    responses = [_response(given, setting, by) for given, _ in handed.measures]
    scores = [_score(row, worth) for row, worth in zip(responses, _worths(handed, setting, by), strict=True)]
    records = [_use_record(used, setting, by) for used in handed.uses]
    noticed = setting.context.noticed
    conditions = [_condition(row, noticed) for row in responses] if noticed != NOTHING_NOTICED else []
    for model, rows in ((Response, responses), (Condition, conditions), (Score, scores), (UseRecord, records)):
        if rows:
            model.objects.insert(rows)
    _prompt(handed, responses, setting, by)
    return [row.pk for row in [*responses, *records]]


def _worths(handed: HandedIn, setting: Setting, by: Access) -> list[Scored]:
    """What each is worth where the service is: bands differ between jurisdictions, for a few instruments."""
    found = [(find_instrument(given.instrument), worth) for given, worth in handed.measures]
    if not any(measure.bands_differ for measure, _ in found):
        return [worth for _, worth in found]
    where = organisations.place(setting.anchor.service, access=by).jurisdiction
    return [rules.banded(measure, worth, where) for measure, worth in found]


def _prompt(handed: HandedIn, responses: Sequence[Response], setting: Setting, by: Access) -> None:
    """An answer about self-harm opens a prompt, or joins the one that is open; a talk that was had closes them all.

    Raises `Invalid("risk_outcome", …)` where something is put right with a talk about nothing: nobody would keep it.
    """
    for response, (given, worth) in zip(responses, handed.measures, strict=True):
        if rules.HARM in worth.flags:
            safety.answered(anchor=setting.anchor, one=_harm(response, given, setting), by=by)
    closed = safety.settle(anchor=setting.anchor, talk=setting.talk, by=by) if setting.talk else 0
    if setting.talk and setting.instead_of and not closed:
        raise Invalid("risk_outcome", "Nothing about self-harm waits for a conversation here. Take this out.")


def _harm(response: Response, given: Given, setting: Setting) -> Answered:
    measure = find_instrument(given.instrument)
    return Answered(
        response=response.pk,
        instrument=measure.key,
        flag=rules.HARM,
        answers=rules.raising(measure, rules.HARM, given.answers),
        at=setting.at,
        contact=setting.contact,
        # Whoever puts an answer right gives it in: it is owed to them, though the person may be far away.
        remote=setting.entered_by == "person" and not setting.instead_of,
        instead_of=setting.instead_of,
    )


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
        substance=given.substance,
        respondent=setting.respondent,
        entered_by=setting.entered_by,
        mode=setting.context.mode,
        language=setting.context.language,
        helper=setting.context.helper,
    )


def _condition(response: Response, noticed: Noticed) -> Condition:
    return Condition(
        registration=response.registration,
        service=response.service,
        needs=policy.categories_mask(rules.USE_PATTERN),
        author=response.author,
        occurred_at=response.occurred_at,
        response=response,
        intoxicated=noticed.intoxicated,
        in_withdrawal=noticed.in_withdrawal,
        weeks_since_use=noticed.weeks_since_use,
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
        substance=response.substance,
        value=worth.value,
        out_of=worth.out_of,
        parts=rules.parts_kept(worth),
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


def write_calendar(*, days: Days, use: str, setting: Setting, by: Access) -> str:
    """Write the days that the use record `use` was worked out from. Only ever inside the action that wrote that."""
    row = UseCalendar.objects.create(
        **_record(setting, rules.USE_PATTERN, by),
        use_id=use,
        substance=days.substance,
        last_day=days.last_day,
        amounts=[f"{one:f}" for one in days.amounts],
        unit=days.unit,
    )
    return row.pk
