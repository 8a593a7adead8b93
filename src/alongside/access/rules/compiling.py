"""Facts to grants and bars: a row for each line and each handle that needs it; nothing is subtracted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from alongside.access.rules.facts import (
    Effect,
    Facts,
    Glass,
    Line,
    Need,
    NeedKind,
    as_read,
    counts,
    denials,
    held_by_name,
    is_of,
    named_as,
    names_reader,
    purposes_of,
    unconfirmed_twin,
)
from alongside.access.rules.handles import Handle
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel.periods import Period

POLICY = "4"  # raised whenever the meaning of a fact changes; written into every row compiled from it
EVERY_DENIAL = "*"  # what a grant pierces that opens in an emergency: all denials but the hard ones


@dataclass(frozen=True, slots=True)
class Grant:
    handle: str
    opens: Mask
    purposes: Mask
    roles: Mask
    when: Period
    data: Period
    because: str
    pierces: str = ""
    onward: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    handle: str
    closes: Mask
    purposes: Mask
    when: Period
    data: Period
    because: str
    hard: bool = False


def compile_facts(facts: Facts) -> tuple[list[Grant], list[Bar]]:
    """Grants and bars from facts."""
    grants = [_own_grant(need, facts) for need in _needs(facts) if need.service == facts.service]
    agreed = _agreed(facts)
    if twin := unconfirmed_twin(facts):
        agreed = list(_by_both(agreed, _agreed(twin)))
    grants += [*agreed, *(_glass(glass, facts) for glass in facts.glasses)]
    opening = [grant for grant in grants if grant.opens and grant.purposes and grant.roles]
    return opening, [_bar(line) for line in denials(facts)]


def _needs(facts: Facts) -> list[Need]:
    return [need for need in facts.needs if counts(need, facts) and not need.when.empty]


def _agreed(facts: Facts) -> list[Grant]:
    """What the person's own lines open."""
    needs = _needs(facts)
    return [one for line in facts.lines if line.effect is Effect.PERMIT for one in _grants(line, needs, facts)]


def _by_both(here: Iterable[Grant], there: Sequence[Grant]) -> Iterable[Grant]:
    """What opens to the same handle at both registrations. No exception pierces: it is that of one consent alone."""
    for one, other in product(here, there):
        when, data = one.when.meet(other.when), one.data.meet(other.data)
        if one.handle == other.handle and not when.empty and not data.empty:
            opens, purposes = one.opens & other.opens, one.purposes & other.purposes
            onward = one.onward and other.onward
            yield replace(one, opens=opens, purposes=purposes, when=when, data=data, pierces="", onward=onward)


def _own_grant(need: Need, facts: Facts) -> Grant:
    pack = policy.packs()[facts.pack]
    own = need.kind is NeedKind.SELF
    narrowed = facts.restricted and not held_by_name(need.handle)
    return Grant(
        handle=as_read(need, facts),
        opens=policy.open_to_self() if own else policy.all_categories() & ~policy.kept_apart(),
        purposes=policy.purposes_mask("own_access") if own else purposes_of(need, pack.own_purposes),
        roles=pack.restricted_roles if narrowed else policy.all_roles(),
        when=need.when,
        data=Period(),
        because=need.because,
    )


def _grants(line: Line, needs: Sequence[Need], facts: Facts) -> Iterable[Grant]:
    if names_reader(line):
        yield _grant(line, named_as(line, facts), line.when)
        return
    for need in needs:
        overlap = line.when.meet(need.when)
        if is_of(need, line.recipient) and not overlap.empty:
            grant = _grant(line, as_read(need, facts), overlap)
            yield replace(grant, purposes=purposes_of(need, grant.purposes))


def _grant(line: Line, handle: str, when: Period) -> Grant:
    """What is kept apart is opened by a consent for that alone, and so is a use in proceedings against the person."""
    apart = policy.kept_apart()
    proceedings = policy.purposes()[policy.PROCEEDINGS].mask
    return Grant(
        handle=handle,
        opens=line.categories if not line.categories & ~apart else line.categories & ~apart,
        purposes=line.purposes if line.purposes == proceedings else line.purposes & ~proceedings,
        roles=policy.all_roles(),
        when=when,
        data=line.data,
        because=line.because,
        pierces=line.because if line.exception else "",
        onward=line.onward,
    )


def _glass(glass: Glass, facts: Facts) -> Grant:
    return Grant(
        handle=Handle.glass(glass.session),
        opens=policy.all_categories() & ~policy.kept_apart(),
        purposes=policy.packs()[facts.pack].emergency_purposes,
        roles=policy.packs()[facts.pack].emergency_roles,
        when=glass.when,
        data=Period(),
        because=glass.session,
        pierces=EVERY_DENIAL,
    )


def _bar(line: Line) -> Bar:
    return Bar(line.recipient, line.categories, line.purposes, line.when, line.data, line.because, line.hard)
