"""The same policy written for Cedar from `docs/explanation/how-consent-decides.md`, as an oracle that shares no code.

A person's facts become Cedar policies, readers and records its entities. Kinds, purposes and roles are sets of words
there and no masks; what is not permitted is not permitted, and a `forbid` wins.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

import cedarpy

from alongside.access.rules import THE_PERSON, Effect, Facts, Handle, Line, Need, NeedKind, Source
from alongside.definitions import policy
from alongside.kernel.periods import Period
from tests.law.worlds import Reader, Row, World

APART = ["counselling_notes"]
HIDDEN_FROM_SELF = {"counselling_notes", "third_party", "withheld"}
WROTE = (
    'resource.needs.contains("counselling_notes") && resource.author != "" && resource.author == principal.human'
    " && resource.service == principal.service"
)


def answers(world: World) -> list[bool]:
    """What Cedar says to each of `world.questions()`, in their order."""
    policies = cedarpy.PolicySet.from_str("\n".join(_policies(world)))
    people = [_reader(number, reader) for number, reader in enumerate(world.readers)]
    things = [_record(row) for row in world.rows]
    entities = cedarpy.Entities.from_json_str(json.dumps(people + things))
    requests = [
        {
            "principal": {"type": "Reader", "id": str(number)},
            "action": {"type": "Action", "id": "see"},
            "resource": {"type": "Record", "id": row.id},
            "context": {"now": _second(moment)},
        }
        for moment in world.moments
        for number in range(len(world.readers))
        for row in world.rows
    ]
    found = cedarpy.is_authorized_batch(requests, policies, entities)
    assert not any(one.diagnostics.errors for one in found)
    return [one.allowed for one in found]


def _second(moment: datetime) -> int:
    return int(moment.timestamp())


def _words(mask: int) -> list[str]:
    return [one.key for one in policy.categories().values() if one.mask & mask]


def _purposes(mask: int) -> list[str]:
    return [one.key for one in policy.purposes().values() if one.mask & mask]


def _reader(number: int, reader: Reader) -> dict:
    own, other = reader.ceilings
    return {
        "uid": {"type": "Reader", "id": str(number)},
        "parents": [],
        "attrs": {
            "human": Handle.practitioner(reader.actor),
            "service": reader.service,
            "circle": list(reader.circle),
            "role": reader.role,
            "purpose": reader.purpose,
            "speaks": list(reader.speaks_for),
            "hats": list(reader.every_hat),
            "own": _words(own),
            "other": _words(other),
        },
    }


def _record(row: Row) -> dict:
    attributes = {
        "registration": row.facts.registration,
        "service": row.facts.service,
        "needs": _words(row.needs),
        "at": _second(row.occurred_at),
        "author": Handle.practitioner(row.author) if row.author else "",
    }
    for number, source in enumerate(row.sources):
        attributes[f"source{number}"] = _source(source)
    return {"uid": {"type": "Record", "id": row.id}, "parents": [], "attrs": attributes}


def _source(source: Source) -> dict:
    return {
        "registration": source.facts.registration,
        "needs": _words(source.needs),
        "at": _second(source.occurred_at),
        "onward": source.onward,
    }


def _policies(world: World) -> Iterator[str]:
    ceiling = "if resource.service == principal.service then principal.own else principal.other"
    yield f"forbid(principal, action, resource) unless {{ ({ceiling}).containsAll(resource.needs) }};"
    for facts in world.facts:
        here = f"resource.registration == {json.dumps(facts.registration)}"
        for permit in _permits(facts, "resource"):
            yield f"permit(principal, action, resource) when {{ {here} && {permit} }};"
        for number in (0, 1):
            yield _closed_source(facts, f"resource.source{number}", f"resource has source{number}")


def _closed_source(facts: Facts, source: str, there: str) -> str:
    of_it = f"{there} && {source}.registration == {json.dumps(facts.registration)}"
    by_name = _any(_denial(line, source, "[principal.human].contains") for line in _denials(facts))
    denied = _any(_denial(line, source, "principal.hats.contains") for line in _denials(facts))
    opened = _any(_permits(facts, source))
    to_others = f"resource.service != principal.service && !({opened}) && (!{source}.onward || {denied})"
    return f"forbid(principal, action, resource) when {{ {of_it} && ({by_name} || ({to_others})) }};"


def _permits(facts: Facts, thing: str) -> Iterator[str]:
    """Each way in, with the denials that stand in it."""
    for need in facts.needs:
        if need.service == facts.service and _vouched(need, facts):
            yield _all([_own(need, facts, thing), *_unless(facts, thing)])
    for line in facts.lines:
        if line.effect is Effect.PERMIT:
            yield from _said(line, facts, thing)
    for glass in facts.glasses:
        terms = [
            f"principal.speaks.contains({json.dumps(Handle.glass(glass.session))})",
            _within("context.now", glass.when),
            f"{json.dumps(_purposes(policy.packs()[facts.pack].emergency_purposes))}.contains(principal.purpose)",
            f"{_roles(policy.packs()[facts.pack].emergency_roles)}.contains(principal.role)",
            _covers(_ordinary(), thing),
        ]
        yield _all(terms + [f"!({_denial(line, thing)})" for line in _denials(facts) if line.hard])


def _said(line: Line, facts: Facts, thing: str) -> Iterator[str]:
    """One line of the person's. Where the same human is there twice and did not say so, a line of theirs at the other
    registration has to let in whoever speaks for the same, and nothing is spared."""
    other = facts.twin
    if other is None or facts.confirmed:
        spared = line.because if line.exception else None
        yield _all([_agreed(line, facts, thing), _any(_ways(line, facts).values()), *_unless(facts, thing, spared)])
        return
    for handle, way in _ways(line, facts).items():
        there = [
            _all([_agreed(one, other, thing), _ways(one, other)[handle]])
            for one in other.lines
            if one.effect is Effect.PERMIT and handle in _ways(one, other)
        ]
        yield _all([_agreed(line, facts, thing), way, _any(there), *_unless(facts, thing)])


def _vouched(need: Need, facts: Facts) -> bool:
    return need.made_by in {facts.service, THE_PERSON}


def _own(need: Need, facts: Facts, thing: str) -> str:
    pack = policy.packs()[facts.pack]
    terms = [_needed(need, facts)]
    if need.kind is NeedKind.SELF:
        mine = [key for key in policy.categories() if key not in HIDDEN_FROM_SELF]
        return _all([*terms, 'principal.purpose == "own_access"', _covers(mine, thing)])
    terms += [f"{json.dumps(_purposes(pack.own_purposes))}.contains(principal.purpose)", _covers(_ordinary(), thing)]
    if facts.restricted and need.handle.split(":")[0] in {"service", "team"}:
        terms.append(f"{_roles(pack.restricted_roles)}.contains(principal.role)")
    return _all(terms)


def _agreed(line: Line, facts: Facts, thing: str) -> str:
    kinds, purposes = _words(line.categories), _purposes(line.purposes)
    if set(kinds) - set(APART):
        kinds = [key for key in kinds if key not in APART]
    if purposes != ["proceedings"]:
        purposes = [key for key in purposes if key != "proceedings"]
    return _all(
        [
            f"{json.dumps(purposes)}.contains(principal.purpose)",
            _within("context.now", line.when),
            _within(f"{thing}.at", line.data),
            _covers(kinds, thing),
        ]
    )


def _ways(line: Line, facts: Facts) -> dict[str, str]:
    """Through which handles a line lets in, each with when it does."""
    kind, _, name = line.recipient.partition(":")
    if kind == "practitioner":
        terms = [f"principal.human == {json.dumps(line.recipient)}"]
        return {line.recipient: _all([*terms, f"principal.circle.contains({json.dumps(facts.service)})"])}
    if kind not in {"service", "class"}:
        return {json.dumps(line.recipient): f"principal.speaks.contains({json.dumps(line.recipient)})"}
    kinds = policy.classes()[name].kinds if kind == "class" else ()
    found: dict[str, list[str]] = {}
    for need in facts.needs:
        if _vouched(need, facts) and (need.service_kind in kinds if kind == "class" else need.service == name):
            found.setdefault(_spoken(need, facts), []).append(_needed(need, facts))
    return {handle: _any(needs) for handle, needs in found.items()}


def _needed(need: Need, facts: Facts) -> str:
    """Whoever only evaluates needs to know for that alone."""
    terms = [f"principal.speaks.contains({_spoken(need, facts)})", _within("context.now", need.when)]
    return _all([*terms, *(['principal.purpose == "evaluation"'] if need.kind is NeedKind.EVALUATION else [])])


def _spoken(need: Need, facts: Facts) -> str:
    """In a restricted registration nobody speaks for a caseload but whoever holds it."""
    return json.dumps(need.handle.replace("caseload:", "held:") if facts.restricted else need.handle)


def _denials(facts: Facts) -> list[Line]:
    lines = [*facts.lines, *(facts.twin.lines if facts.twin else ())]
    return [line for line in lines if line.effect is Effect.DENY]


def _unless(facts: Facts, thing: str, spared: str | None = None) -> list[str]:
    """The denials that stand in the way of a permit: all but, for an exception, the soft ones of its own consent."""
    return [f"!({_denial(line, thing)})" for line in _denials(facts) if line.hard or line.because != spared]


def _denial(line: Line, thing: str, said_to: str = "principal.hats.contains") -> str:
    return _all(
        [
            f"{said_to}({json.dumps(line.recipient)})",
            f"{json.dumps(_purposes(line.purposes))}.contains(principal.purpose)",
            _within("context.now", line.when),
            _within(f"{thing}.at", line.data),
            _touches(_words(line.categories), thing),
        ]
    )


def _ordinary() -> list[str]:
    return [key for key in policy.categories() if key not in APART]


def _covers(kinds: Sequence[str], thing: str) -> str:
    """Whether these kinds are all that has to be open; of what is kept apart, to its author, that session notes are."""
    plainly = f"{json.dumps(list(kinds))}.containsAll({thing}.needs)"
    if thing != "resource" or "session_notes" not in kinds:
        return plainly if thing != "resource" else f"(!({WROTE}) && {plainly})"
    widened = json.dumps([*kinds, *APART])
    return f"(if {WROTE} then {widened}.containsAll(resource.needs) else {plainly})"


def _touches(kinds: Sequence[str], thing: str) -> str:
    plainly = f"{json.dumps(list(kinds))}.containsAny({thing}.needs)"
    if thing == "resource" and "session_notes" in kinds:
        return f"({plainly} || ({WROTE}))"
    return plainly


def _roles(mask: int) -> str:
    return json.dumps([role.key for role in policy.roles().values() if role.mask & mask])


def _within(what: str, period: Period) -> str:
    return f"({what} >= {_second(period.start)} && {what} < {_second(period.end)})"


def _all(terms: Collection[str]) -> str:
    return "(" + " && ".join(terms) + ")" if terms else "true"


def _any(terms: Iterator[str] | Collection[str]) -> str:
    return "(" + " || ".join(listed) + ")" if (listed := list(terms)) else "false"
