"""Why something had been shown: worked out by the specification, on the facts as they stood then.

An entry names what was agreed and which look in an emergency was live, and what it names is not worked out again. The
reasons in full would cost every page, and the facts are kept, ended ones too, so they can be asked when somebody wants
to know.

Of which team or cover the reader spoke is no fact of a registration: that it was open is worked out as if they had
spoken for whoever of their service needed to know, and why they needed to is said only where they are named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from alongside.access.actions.compiled import facts_of
from alongside.access.context import Access
from alongside.access.explaining import NEAREST
from alongside.access.models import Glass
from alongside.access.rules import Facts, Handle, NeedKind, Question, Reason, decide
from alongside.definitions import policy
from alongside.definitions.policy import Mask, Role
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
    because: tuple[str, ...] = ()  # what the entry names: consents, and looks in an emergency


@dataclass(frozen=True, slots=True)
class Recalled:
    """Why: the reasons, without repeats, the consents by which it was open, the needs of the service's own, and the
    looks in an emergency. Nothing where the facts that are kept do not say (a job of the system, say)."""

    reasons: tuple[Reason, ...] = ()
    consents: tuple[str, ...] = ()
    needs: tuple[NeedKind, ...] = ()
    looks: tuple[str, ...] = ()


def recalled(registration: str, shown: Sequence[Then], *, access: Access) -> list[Recalled]:
    """Why each of these was shown, in their order. `access` asked for the registration before."""
    facts = facts_of([registration]).get(registration)
    if facts is None:
        return [Recalled() for _ in shown]
    looks = _by_whom(registration)
    return [_why(_as_known(facts), one, looks.get((one.actor, one.service), frozenset())) for one in shown]


def _by_whom(registration: str) -> dict[tuple[str, str], frozenset[str]]:
    """The looks in an emergency, by who looked and from which service: nobody else speaks for them."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for one, *who in Glass.objects.filter(registration=registration).values_list("pk", "practitioner", "service"):
        found[who[0], who[1]] = found.get((who[0], who[1]), frozenset()) | {one}
    return found


def _as_known(facts: Facts) -> Facts:
    """An entry does not say of what time its records were: whatever time a consent was about is let pass."""
    needs = tuple(sorted(facts.needs, key=lambda one: NEAREST.index(one.kind)))
    return replace(facts, needs=needs, lines=tuple(replace(one, data=Period()) for one in facts.lines))


def _why(facts: Facts, then: Then, looks: frozenset[str]) -> Recalled:
    """What the entry names where the record was another service's; else what the facts say, and a look it names."""
    noted = _noted(facts, then, looks)
    if noted.reasons and facts.service != then.service:
        return noted
    found = _worked_out(facts, then, looks)
    return replace(found, reasons=_each((*found.reasons, *noted.reasons)), looks=_each((*found.looks, *noted.looks)))


def _noted(facts: Facts, then: Then, looks: frozenset[str]) -> Recalled:
    lines = {one.because for one in facts.lines}
    consents = _each(one for one in then.because if one in lines)
    glasses = _each(one for one in then.because if one in looks)
    reasons = [Reason.CONSENT] * bool(consents) + [Reason.EMERGENCY] * bool(glasses)
    return Recalled(tuple(reasons), consents, looks=glasses)


def _worked_out(facts: Facts, then: Then, looks: frozenset[str]) -> Recalled:
    role, purpose = policy.roles().get(then.role), policy.purposes().get(then.purpose)
    if role is None or purpose is None:
        return Recalled()
    kinds = [kind.mask for kind in policy.categories().values() if kind.mask & then.kinds]
    found = [decide(facts, _question(facts, then, role.mask, purpose.mask, kind, looks)) for kind in kinds]
    permitted = [one for one in found if one.permitted]
    because = _each(one.because for one in permitted)
    lines = {one.because for one in facts.lines}
    return Recalled(
        _each(one.reason for one in permitted),
        tuple(one for one in because if one in lines),
        _known_needs(facts, then, role) if permitted and facts.service == then.service else (),
        _each(one for one in because if one in looks),
    )


def _known_needs(facts: Facts, then: Then, role: Role) -> tuple[NeedKind, ...]:
    """Why the reader needed to know, the nearest first: what names them, in a role that treats people, or its own door.

    For which team or colleague they spoke is not known: nothing is said then rather than what somebody else needed.
    """
    theirs = {Handle.practitioner(then.actor)} | _held(then)
    doors = {NeedKind.SELF: "person", NeedKind.EVALUATION: "evaluator"}
    live = [one for one in facts.needs if one.service == then.service and then.at in one.when]
    return _each(
        one.kind
        for one in live
        if doors.get(one.kind) == then.role or ("care" in role.does and one.handle in theirs and one.kind not in doors)
    )


def _held(then: Then) -> set[str]:
    return {Handle.held(then.actor, then.service), Handle.caseload(then.actor, then.service)}


def _question(facts: Facts, then: Then, role: Mask, purpose: Mask, kind: Mask, looks: frozenset[str]) -> Question:
    human, everything = Handle.practitioner(then.actor), policy.all_categories()
    theirs = {one.handle for one in facts.needs if one.service == then.service}
    sessions = {Handle.glass(one) for one in looks}
    # Which services ran a pathway together then is not kept: what named them elsewhere stands in the entry itself.
    named = {human, *([Handle.named(then.actor, facts.service)] if then.service == facts.service else [])}
    hats = frozenset({*named, *theirs, Handle.service(then.service), Handle.held(then.actor, then.service)})
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
