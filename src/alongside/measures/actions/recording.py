"""Recording answers and days of use outside a contact."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Anchor
from alongside.journey import queries as journey
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.kernel.language import later
from alongside.measures import rules
from alongside.measures.actions.writing import Setting, write, write_calendar
from alongside.measures.models import Handed, Response, UseRecord
from alongside.measures.rules import (
    NOTHING_SAID,
    Answers,
    Calendar,
    Context,
    Given,
    HandedIn,
    Use,
)
from alongside.people import queries as people
from alongside.safety.rules import Talk

SAVED = later("This was already saved. It was not saved again.")


def record_response(
    *,
    registration: str,
    instrument: str,
    completed_at: datetime,
    by: Access,
    answers: Answers | None = None,
    total: str | int | Decimal | None = None,
    substance: str = "",
    episode: str = "",
    respondent: str = "person",
    entered_by: str = "staff",
    context: Context = NOTHING_SAID,
    harm: bool | None = None,
    unfinished: bool = False,
    talk: Talk | None = None,
    submission: str = "",
) -> str:
    """Record one measure outside a contact: every answer in order, or the total. Returns the response's id.

    An answer about self-harm is owed to somebody until a talk about it: `talk`, where it was had already. `harm` says
    whether there is one on the paper that a total was copied from, and `unfinished` that the person did not want to go
    on, as `Given` has it.

    Raises `Invalid` or `Several` naming `phq9` (the total), `phq9_harm` or `phq9_item3`, `sds_substance`,
    `weeks_since_use`, `Invalid("date", …)` for a time to come, before they were born or before they were first
    referred here, `Duplicate` for the same submission again, `NotThere` where the registration is not this service's
    own or the episode is another's.
    """
    given = [Given(instrument, answers, total, substance, harm, unfinished)]
    rules.check_context(context)
    with _once(Response, submission, by):
        anchor = _own(registration, rules.categories(given, (), context), completed_at, by)
        _check_episode(episode, registration, by)
        where = Setting(
            anchor, completed_at, episode, "", respondent, entered_by, submission or None, context=context, talk=talk
        )
        return _written("measures.record_response", rules.check_all(given, ()), where, by)


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
    with _once(UseRecord, submission, by):
        anchor = _own(registration, [rules.USE_PATTERN], asked_at, by)
        _check_episode(episode, registration, by)
        where = Setting(anchor, asked_at, episode, submission=submission or None)
        return _written("measures.record_use", rules.check_all((), [use]), where, by)


def record_calendar(
    *,
    registration: str,
    calendar: Calendar,
    by: Access,
    episode: str = "",
    submission: str = "",
) -> str:
    """Record 28 days of one substance, with the days of use and the amount on one of them that they come to: those of
    the last of the days, whenever they were entered.

    Returns the id of the use record. Raises as `rules.check_calendar`, and otherwise as `record_use`.
    """
    days = rules.check_calendar(calendar, clock.today())
    amount = days.on_a_day_of_use
    unit = days.unit if amount is not None else ""
    use = Use(days.substance, days.used, amount, unit, calendar.named, sure=calendar.sure)
    with _once(UseRecord, submission, by):
        anchor = _own(registration, [rules.USE_PATTERN], clock.now(), by)
        _check_episode(episode, registration, by)
        where = Setting(anchor, clock.end_of(days.last_day), episode, submission=submission or None)
        made = _written("measures.record_calendar", rules.check_all((), [use]), where, by)
        write_calendar(days=days, use=made, setting=where, by=by)
        return made


def _own(registration: str, kinds: Sequence[str], at: datetime, by: Access) -> Anchor:
    by.check_may("care")
    rules.check_past(at, clock.now())
    anchor = allowed.require_own(by, registration, *kinds)
    check_lived(registration=registration, at=at, by=by)
    return anchor


def check_lived(*, registration: str, at: datetime, by: Access) -> None:
    """Raises `Invalid("date", …)` where the person was not born, or not yet referred here, when it was answered."""
    referred = journey.first_referred(registration, access=by)
    rules.check_lived(at, people.born(registration, access=by), referred)


def _check_episode(episode: str, registration: str, by: Access) -> None:
    if episode and journey.episode(episode, access=by).registration != registration:
        raise NotThere()


def _written(act: str, handed: HandedIn, where: Setting, by: Access) -> str:
    """The one thing that was handed in, written, with its entry in the ledger; its id."""
    [made] = write(handed=handed, setting=where, by=by)
    access.log(by=by, act=act, subject=made, about=[where.anchor.pk])
    return made


@contextmanager
def _once(model: type[Handed], submission: str, by: Access) -> Iterator[None]:
    """One transaction, all of it or nothing; the same form again is refused with what the first one made."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        # The database refused the row: either the same form came twice, or it is a fault of ours and must be seen.
        access.refuse_repeat(model=model, submission=submission, said=SAVED, by=by)
        raise
