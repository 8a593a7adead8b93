"""Writing down that somebody looked in an emergency, that they stopped, and what a review of it found."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from alongside.access import actions as access
from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed, NotThere, Stale
from alongside.kernel.ids import new_id
from alongside.kernel.language import later
from alongside.kernel.periods import OpeningHours
from alongside.organisations import queries as organisations
from alongside.people.rules import Typed
from alongside.safety import rules
from alongside.safety.models import BrokenGlass, GlassReview
from alongside.safety.rules import Declaration, Reviewing
from alongside.tasks import actions as tasks
from alongside.tasks.actions import Opening
from alongside.tasks.rules import Holder

ROOM = "safety"
NEEDS = policy.categories_mask("identity", "choices")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who reviews the looks into a service's records, and when it is open."""

    holder: Holder
    hours: OpeningHours


@dataclass(frozen=True, slots=True)
class Side:
    """A record that was found, and whether it opens to whoever looks."""

    registration: str
    service: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Declared:
    """A look: the attempt's id, until when, the registrations that open, by the session that each opens to, and those
    in which anything was noted."""

    attempt: str
    until: datetime
    sessions: Mapping[str, str]
    noted: Sequence[str]


def declare(
    *,
    own: str,
    sides: Sequence[Side],
    typed: Typed,
    why: Declaration,
    reviewers: Mapping[str, Reviewer],
    by: Access,
    submission: str = "",
) -> Declared:
    """Note an attempt in `own` (which stands for it in the reader's service) and in each record that was found, and
    have each service's own look at it afterwards. Only ever inside `sharing`'s act, which opens what is to be opened.

    An attempt that found nobody costs as many statements as one that found somebody: it opens what stands for it.
    """
    access.refuse_repeat(model=BrokenGlass, submission=submission, said=later("This was sent already."), by=by)
    ours = any(side.service == by.service for side in sides)
    attempt = _row(Side(own, by.service, not any(side.opens for side in sides)), "", typed, why, by)
    attempt.submission = submission
    attempt.state = Reviewing.ELSEWHERE if ours else Reviewing.WAITING
    rows = [attempt, *(_row(side, attempt.pk, typed, why, by) for side in sides)]
    return _note(attempt, rows, reviewers, by)


def extend(
    *,
    attempt: str,
    sides: Sequence[Side],
    typed: Typed,
    why: Declaration,
    reviewers: Mapping[str, Reviewer],
    by: Access,
) -> Declared:
    """The reader looks again while their attempt is open: each record that it had not found is noted beside it, until
    the same moment. What was shut since stays shut. Only ever inside `sharing`'s act, which opens what is to be opened.
    """
    row = BrokenGlass.objects.get(pk=attempt, author=by.actor)
    access.lock(registrations=[row.registration_id], by=by)
    known = set(BrokenGlass.objects.filter(attempt=attempt).values_list("registration_id", flat=True))
    rows = [_row(side, attempt, typed, why, by) for side in sides if side.registration not in known]
    for one in rows:
        one.until_at = row.until_at
    return _note(row, rows, reviewers, by) if rows else Declared(attempt, row.until_at, {}, [])


def _note(attempt: BrokenGlass, rows: Sequence[BrokenGlass], reviewers: Mapping[str, Reviewer], by: Access) -> Declared:
    BrokenGlass.objects.insert(rows)
    owed = [row for row in rows if row.state == Reviewing.WAITING]
    tasks.open_tasks(
        room=ROOM, kind=rules.REVIEW, needs=NEEDS, openings=[_owe(row, reviewers[row.service]) for row in owed], by=by
    )
    sessions = {row.pk: row.registration_id for row in rows if row.opened}
    return Declared(attempt.pk, attempt.until_at, sessions, [row.registration_id for row in rows])


def _row(side: Side, attempt: str, typed: Typed, why: Declaration, by: Access) -> BrokenGlass:
    now, own_id = clock.now(), new_id("bgl")
    return BrokenGlass(
        id=own_id,
        attempt=attempt or own_id,
        registration_id=side.registration,
        service=side.service,
        needs=NEEDS,
        author=by.actor,
        occurred_at=now,
        reader_service=by.service,
        role=by.role,
        until_at=now + rules.LASTS,
        opened=side.opens,
        state=Reviewing.WAITING,
        **asdict(typed),
        **asdict(why),
    )


