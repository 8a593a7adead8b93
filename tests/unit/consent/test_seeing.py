"""What a preview says is open is what `decide` would open to somebody of the recipient who needs to know."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alongside.access.rules import THE_PERSON, Effect, Facts, Handle, Need, NeedKind, Question, decide
from alongside.consent.rules import (
    Choice,
    Exception_,
    Given,
    Taken,
    Window,
    kinds_in,
    seeing,
    taken,
    under,
    were_it_said,
    windows,
)
from alongside.definitions import policy
from alongside.kernel.periods import BEGINNING, FOR_EVER, Period

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAYS = [NOW - timedelta(days=number) for number in (900, 400, 200, 30, 1)]
KEYS = ("plan", "mood_scores", "safety", "session_notes", "counselling_notes")
OURS, THEIRS, OTHERS = "ser_ours", "ser_theirs", "ser_others"
KIND = "substance_use"
RECIPIENT, CLASS = Handle.service(THEIRS), Handle.of_class("treating")
PLAN, MOOD, SAFETY = (policy.categories_mask(key) for key in KEYS[:3])
EVERYTHING = policy.all_categories()


def whatever_time(draw):
    start, end = draw.choice([BEGINNING, *DAYS]), draw.choice([*DAYS, FOR_EVER])
    return Period(start, end) if start < end else Period()


def whatever_choice(draw):
    effect = draw.choice([Effect.PERMIT, Effect.PERMIT, Effect.DENY])
    to = draw.choice([RECIPIENT, RECIPIENT, Handle.service(OTHERS), *([CLASS] if effect is Effect.PERMIT else [])])
    keys = draw.sample(KEYS[:4], draw.randint(1, 4)) if draw.random() < 0.9 else [KEYS[4]]
    mask = policy.categories_mask(*keys)
    exceptions = ()
    if draw.random() < 0.4 and to != CLASS:
        exceptions = (Exception_(policy.categories_mask(keys[0]), draw.choice(["", RECIPIENT]), whatever_time(draw)),)
    purpose = draw.choice(["direct_care", "direct_care", "evaluation"])
    return Choice(
        to, mask, Given.WRITTEN, purpose=purpose, effect=effect, data=whatever_time(draw), exceptions=exceptions
    )


def whatever_facts(draw, *, twin=True):
    said = [whatever_choice(draw) for _number in range(draw.randint(1, 4))]
    found = were_it_said(Facts("reg_1", OURS), (), said, NOW)
    if twin and draw.random() < 0.3:
        found = replace(found, twin=whatever_facts(draw, twin=False), confirmed=draw.random() < 0.5)
    return found


def needing(facts):
    """As `facts`, where somebody of the recipient needs to know."""
    handle = Handle.caseload("pra_1", THEIRS)
    need = Need(handle, THEIRS, NeedKind.CARE_TEAM, THE_PERSON, Period(), "jou_1", KIND)
    twin = needing(facts.twin) if facts.twin else None
    return replace(facts, needs=(need,), twin=twin)


def decided(facts, needs, at):
    theirs = frozenset({Handle.caseload("pra_1", THEIRS), Handle.practitioner("pra_1"), Handle.service(THEIRS)})
    question = Question(
        service=THEIRS,
        human=Handle.practitioner("pra_1"),
        speaks_for=theirs,
        every_hat=theirs,
        role=policy.roles()["keyworker"].mask,
        purpose=policy.purposes()["direct_care"].mask,
        own_ceiling=EVERYTHING,
        other_ceiling=EVERYTHING,
        now=NOW,
        needs=needs,
        occurred_at=at,
    )
    return decide(needing(facts), question).permitted


def previewed(facts, needs, at):
    found = windows(facts, RECIPIENT, KIND, NOW)
    return any(one.categories & needs == needs and at in one.data for one in found)


def questions(draw):
    for _number in range(12):
        keys = draw.sample(KEYS, draw.choice([1, 1, 2]))
        yield policy.categories_mask(*keys), draw.choice(DAYS) + draw.choice([-1, 0, 1]) * timedelta(seconds=1)


def _agree(seed):
    draw = random.Random(seed)
    facts = whatever_facts(draw)
    return all(previewed(facts, needs, at) == decided(facts, needs, at) for needs, at in questions(draw))


@pytest.mark.parametrize("seed", range(300))
def test_the_preview_and_the_law_agree(seed):
    assert _agree(seed)


@pytest.mark.parametrize(
    "fault",
    [
        ("_of", lambda grant, bars: [Window(grant.opens, grant.data)]),  # nothing is closed
        ("_of", lambda grant, bars: [Window(grant.opens & ~sum({bar.closes for bar in bars}), grant.data)]),  # for ever
        ("_with", lambda facts, need: replace(facts, needs=(need,), twin=None)),  # another registration is forgotten
    ],
    ids=["no refusal", "no times", "no twin"],
)
def test_worlds_that_would_catch_a_fault_are_among_them(fault, monkeypatch):
    monkeypatch.setattr(seeing, *fault)
    assert [seed for seed in range(300) if not _agree(seed)]


def test_enough_of_the_worlds_open_something():
    opened = [
        decided(facts, needs, at)
        for draw in map(random.Random, range(300))
        for facts in [whatever_facts(draw)]
        for needs, at in questions(draw)
    ]
    assert 0.1 < sum(opened) / len(opened) < 0.9


def agreed(*said):
    return were_it_said(Facts("reg_1", OURS), (), said, NOW)


def test_a_refusal_of_the_whole_and_of_some_time():
    yes = Choice(RECIPIENT, PLAN | MOOD | SAFETY, Given.WRITTEN)
    no = Choice(RECIPIENT, PLAN, Given.WRITTEN, effect=Effect.DENY)
    before = Choice(RECIPIENT, MOOD, Given.WRITTEN, effect=Effect.DENY, data=Period(BEGINNING, DAYS[2]))
    assert taken(agreed(yes, no, before), RECIPIENT, KIND, NOW) == Taken(PLAN, MOOD)
    assert taken(agreed(yes), RECIPIENT, KIND, NOW) == Taken(0, 0)


def test_what_is_over_is_not_among_it():
    facts = agreed(Choice(RECIPIENT, PLAN, Given.WRITTEN))
    assert windows(were_it_said(facts, {"said 0"}, (), NOW), RECIPIENT, KIND, NOW) == ()


def test_a_class_opens_to_a_service_of_it_and_to_no_other():
    facts = agreed(Choice(CLASS, PLAN, Given.WRITTEN))
    assert kinds_in(windows(facts, RECIPIENT, KIND, NOW)) == PLAN
    assert kinds_in(windows(facts, CLASS, "", NOW)) == PLAN
    assert windows(facts, RECIPIENT, "housing", NOW) == ()


def test_each_role_by_itself_may_see_what_it_may():
    found = (Window(PLAN | MOOD | SAFETY, Period()),)
    assert under(found, [PLAN | MOOD, MOOD]) == (Window(PLAN | MOOD, Period()),)
    assert under(found, [PLAN, MOOD]) == (Window(PLAN, Period()), Window(MOOD, Period()))
    assert under(found, []) == ()
