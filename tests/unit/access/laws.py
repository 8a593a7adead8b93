"""Laws of access that hold for all facts and all questions.

A law changes the facts or the question in a way of which it can say what follows, whatever the world. They are held of
`decide`, and of what the same facts compile to; `planted.py` has the faults that must break each.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from alongside.access.rules import THE_PERSON, Effect, Facts, Handle, Line, Need, NeedKind, Question
from alongside.definitions import policy
from alongside.kernel.periods import BEGINNING, FOR_EVER, Period
from tests.law.worlds import HUMANS
from tests.unit.access.cases import Case, See, another_line, everywhere, lines_of
from tests.unit.access.renaming import Renaming

SECOND = timedelta(seconds=1)
NAMED = ("practitioner", "team", "proxy")  # whom a permit can name, of the handles that somebody speaks for


@dataclass(frozen=True, slots=True)
class Said:
    """Whether a law held, and whether this case could have broken it."""

    held: bool
    told: bool


# --- A denial never enlarges, a permit never shrinks, a narrower role sees no more -----------------------------------


def a_denial_never_enlarges(case: Case, see: See) -> Said:
    return _added(case, see, Effect.DENY)


def a_permit_never_shrinks(case: Case, see: See) -> Said:
    return _added(case, see, Effect.PERMIT)


def _added(case: Case, see: See, effect: Effect) -> Said:
    one = replace(another_line(case), effect=effect, because="cns_new", exception=False)
    said = replace(one, hard=one.hard and effect is Effect.DENY, onward=False)
    where = case.draw.choice([case.facts, *(source.facts for source in case.row.sources)]).registration
    before = see(case.facts, case.asked)
    after = see(*everywhere(case, lambda facts: _with(facts, said) if facts.registration == where else facts))
    less, more = (after, before) if effect is Effect.DENY else (before, after)
    return Said(more or not less, before != after)


def _with(facts: Facts, *lines: Line) -> Facts:
    return replace(facts, lines=(*facts.lines, *lines))


def a_narrower_role_sees_no_more(case: Case, see: See) -> Said:
    asked, keep = case.asked, sum(one.mask for one in policy.categories().values() if case.draw.random() < 0.5)
    narrow = replace(asked, own_ceiling=asked.own_ceiling & keep, other_ceiling=asked.other_ceiling & keep)
    before, after = see(case.facts, asked), see(case.facts, narrow)
    return Said(before or not after, before != after)


# --- Withdrawn is never granted --------------------------------------------------------------------------------------


def withdrawn_is_never_granted(case: Case, see: See) -> Said:
    """Its lines end now, as the act ends them; from now on nobody could tell that it was ever signed."""
    consent = _one_consent(case)
    ended = everywhere(case, lambda facts: _each(facts, lambda one: _end(one, consent, case)))
    never = everywhere(case, lambda facts: _without(facts, lambda one: one.because == consent))
    return Said(see(*ended) == see(*never), see(case.facts, case.asked) != see(*never))


def _one_consent(case: Case) -> str:
    return case.draw.choice(sorted({one.because for one in lines_of(case)}) or [""])


def _end(line: Line, consent: str, case: Case) -> Line:
    if line.because != consent:
        return line
    return replace(line, when=Period(min(line.when.start, case.now), min(line.when.end, case.now)))


def _each(facts: Facts, change: Callable[[Line], Line]) -> Facts:
    return replace(facts, lines=tuple(change(one) for one in facts.lines))


def _without(facts: Facts, gone: Callable[[Line], bool]) -> Facts:
    return replace(facts, lines=tuple(one for one in facts.lines if not gone(one)))


def a_copy_stays_with_its_holder(case: Case, see: See) -> Said:
    """What was lawfully copied into the reader's own registration does not go with the permits it came by."""
    own = replace(case.asked, service=case.facts.service)
    permits = {one.registration for one in (source.facts for source in case.row.sources)} - {case.facts.registration}
    gone = tuple(
        replace(one, facts=_without(one.facts, lambda line: line.effect is Effect.PERMIT))
        if one.facts.registration in permits
        else one
        for one in own.sources
    )
    before, after = see(case.facts, own), see(case.facts, replace(own, sources=gone))
    return Said(before == after, bool(own.sources) and before)


