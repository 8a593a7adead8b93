"""Faults to plant in the specification, the compiler and the predicate: each comparison has to notice its own."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from unittest.mock import patch

from alongside.access import predicate
from alongside.access.rules import Bar, Effect, Facts, Grant, NeedKind, compile_facts, deciding
from alongside.access.rules.facts import denials
from alongside.definitions import policy
from alongside.kernel.periods import FOR_EVER, Period
from tests.law import matching, worlds
from tests.law.comparing import Found, by_cedar, by_compiler, drawn

ENOUGH = 60  # worlds in which a fault has to show
Grants, Bars = list[Grant], list[Bar]


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    planted: Callable[[], AbstractContextManager[object]]
    compared: Callable[[worlds.World], Found]


def is_caught(fault: Fault) -> bool:
    with fault.planted():
        return any(fault.compared(world).differing for world in drawn(ENOUGH))


def _compiled(change: Callable[[Facts, Grants, Bars], tuple[Grants, Bars]]) -> Callable[[], AbstractContextManager]:
    def wrong(facts: Facts) -> tuple[Grants, Bars]:
        return change(facts, *compile_facts(facts))

    return lambda: patch.object(matching, "compile_facts", wrong)


def _grants(**changes: object) -> Callable[[Facts, Grants, Bars], tuple[Grants, Bars]]:
    return lambda facts, grants, bars: ([replace(one, **changes) for one in grants], bars)


def _said(name: str, wrong: Callable[..., object]) -> Callable[[], AbstractContextManager]:
    return lambda: patch.object(deciding, name, wrong)


COMPILER = {
    "denials are forgotten": _compiled(lambda facts, grants, bars: (grants, [])),
    "no denial is hard": _compiled(lambda facts, grants, bars: (grants, [replace(one, hard=False) for one in bars])),
    "exceptions do not pierce": _compiled(_grants(pierces="")),
    "every grant pierces": _compiled(_grants(pierces="*")),
    "every role may": _compiled(_grants(roles=policy.all_roles())),
    "every purpose will do": _compiled(_grants(purposes=-1)),
    "every kind is open": _compiled(_grants(opens=policy.all_categories())),
    "grants never end": _compiled(
        lambda facts, grants, bars: ([replace(one, when=Period(one.when.start, FOR_EVER)) for one in grants], bars)
    ),
    "the time of the data is forgotten": _compiled(_grants(data=Period())),
    "a recipient vouches for itself": _compiled(
        lambda facts, grants, bars: compile_facts(
            replace(facts, needs=tuple(replace(one, made_by=facts.service) for one in facts.needs))
        )
    ),
    "restrictions are forgotten": _compiled(
        lambda facts, grants, bars: compile_facts(replace(facts, restricted=False))
    ),
    "who covers speaks for a restricted caseload": _compiled(
        lambda facts, grants, bars: (
            [replace(one, handle=one.handle.replace("held:", "caseload:")) for one in grants],
            bars,
        )
    ),
    "a name is the same in every partnership": _compiled(
        lambda facts, grants, bars: (
            [replace(one, handle=re.sub(r"^named:(.*)@.*", r"practitioner:\1", one.handle)) for one in grants],
            bars,
        )
    ),
    "who evaluates treats": _compiled(
        lambda facts, grants, bars: compile_facts(
            replace(
                facts,
                needs=tuple(
                    replace(one, kind=NeedKind.CARE_TEAM) if one.kind is NeedKind.EVALUATION else one
                    for one in facts.needs
                ),
            )
        )
    ),
    "the other registration is forgotten": _compiled(
        lambda facts, grants, bars: compile_facts(replace(facts, twin=None))
    ),
    "its refusals are forgotten": _compiled(
        lambda facts, grants, bars: (
            grants,
            [one for one in bars if not facts.twin or one.because not in {line.because for line in facts.twin.lines}],
        )
    ),
    "permits of either will do": _compiled(lambda facts, grants, bars: compile_facts(replace(facts, confirmed=True))),
    "what was confirmed is not": _compiled(lambda facts, grants, bars: compile_facts(replace(facts, confirmed=False))),
    "the country is forgotten": _compiled(lambda facts, grants, bars: compile_facts(replace(facts, pack="uk"))),
    "a class is a single service": _compiled(
        lambda facts, grants, bars: compile_facts(
            replace(facts, needs=tuple(replace(one, service_kind="") for one in facts.needs))
        )
    ),
}

SPECIFICATION = {
    "denials never hold": _said("_holds", lambda denial, permit: False),
    "denials always hold": _said("_holds", lambda denial, permit: True),
    "notes kept apart are notes like any other": _said("_alone", lambda line, question, asked: True),
    "authors are not asked for": _said(
        "_asked", lambda facts, question: deciding._Asked(question.needs, question.needs, question.occurred_at)
    ),
    "sources are forgotten": _said("_source_open", lambda source, question, own: True),
    "nobody vouches": _said("counts", lambda need, facts: True),
    "a name is the same in every partnership": _said("named_as", lambda line, facts: line.recipient),
    "no emergency": _said("_emergencies", lambda facts, question, asked: iter(())),
    "denials bind only the job in use": _said(
        "_denies",
        lambda line, hats, question, asked: _DENIES(line, hats & question.speaks_for, question, asked),
    ),
    "the other registration's refusals are forgotten": _said(
        "denials", lambda facts: denials(replace(facts, twin=None))
    ),
    "permits unite": _said("unconfirmed_twin", lambda facts: None),
    "a permit is a denial": _said(
        "_line_permits",
        lambda line, facts, question, asked: _PERMITS(replace(line, effect=Effect.PERMIT), facts, question, asked),
    ),
}
_DENIES, _PERMITS = deciding._denies, deciding._line_permits

# In the SQL: what stands there, and what would stand there.
PREDICATE = {
    "denials are forgotten": ("(b.closes & ", "(0 & "),
    "any grant opens everything": ("(g.opens & ", "(-1 & "),
    "a grant outlives its end": ("< g.until_at", "<= g.until_at"),
    "a denial ends early": ("%(now)s < b.until_at", "%(now)s < b.from_at"),
    "the time of the data is forgotten": ("< g.data_until", "< g.data_until OR 1 = 1"),
    "every purpose will do": ("(g.purposes & ", "(-1 & "),
    "every role may": ("(g.roles & ", "(-1 & "),
    "everybody is of the own service": ("((CASE WHEN", "((CASE WHEN 1 = 1 OR"),
    "copies forget where they came from": ("access_source s WHERE", "access_source s WHERE 1 = 0 AND"),
    "copies may always be passed on": ("(NOT s.onward OR ", "(1 = 0 OR "),
    "no denial is hard": ("(b.hard OR ", "(1 = 0 OR "),
    "exceptions do not pierce": ("g.pierces <> b.because", "1 = 1"),
    "denials bind only the job in use": ("(b.handle || '') IN (%(hats)s)", "(b.handle || '') IN (%(speaks_for)s)"),
    "everybody wrote everything": ("= %(actor)s AND", "<> '' AND"),
}


@contextmanager
def in_the_predicate(name: str) -> Iterator[None]:
    right, wrong = PREDICATE[name]
    honest = predicate.sql
    assert right in honest("i", "r", "s", "n", "o", "a")
    with patch.object(predicate, "sql", lambda *names: honest(*names).replace(right, wrong)):
        yield


FAULTS = [
    *(Fault(f"compiler: {name}", fault, by_compiler) for name, fault in COMPILER.items()),
    *(Fault(f"specification: {name}", fault, by_cedar) for name, fault in SPECIFICATION.items()),
]
