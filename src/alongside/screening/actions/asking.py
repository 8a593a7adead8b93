"""Somebody was asked."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions.screening import Topic
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotThere, Several
from alongside.kernel.language import later
from alongside.measures import queries as measures
from alongside.screening import rules
from alongside.screening.actions import rows
from alongside.screening.models import Screening
from alongside.screening.rules import Asked

SAVED = later("This was already saved. It was not saved again.")


@transaction.atomic
def record(
    *, registration: str, asked: Sequence[Asked], by: Access, asked_at: datetime | None = None, submission: str = ""
) -> list[str]:
    """Record what came of asking about one or more topics; returns the screenings' ids, in the same order.

    Where somebody said yes, whoever treats them owes a conversation about it by the agreement's time. Nobody owes
    anything for a no, nor where the person did not want to say.

    Raises `Invalid` or `Several` naming topics (an answer that is none, a topic that is still open here), `Invalid`
    naming `date` for a time to come or before they were born, `Duplicate` for the same submission again, `NotThere`
    where the registration is not this service's own or the answers it rests on are another's.
    """
    by.check_may("care")
    at = asked_at or clock.now()
    rows.check_past(at)
    found = rules.check_asked(asked)
    anchor = allowed.require_own(by, registration, *sorted({topic.category for topic, _state in found}))
    rows.check_born(registration, at, by)
    access.lock(registrations=[registration], by=by)  # the same form twice at once: the second finds the first
    once = [f"{submission}:{one.topic}" if submission else None for one in asked]
    for token in once:
        access.refuse_repeat(model=Screening, submission=token, said=SAVED, by=by)
    _refuse_open(registration, found)
    made = []
    for one, (topic, state), token in zip(asked, found, once, strict=True):
        row = rows.unsaved(anchor, topic, state, at, by)
        row.response, row.submission = _rests_on(one.response, registration, topic, by), token
        rows.begin(row, by)
        access.log(by=by, act="screening.record", subject=row.pk, about=[registration])
        made.append(row.pk)
    return made


def _refuse_open(registration: str, found: list[tuple[Topic, rules.State]]) -> None:
    """Asking again does not take the place of the conversation that is owed."""
    still = rows.open_ones(registration)
    said = later("They said yes to this before and it is still open. Take the next step there, or put it right.")
    if problems := [Invalid(topic.key, said) for topic, _state in found if topic.key in still]:
        raise Several(problems)


def _rests_on(response: str, registration: str, topic: Topic, by: Access) -> str:
    """The id of answers of this very registration that are about the topic; empty where none are named."""
    if not response:
        return ""
    given = measures.response(response, access=by)
    answers = rules.answers(topic, given.instrument, by.jurisdiction)
    if given.registration != registration or not given.stands or not answers:
        raise NotThere()
    return given.id
