"""Why something had been shown: worked out by the specification, on the facts as they stood then.

An entry names what was agreed. The reasons in full would cost every page, and the facts are kept, ended ones too, so
they can be asked when somebody wants to know. Of which team or cover the reader spoke is no fact of a registration:
whoever was shown something of it is taken to have spoken for whoever of their service needed to know.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from alongside.access.actions.compiled import facts_of
from alongside.access.context import Access
from alongside.access.explaining import NEAREST
from alongside.access.rules import Facts, Handle, NeedKind, Question, Reason, decide
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel.periods import Period

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Then:
    """What was shown: to whom, in which role, of which service, for which purpose, which kinds, and when."""

    service: str
    actor: str
    role: str
    purpose: str
    kinds: Mask
    at: datetime


@dataclass(frozen=True, slots=True)
class Recalled:
    """Why: the reasons, without repeats, the consents by which it was open, and the needs of the service's own. Nothing
    where the facts that are kept do not say (a job of the system, say)."""

    reasons: tuple[Reason, ...] = ()
    consents: tuple[str, ...] = ()
    needs: tuple[NeedKind, ...] = ()


def recalled(registration: str, shown: Sequence[Then], *, access: Access) -> list[Recalled]:
    """Why each of these was shown, in their order. `access` asked for the registration before."""
    facts = facts_of([registration]).get(registration)
    return [_why(_as_known(facts), one) if facts else Recalled() for one in shown]


def _as_known(facts: Facts) -> Facts:
    """An entry does not say of what time its records were: whatever time a consent was about is let pass."""
    needs = tuple(sorted(facts.needs, key=lambda one: NEAREST.index(one.kind)))
    return replace(facts, needs=needs, lines=tuple(replace(one, data=Period()) for one in facts.lines))


def _why(facts: Facts, then: Then) -> Recalled:
    role, purpose = policy.roles().get(then.role), policy.purposes().get(then.purpose)
    if role is None or purpose is None:
        return Recalled()
    kinds = [kind.mask for kind in policy.categories().values() if kind.mask & then.kinds]
    found = [decide(facts, _question(facts, then, role.mask, purpose.mask, kind)) for kind in kinds]
    permitted = [one for one in found if one.permitted]
    because = _each(one.because for one in permitted)
    lines, needs = {one.because for one in facts.lines}, {one.because: one.kind for one in reversed(facts.needs)}
    own = facts.service == then.service
    return Recalled(
        _each(one.reason for one in permitted),
        tuple(one for one in because if one in lines),
        _each(needs[one] for one in because if own and one in needs),
    )


def _question(facts: Facts, then: Then, role: Mask, purpose: Mask, kind: Mask) -> Question:
    human, everything = Handle.practitioner(then.actor), policy.all_categories()
    theirs = {one.handle for one in facts.needs if one.service == then.service}
    sessions = {Handle.glass(one.session) for one in facts.glasses} if then.purpose == "emergency" else set()
    hats = frozenset({human, *theirs, Handle.service(then.service), Handle.held(then.actor, then.service)})
    if then.role == "proxy":  # who speaks for nobody else, and wears the person's hat without speaking for it
        hats = frozenset({Handle.proxy(then.actor)})
    return Question(
        service=then.service,
        human=human,
        speaks_for=hats | sessions,
        every_hat=frozenset({human}),
        role=role,
        purpose=purpose,
        own_ceiling=everything,
        other_ceiling=everything,
        now=then.at,
        needs=kind,
        occurred_at=then.at,
    )


def _each(found: Iterable[Thing]) -> tuple[Thing, ...]:
    return tuple(dict.fromkeys(found))