# --- A newer signature replaces the whole line; an exception pierces its own consent's denial only -------------------


def a_newer_signature_replaces_the_whole_line(case: Case, see: See) -> Said:
    """Whatever the older said to the same recipient, with its exceptions, is as if it had not been said."""
    older, newer = _one_consent(case), another_line(case)
    signed = replace(newer, because="cns_new", when=Period(case.now), exception=False)
    both = everywhere(case, lambda facts: _with(_each(facts, lambda one: _end(one, older, case)), signed))
    alone = everywhere(case, lambda facts: _with(_without(facts, lambda one: one.because == older), signed))
    kept = everywhere(case, lambda facts: _with(facts, signed))
    return Said(see(*both) == see(*alone), see(*kept) != see(*alone))


def an_exception_pierces_its_own_denial_only(case: Case, see: See) -> Said:
    """Where another consent says the same no, what the first left open is open to nobody through it."""
    closed, opened = _refused_but(case)
    again = replace(closed, because="cns_other")
    excepted = see(_with(case.facts, closed, opened, again), case.asked)
    plainly = see(_with(case.facts, closed, replace(opened, exception=False), again), case.asked)
    return Said(excepted == plainly, see(_with(case.facts, closed, opened), case.asked) != plainly)


def an_exception_pierces_its_own_denial(case: Case, see: See) -> Said:
    """Of two lines that one signature says, the soft no does not stand in the way of what it leaves open; where the
    same service registered them twice, the signature at one record answers for that one alone."""
    closed, opened = _refused_but(case)
    alone = replace(case.facts, lines=(opened,), needs=(), glasses=(), twin=None)
    seen = see(alone, case.asked)
    return Said(see(_with(alone, closed), case.asked) == seen, seen)


def _refused_but(case: Case) -> tuple[Line, Line]:
    """A soft refusal to one of this human's hats, and what it leaves open to a handle that they speak for."""
    drawn = replace(another_line(case), because="cns_new", when=Period(), hard=False, onward=False)
    hat = case.draw.choice(sorted(case.asked.every_hat))
    closed = replace(drawn, effect=Effect.DENY, recipient=hat, exception=False)
    named = sorted(one for one in case.asked.speaks_for if Handle.kind(one) in NAMED) or [hat]
    opened = replace(drawn, effect=Effect.PERMIT, recipient=case.draw.choice(named), exception=True)
    return closed, opened


# --- Renaming changes nothing ----------------------------------------------------------------------------------------


def names_mean_nothing(case: Case, see: See) -> Said:
    """Every id spelt otherwise, the same everywhere: services, humans, registrations, consents, sessions."""
    named = Renaming(case.draw.randrange(10**6))
    before = see(case.facts, case.asked)
    return Said(before == see(named(case.facts), named(case.asked)), before)


# --- Whoever looks for somebody sees no more than they let them ------------------------------------------------------


def cover_sees_what_the_caseload_opens(case: Case, see: See) -> Said:
    """Speaking for somebody's caseload adds what that caseload opens, and nothing of theirs by name; no consent names
    a caseload, so no such line is said."""
    human, service = case.draw.choice([(one, job) for one, jobs in HUMANS.items() for job in jobs])
    facts = _without(case.facts, lambda one: Handle.kind(one.recipient) == "caseload")
    asked = replace(case.asked, service=service, sources=())
    lent = frozenset([Handle.caseload(human, service)])
    alone, covering = see(facts, asked), see(facts, replace(asked, speaks_for=asked.speaks_for | lent))
    through = not facts.restricted and see(facts, replace(asked, speaks_for=lent))
    return Said(covering == (alone or through), covering != alone)


