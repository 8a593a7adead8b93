"""What came in, what was sent, and what became of it.

What the person says they drink stands in a record of its own, read after the referrals: for whom it is closed a
referral reads as if nothing had been said.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

from alongside.access import queries as allowed
from alongside.access import wall
from alongside.access.context import Access
from alongside.definitions import policy
from alongside.kernel.errors import NotThere
from alongside.outcomes.rules import drinking_from_days
from alongside.referral import models, rules
from alongside.referral.rules import State, Use


@dataclass(frozen=True, slots=True)
class Decided:
    """Why a referral was declined. `below_threshold`: the recorded drinking against the local threshold of that day;
    None where no amount was recorded that the reader may see.
    """

    reason: str
    words: str
    offered: str
    threshold: str
    below_threshold: bool | None
    review_on: date
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Received:
    """A referral as its receiver sees it. `use` is empty where nothing was said that the reader may see."""

    id: str
    registration: str
    service: str
    door: str
    sender_name: str
    sender_service: str
    urgency: str
    state: State
    reason: str
    wants: str
    use: Use
    arm: str
    share_back: int
    sent_at: datetime
    due_at: datetime
    decision: Decided | None = None

    @property
    def below_threshold(self) -> bool | None:
        return rules.below_threshold(self.use)

    @property
    def units_a_week(self) -> Decimal | None:
        """Average weekly units, where both the amount in units and the days were recorded."""
        if self.use.unit != "units" or self.use.amount is None or self.use.days_of_28 is None:
            return None
        return drinking_from_days(self.use.days_of_28, self.use.amount).a_week


@dataclass(frozen=True, slots=True)
class Sent:
    """A referral as its sender sees it: where it went, and what they hear of it."""

    id: str
    registration: str
    to: str
    heard: str
    reason: str
    wants: str
    offered: str
    sent_at: datetime
    due_at: datetime


def to_triage(*, access: Access, most: int = 100) -> list[Received]:
    """Referrals to the reader's service that nobody has decided yet, the first due first."""
    # The receiver is named on the spine too, whose index has those that wait and none of those that were decided.
    waiting = {"referral__receiver_service": access.service, "referral__state": State.SENT}
    rows = models.ReceivedReferral.objects.filter(service=access.service, **waiting)
    rows = rows.select_related("referral").order_by("referral__due_at", "pk")
    found = allowed.show(access, rows, most=most)
    uses = _uses(found, access)
    return [_received(row, uses) for row in found]


def received(referral: str, *, access: Access) -> Received:
    """One referral to the reader's service, with its decision if there is one; `NotThere` otherwise."""
    rows = models.ReceivedReferral.objects.filter(referral=referral).select_related("referral")
    found = allowed.show(access, rows)
    if not found:
        raise NotThere()
    decisions = allowed.show(access, models.Decision.objects.filter(referral=referral))
    return _received(found[0], _uses(found, access), decisions[0] if decisions else None)


def about(registrations: Iterable[str], *, access: Access) -> list[Received]:
    """Every referral received about these registrations that the reader may see, the newest first.

    Their `use` is left empty: no list shows it, and the ledger would say that it was shown.
    """
    rows = models.ReceivedReferral.objects.filter(registration__in=list(registrations)).select_related("referral")
    return [_received(row, {}) for row in allowed.show(access, rows.order_by("-occurred_at", "pk"))]


def decisions(registrations: Iterable[str] | None = None, *, access: Access) -> list[tuple[str, Decided]]:
    """(referral, decision) of every declined referral of the reader's service, or of these registrations."""
    rows = models.Decision.objects.filter(service=access.service)
    if registrations is not None:
        rows = rows.filter(registration__in=list(registrations))
    found = allowed.show(access, rows.order_by("-occurred_at", "pk"))
    uses = _uses(found, access)
    return [(row.referral_id, _decided(row, uses)) for row in found]


def offered(referral: str, registration: str, *, access: Access) -> str:
    """What somebody whom the reader's service declined is offered instead; `NotThere` otherwise."""
    rows = models.Decision.objects.filter(referral=referral, registration=registration, service=access.service)
    found = allowed.show(access, rows)
    if not found:
        raise NotThere()
    return found[0].offered


def _uses(found: Iterable[models.ReceivedReferral | models.Decision], access: Access) -> Mapping[str, Use]:
    """What is open to this reader of what was said with these, by referral. For a role that may see none: no query."""
    if not (access.own | access.other) & policy.categories_mask("use_pattern"):
        return {}
    referrals = [row.referral_id for row in found]
    rows = models.ReportedUse.objects.filter(referral__in=referrals)
    return {row.referral_id: _use(row) for row in allowed.show(access, rows)}


