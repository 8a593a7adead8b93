"""Why a reader sees what they see, by the specification itself. What they do not see is not mentioned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from alongside.access.actions.compiled import facts_of
from alongside.access.context import Access
from alongside.access.rules import Facts, NeedKind, Question, Reason, decide
from alongside.definitions import policy
from alongside.kernel import clock

NEAREST = (
    NeedKind.SELF,
    NeedKind.CARE_TEAM,
    NeedKind.COVER,
    NeedKind.SUPERVISION,
    NeedKind.CONSULTATION,
    NeedKind.REFERRAL,
    NeedKind.REGISTERED,
    NeedKind.EVALUATION,
)


@dataclass(frozen=True, slots=True)
class Why:
    """Why one kind of information about one registration is open to a reader now: the reason, since when it holds, and
    for the service's own record why they need to know."""

    registration: str
    service: str
    kind: str
    reason: Reason
    since: datetime
    until: datetime
    need: NeedKind | None = None


def why(registrations: Iterable[str], *, access: Access) -> list[Why]:
    """For each kind of information that is open to this reader of any of these registrations: why. In the order in
    which they are asked about, and of the kinds. Asked of what would be written now."""
    asked = list(registrations)
    facts = facts_of(asked, after=clock.now())
    return [one for key in asked if key in facts for one in _why(_nearest_first(facts[key]), access)]


def _nearest_first(facts: Facts) -> Facts:
    """Of several needs the one that says most: that somebody treats them, before that their team took them in."""
    return replace(facts, needs=tuple(sorted(facts.needs, key=lambda one: NEAREST.index(one.kind))))


def _why(facts: Facts, access: Access) -> Iterator[Why]:
    for kind in policy.categories().values():
        found, *beside = (decide(facts, _question(one, kind.mask)) for one in access.each)
        if not found.permitted or not all(one.permitted for one in beside):
            continue
        need = next((one for one in facts.needs if one.because == found.because and one.service == facts.service), None)
        line = next((one for one in facts.lines if one.because == found.because), None)
        glass = next((one for one in facts.glasses if one.session == found.because), None)
        when = next(one.when for one in (need, line, glass) if one is not None)
        kind_of_need = need.kind if need else None
        yield Why(facts.registration, facts.service, kind.key, found.reason, when.start, when.end, kind_of_need)


def _question(access: Access, needs: int) -> Question:
    now = clock.now()
    return Question(
        service=access.service,
        human=access.human,
        speaks_for=frozenset(access.speaks_for),
        every_hat=frozenset(access.every_hat),
        role=access.role_mask,
        purpose=access.purpose_mask,
        own_ceiling=access.own,
        other_ceiling=access.other,
        now=now,
        needs=needs,
        occurred_at=now,
    )
