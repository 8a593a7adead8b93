"""Each consent for a purpose of its own opens that and nothing else: by `decide`, and by what the database asks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alongside.access.rules import Facts, Handle, Need, NeedKind, Question, compile_facts, decide
from alongside.consent.rules import Choice, Given, lines
from alongside.definitions import policy
from alongside.definitions.consents import every
from alongside.kernel.periods import Period

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HERE, THERE, READER = "ser_here", "ser_there", Handle.practitioner("pra_1")
KINDS = policy.categories_mask("identity", "session_notes")
ASKED = {(one.purpose, one.mask) for one in every()}
CARE = ("direct_care", 0)
NEED = Need(Handle.service(THERE), THERE, NeedKind.REFERRAL, HERE, Period(), "ref_1")


def facts(purpose, mask):
    choice = Choice(Handle.service(THERE), mask or KINDS, Given.WRITTEN, purpose=purpose, told_no_is_fine=True)
    return Facts("reg_1", HERE, lines=tuple(lines("cns_1", choice, NOW)), needs=(NEED,), pack="us_part2")


def question(purpose, needs):
    hats = frozenset([READER, Handle.service(THERE)])
    everything = policy.all_categories()
    later = NOW + timedelta(days=1)
    bit = policy.purposes()[purpose].mask
    return Question(THERE, READER, hats, hats, 1, bit, everything, everything, later, needs, NOW)


def matches(found, asked):
    """What the predicate of the database does with grants and bars."""
    grants, bars = compile_facts(found)
    assert bars == []
    return any(
        grant.handle in asked.speaks_for
        and grant.opens & asked.needs == asked.needs
        and grant.purposes & asked.purpose
        and asked.now in grant.when
        and asked.occurred_at in grant.data
        for grant in grants
    )


@pytest.mark.parametrize("asked_for", list(policy.purposes()))
@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize(("purpose", "mask"), sorted({CARE, *ASKED}))
def test_it_opens_what_it_says_and_no_more(purpose, mask, apart, asked_for):
    notes = policy.categories_mask("counselling_notes")
    found, asked = facts(purpose, mask), question(asked_for, notes if apart else KINDS)
    included = policy.purposes()[asked_for].mask & policy.purposes_mask(purpose)
    wanted = bool(included) and bool(mask) is apart
    assert decide(found, asked).permitted is wanted
    assert matches(found, asked) is wanted


def test_a_consent_for_all_at_once_opens_neither_notes_nor_proceedings():
    """What no form makes, and a line might still say."""
    [line] = facts("direct_care", 0).lines
    all_purposes = sum(one.mask for one in policy.purposes().values())
    widest = replace(line, purposes=all_purposes, categories=policy.all_categories())
    wide = Facts("reg_1", HERE, lines=(widest,), needs=(NEED,), pack="us_part2")
    notes = policy.categories_mask("counselling_notes")
    for asked in (question("direct_care", notes), question("proceedings", KINDS)):
        assert not decide(wide, asked).permitted
        assert not matches(wide, asked)