def _use(row: models.ReportedUse) -> Use:
    return Use(row.substance, row.days_of_28, row.amount, row.unit)


def _received(
    row: models.ReceivedReferral, uses: Mapping[str, Use], decision: models.Decision | None = None
) -> Received:
    spine = row.referral
    return Received(
        id=spine.pk,
        registration=row.registration_id,
        service=row.service,
        door=spine.door,
        sender_name=row.sender_name,
        sender_service=spine.sender_service,
        urgency=spine.urgency,
        state=State(spine.state),
        reason=row.reason,
        wants=row.wants,
        use=uses.get(spine.pk, Use()),
        arm=spine.arm,
        share_back=spine.share_back,
        sent_at=spine.sent_at,
        due_at=spine.due_at,
        decision=_decided(decision, uses) if decision else None,
    )


def _decided(row: models.Decision, uses: Mapping[str, Use]) -> Decided:
    return Decided(
        reason=row.reason,
        words=row.words,
        offered=row.offered,
        threshold=row.threshold,
        below_threshold=rules.below_threshold(uses.get(row.referral_id, Use()), row.local_threshold),
        review_on=row.review_on,
        by=row.author,
        at=row.occurred_at,
    )


def sent(*, access: Access, registrations: Iterable[str] | None = None, most: int = 100) -> list[Sent]:
    """Referrals the reader's service sent (about these registrations, where given), the newest first."""
    rows = models.SentReferral.objects.filter(service=access.service).select_related("referral")
    about = allowed.few(access) if registrations is None else list(registrations)
    found = allowed.show_page(access, rows.order_by("-occurred_at", "pk"), about, most=most)
    instead = _offered_instead([row.referral for row in found])
    return [_sent(row, instead.get(row.referral_id, "")) for row in found]


def _offered_instead(spines: Iterable[models.Referral]) -> dict[str, str]:
    """What was offered by whoever declined, by referral."""
    # "Not accepted, and what was offered" is all a sender hears: not why, and not whether the person was known.
    declined = [spine.pk for spine in spines if spine.state in (State.DECLINED, State.CLOSED)]
    if not declined:
        return {}
    with wall.past("referral.offered"):
        rows = models.Decision.objects.filter(referral__in=declined)
        return {row.referral_id: row.offered for row in rows}


def _sent(row: models.SentReferral, offered: str) -> Sent:
    spine = row.referral
    return Sent(
        id=spine.pk,
        registration=row.registration_id,
        to=spine.receiver_service,
        heard=rules.SENDER_HEARS[State(spine.state)],
        reason=row.reason,
        wants=row.wants,
        offered=offered,
        sent_at=spine.sent_at,
        due_at=spine.due_at,
    )


def every_referral(*, access: Access) -> list[Received]:
    """Every referral the reader may count for this purpose, with its decision where it was declined."""
    rows = models.ReceivedReferral.objects.select_related("referral").order_by("occurred_at", "pk")
    declined = {row.referral_id: row for row in allowed.countable(access, models.Decision.objects.order_by("pk"))}
    uses = {row.referral_id: _use(row) for row in allowed.countable(access, models.ReportedUse.objects.order_by("pk"))}
    return [_received(row, uses, declined.get(row.referral_id)) for row in allowed.countable(access, rows)]


def open_things(*, access: Access) -> list[str]:
    """Referrals that somebody holds, by id, for the continuity check: each must have exactly one open task."""
    held = [state for state, side in rules.HOLDER.items() if side is not rules.Side.NOBODY]
    return list(models.Referral.objects.filter(state__in=held).values_list("pk", flat=True).order_by("pk"))


def last_of(registrations: Collection[str], *, access: Access) -> list[dict[str, datetime]]:
    """When each of these was last referred, or a referral of theirs decided: what a period of keeping is counted
    from."""
    sides = (models.SentReferral, models.ReceivedReferral, models.Decision)
    return [allowed.latest(one.objects.filter(registration__in=registrations), access=access) for one in sides]


def is_open(registration: str, *, access: Access) -> bool:
    """Whether somebody holds a referral that this registration's service sent or received."""
    held = [state for state, side in rules.HOLDER.items() if side is not rules.Side.NOBODY]
    about = Q(sent__registration=registration) | Q(received__registration=registration)
    return models.Referral.objects.filter(about, state__in=held).exists()
