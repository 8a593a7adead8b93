"""Faults that must break each law: in the specification, and in what facts compile to."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from unittest.mock import patch

from alongside.access.rules import Effect, Facts, Grant, Handle, Question, decide, deciding
from alongside.kernel.periods import Period
from tests.law import matching
from tests.unit.access import cases
from tests.unit.access.laws import SECOND

Plant = Callable[[], AbstractContextManager[object]]
_DENIES, _PERMITS, _LIVE = deciding._denies, deciding._line_permits, deciding._live
_OPENS, _SOURCE_OPEN = deciding._opens, deciding._source_open
_COMPILE = matching.compile_facts


def _said(name: str, wrong: Callable[..., object]) -> Plant:
    return partial(patch.object, deciding, name, wrong)


def _period(wrong: Callable[..., bool]) -> Plant:
    return partial(patch.object, Period, "__contains__", wrong)


def _speaking(asked: Question, *handles: str) -> Question:
    return replace(asked, speaks_for=asked.speaks_for | set(handles))


def _a_denial_opens(line, facts, asked, thing):
    return _PERMITS(replace(line, effect=Effect.PERMIT), facts, asked, thing)


def _only_the_last_line(facts, asked, thing):
    return _OPENS(replace(facts, lines=facts.lines[-1:]), asked, thing)


def _ceilings_turned_round(facts: Facts, asked: Question):
    return decide(facts, replace(asked, own_ceiling=~asked.own_ceiling, other_ceiling=~asked.other_ceiling))


def _permits_for_ever(line, facts, asked, thing):
    return _PERMITS(replace(line, when=Period(line.when.start)), facts, asked, thing)


def _denied_for_ever(line, hats, asked, thing):
    return _DENIES(replace(line, when=Period(line.when.start)), hats, asked, thing)


def _nobody_holds_a_copy(source, asked, own):
    return _SOURCE_OPEN(source, asked, False)


def _one_service_is_left_out(need, facts, asked):
    return _LIVE(need, facts, asked) and need.service != "ser_c"


def _spelling_decides(facts, asked, thing):
    return _OPENS(facts if facts.registration < "reg_x" else replace(facts, lines=()), asked, thing)


def _cover_is_the_whole_service(need, facts, asked):
    covers = sum(Handle.kind(one) == "caseload" for one in asked.speaks_for) > 1
    return _LIVE(need, facts, _speaking(asked, need.handle) if covers else asked)


def _the_persons_hat_is_forgotten(line, hats, asked, thing):
    kept = frozenset(one for one in hats if Handle.kind(one) != "self") if len(hats) > 1 else hats
    return _DENIES(line, kept, asked, thing)


def _a_caseload_stands_for_a_name(line, facts, asked, thing):
    named = [Handle.named(one, facts.service) for one in Handle.holders(asked.speaks_for)]
    return _PERMITS(line, facts, _speaking(asked, *named), thing)


FAULTS: dict[str, dict[str, Plant]] = {
    "a denial never enlarges": {"a denial opens": _said("_line_permits", _a_denial_opens)},
    "a permit never shrinks": {"the last line alone counts": _said("_opens", _only_the_last_line)},
    "a narrower role sees no more": {
        "ceilings are turned round": partial(patch.object, cases, "decide", _ceilings_turned_round)
    },
    "withdrawn is never granted": {
        "permits outlive it": _said("_line_permits", _permits_for_ever),
        "denials outlive it": _said("_denies", _denied_for_ever),
    },
    "a copy stays with its holder": {"nobody holds a copy": _said("_source_open", _nobody_holds_a_copy)},
    "a newer signature replaces the whole line": {
        "what was said before adds up": _said("_line_permits", _permits_for_ever),
        "an older refusal stays": _said("_denies", _denied_for_ever),
    },
    "an exception pierces its own denial only": {
        "it pierces every denial": _said("_holds", lambda denial, permit: not permit.exception),
    },
    "an exception pierces its own denial": {"it pierces nothing": _said("_holds", lambda denial, permit: True)},
    "names mean nothing": {
        "one service is left out by its id": _said("_live", _one_service_is_left_out),
        "the spelling of an id decides": _said("_opens", _spelling_decides),
    },
    "cover sees what the caseload opens": {"it is the whole service": _said("_live", _cover_is_the_whole_service)},
    "a proxy sees no more than the person": {
        "the person's own hat is forgotten": _said("_denies", _the_persons_hat_is_forgotten)
    },
    "nobody named is covered": {"a caseload stands for a name": _said("_line_permits", _a_caseload_stands_for_a_name)},
    "times are half open": {
        "an end is included": _period(lambda period, instant: period.start <= instant <= period.end),
        "a start is not included": _period(lambda period, instant: period.start < instant < period.end),
        "a start is a second late": _period(lambda period, instant: period.start + SECOND <= instant < period.end),
    },
}


def _of_grants(change: Callable[[Grant], Grant]) -> Plant:
    def wrong(facts: Facts):
        grants, bars = _COMPILE(facts)
        return [change(one) for one in grants], bars

    return partial(patch.object, matching, "compile_facts", wrong)


COMPILED: dict[str, Plant] = {
    "withdrawn is never granted": _of_grants(lambda one: replace(one, when=Period())),
    "an exception pierces its own denial only": _of_grants(
        lambda one: replace(one, pierces="*" if one.pierces else "")
    ),
    "an exception pierces its own denial": _of_grants(lambda one: replace(one, pierces="")),
    "times are half open": _of_grants(lambda one: replace(one, data=Period())),
}
