"""Every small world: one person, at most two consents, three kinds of information, and the three sides of each time.

Nothing is drawn: what small worlds can show wrong, these show. Kinds: one ordinary, one that is often denied, and notes
that are kept apart.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations_with_replacement, product

from alongside.access.rules import Effect, Facts, Glass, Handle, Line, Need, NeedKind, Question
from alongside.definitions import policy
from alongside.kernel.periods import FOR_EVER, Period
from tests.law.worlds import START

HOME, AWAY, HUMAN = "ser_a", "ser_b", "pra_2"
ORDINARY, DENIED, NOTES = (policy.categories_mask(key) for key in ("plan", "use_pattern", "counselling_notes"))
BEFORE, AT, AFTER = (START + timedelta(seconds=seconds) for seconds in (-1, 0, 1))
RECIPIENTS = (Handle.service(AWAY), Handle.practitioner(HUMAN))
KINDS = (ORDINARY, DENIED, NOTES, ORDINARY | DENIED | NOTES)
PERIODS = (Period(BEFORE, AT), Period(AT, FOR_EVER))
DATA = (Period(), Period(AT, FOR_EVER))
CARE, EMERGENCY = policy.purposes_mask("direct_care"), policy.purposes_mask("emergency")
NEED = Need(Handle.caseload(HUMAN, AWAY), AWAY, NeedKind.CARE_TEAM, HOME, Period(), "jou_1", "substance_use")
NEEDS = ((), (NEED,), (replace(NEED, made_by=AWAY),))
GLASS = Glass("glass_1", Period(BEFORE, AFTER))
ROLE = policy.roles()["keyworker"]


def consents(because: str) -> list[tuple[Line, ...]]:
    """All that one signature may say."""
    permits = [
        Line(because, Effect.PERMIT, recipient, kinds, CARE, when, data)
        for recipient, kinds, when, data in product(RECIPIENTS, KINDS, PERIODS, DATA)
    ]
    denials = [
        replace(one, effect=Effect.DENY, purposes=CARE | EMERGENCY, hard=hard)
        for one in permits
        for hard in (False, True)
    ]
    whole = Line(because, Effect.DENY, RECIPIENTS[0], KINDS[-1], CARE, Period(), Period())
    excepted = [(whole, replace(one, exception=True)) for one in permits]
    return [*((one,) for one in permits), *((one,) for one in denials), *excepted]


def worlds() -> Iterator[Facts]:
    """Every person: no consent, one or two; nobody needs to know, somebody does, or says so only themselves; and the
    glass broken or not."""
    first, second = consents("cns_1"), consents("cns_2")
    said = [(), *first]
    said += [first[one] + second[two] for one, two in combinations_with_replacement(range(len(first)), 2)]
    for lines, needs, glasses in product(said, NEEDS, ((), (GLASS,))):
        yield Facts("reg_1", HOME, tuple(lines), needs, glasses)


def questions() -> list[Question]:
    """What a keyworker of the other service may ask: each kind and two at once, before, at and after, for care and in
    an emergency, of what happened before and after."""
    needed = (ORDINARY, DENIED, NOTES, ORDINARY | DENIED)
    return [
        _question(needs, now, purpose, occurred)
        for needs, now, purpose, occurred in product(needed, (BEFORE, AT, AFTER), (CARE, EMERGENCY), (BEFORE, AT))
    ]


def _question(needs: int, now: datetime, purpose: int, occurred: datetime) -> Question:
    one_purpose = policy.purposes()["direct_care" if purpose == CARE else "emergency"].mask
    named = (Handle.practitioner(HUMAN), Handle.named(HUMAN, HOME), Handle.caseload(HUMAN, AWAY))
    return Question(
        service=AWAY,
        human=Handle.practitioner(HUMAN),
        speaks_for=frozenset((*named, Handle.glass("glass_1"))),
        every_hat=frozenset((*named, Handle.service(AWAY))),
        role=ROLE.mask,
        purpose=one_purpose,
        own_ceiling=ROLE.own,
        other_ceiling=ROLE.other,
        now=now,
        needs=needs,
        occurred_at=occurred,
    )