def _owe(row: BrokenGlass, reviewer: Reviewer) -> Opening:
    due = rules.review_due(row.occurred_at, reviewer.hours)
    return Opening(row.pk, row.registration_id, row.service, reviewer.holder, due)


def end(*, attempt: str, by: Access) -> dict[str, str]:
    """The reader needs no longer look: the attempt's sessions that were open, with their registrations. `NotThere` for
    anybody else's. Only ever inside `sharing`'s act, which closes them."""
    row = BrokenGlass.objects.filter(pk=attempt, author=by.actor, service=by.service).first()
    if row is None or row.attempt != row.pk:
        raise NotThere()
    allowed.require_own(by, row.registration_id, "choices")
    return _end(BrokenGlass.objects.filter(attempt=attempt))


def shut(*, look: str, by: Access) -> dict[str, str]:
    """Whoever oversees privacy ends a look that is open: where the reader is of their own service, all that it opened;
    else what it opened of their own service's. The sessions with their registrations.

    `Stale` where it is over; `NotThere` where there is none or it is closed to them. Only ever inside `sharing`'s act,
    which closes the sessions.
    """
    row = _overseen(look, by)
    if row.until_at <= clock.now():
        raise Stale("It is over already. You can review it now.")
    ours = Q(attempt=row.attempt) if row.reader_service == by.service else Q(pk=row.pk)
    return _end(BrokenGlass.objects.filter(ours))


def _end(rows: QuerySet[BrokenGlass]) -> dict[str, str]:
    opened = dict(rows.filter(opened=True).order_by("registration").values_list("pk", "registration_id"))
    rows.filter(until_at__gt=clock.now()).update(until_at=clock.now())
    return opened


def _overseen(look: str, by: Access) -> BrokenGlass:
    """A look that is reviewed in the reader's own service."""
    by.check_may("oversee")
    row = BrokenGlass.objects.filter(pk=look, service=by.service).exclude(state=Reviewing.ELSEWHERE).first()
    if row is None:
        raise NotThere()
    allowed.require_own(by, row.registration_id, *policy.category_keys(NEEDS))
    return row


@transaction.atomic
def review_look(*, look: str, verdict: str, words: str, by: Access) -> None:
    """What somebody who oversees privacy found about a look into their own service's records, or by its own staff.

    Raises `Invalid` naming `verdict` or `words`, also while it is still open; `NotAllowed` to whoever looked; `Stale`
    where it was settled; `NotThere` where there is none or it is closed to them.
    """
    by.check_may("oversee")
    said = rules.check_review(verdict, words)
    row = _overseen(look, by)
    access.lock(registrations=[row.registration_id], by=by)
    row.refresh_from_db()
    _check_reviewable(row, by)
    GlassReview.objects.create(look=row, by=by.actor, verdict=verdict, words=said)
    _settle(row, verdict, by)
    access.log(by=by, act="safety.review_look", subject=look, about=[row.registration_id], detail={"verdict": verdict})


def _check_reviewable(row: BrokenGlass, by: Access) -> None:
    if row.state == Reviewing.SETTLED:
        raise Stale("Somebody has settled this already. Look at what they wrote.")
    if row.author == by.actor:
        raise NotAllowed("Nobody reviews their own look. Ask somebody else who oversees privacy.")
    if row.until_at > clock.now():
        raise Invalid("verdict", "It is still open. Review it when it has ended, and all that was looked at is known.")


def _settle(row: BrokenGlass, verdict: str, by: Access) -> None:
    if rules.settles(verdict):
        BrokenGlass.objects.filter(pk=row.pk).update(state=Reviewing.SETTLED)
        tasks.close(room=ROOM, about=row.pk, outcome=verdict, by=by)
        return
    due = rules.review_due(clock.now(), organisations.hours_of(row.service, access=by), again=True)
    tasks.hand_over(room=ROOM, about=row.pk, holder=Holder(practitioner=by.actor), due_at=due, by=by)