def a_proxy_sees_no_more_than_the_person(case: Case, see: See) -> Said:
    """Whoever looks for the person wears the person's hat too: what is kept from the one is kept from the other."""
    me, proxy = Handle.self_(case.facts.registration), Handle.proxy("pro_1")
    own, needs = policy.purposes_mask("own_access"), [one for one in case.facts.needs if one.kind is not NeedKind.SELF]
    oneself = Need(me, case.facts.service, NeedKind.SELF, THE_PERSON, Period(), "jou_1")
    plain = tuple(one for one in case.facts.lines if not one.exception)
    facts = replace(case.facts, needs=(*needs, oneself), lines=plain)
    asked = replace(case.asked, service=facts.service, purpose=own, sources=(), human=proxy, author="")
    looks = _as(asked, "proxy", speaks_for=frozenset([proxy]), every_hat=frozenset([proxy, me]))
    person = _as(asked, "person", speaks_for=frozenset([me]), every_hat=frozenset([me]))
    return Said(see(facts, person) or not see(facts, looks), see(facts, looks) or see(facts, person))


def _as(asked: Question, role: str, **hats: frozenset[str]) -> Question:
    found = policy.roles()[role]
    return replace(asked, role=found.mask, own_ceiling=found.own, other_ceiling=found.other, **hats)


def nobody_named_is_covered(case: Case, see: See) -> Said:
    """A permit that names a human opens to nobody else, whoever speaks for whom."""
    lines = tuple(one for one in case.facts.lines if Handle.kind(one.recipient) == "practitioner")
    facts = replace(case.facts, lines=lines, needs=(), glasses=())
    everything = [Handle.caseload(human, job) for human, jobs in HUMANS.items() for job in jobs]
    by_name = ("practitioner", "named")
    others = frozenset(everything) | frozenset(h for h in case.asked.speaks_for if Handle.kind(h) not in by_name)
    seen = see(facts, replace(case.asked, speaks_for=others, sources=()))
    return Said(not seen, see(facts, replace(case.asked, sources=())))


# --- Times: from their first instant, until before their last --------------------------------------------------------


def times_are_half_open(case: Case, see: See) -> Said:
    """A second before, at, and a second after a time that stands in the facts: as if what holds then held always, and
    what does not had never been said."""
    instants = sorted(_instants(case.facts) or {case.now})
    now = case.draw.choice(instants) + case.draw.choice((-1, 0, 1)) * SECOND
    at = case.draw.choice([case.row.occurred_at, case.draw.choice(instants) + case.draw.choice((-1, 0, 1)) * SECOND])
    asked = replace(case.asked, now=now, occurred_at=at, sources=())
    seen = see(case.facts, asked)
    return Said(seen == see(_still(case.facts, asked), asked), seen)


def _instants(facts: Facts) -> set[Any]:
    whole = [one.when for one in (*facts.lines, *facts.needs, *facts.glasses)] + [one.data for one in facts.lines]
    return {instant for one in whole for instant in (one.start, one.end) if instant not in (BEGINNING, FOR_EVER)}


def _still(facts: Facts, asked: Question) -> Facts:
    return replace(
        facts,
        lines=tuple(
            replace(one, when=Period(), data=Period())
            for one in facts.lines
            if _holds(one.when, asked.now) and _holds(one.data, asked.occurred_at)
        ),
        needs=tuple(replace(one, when=Period()) for one in facts.needs if _holds(one.when, asked.now)),
        glasses=tuple(replace(one, when=Period()) for one in facts.glasses if _holds(one.when, asked.now)),
    )


def _holds(period: Period, instant: Any) -> bool:
    """Spelt out, so that it shares nothing with what it is compared with."""
    return not instant < period.start and instant < period.end


LAWS: dict[str, Callable[[Case, See], Said]] = {
    law.__name__.replace("_", " "): law
    for law in (
        a_denial_never_enlarges,
        a_permit_never_shrinks,
        a_narrower_role_sees_no_more,
        withdrawn_is_never_granted,
        a_copy_stays_with_its_holder,
        a_newer_signature_replaces_the_whole_line,
        an_exception_pierces_its_own_denial_only,
        an_exception_pierces_its_own_denial,
        names_mean_nothing,
        cover_sees_what_the_caseload_opens,
        a_proxy_sees_no_more_than_the_person,
        nobody_named_is_covered,
        times_are_half_open,
    )
}
