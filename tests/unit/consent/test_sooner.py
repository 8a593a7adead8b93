"""What was added to a choice for a time: when each kind of it ends, and what a change of something else leaves."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alongside.access.rules import Effect, Handle
from alongside.consent.rules import Choice, Exception_, Given, Sooner, added, carried, check, lines, still
from alongside.definitions import policy
from alongside.kernel.errors import Invalid
from alongside.kernel.periods import FOR_EVER

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOON, LATER = NOW + timedelta(days=20), NOW + timedelta(days=60)
PLAN, USE, MOOD = (policy.categories_mask(key) for key in ("plan", "use_pattern", "mood_scores"))
STOOD = Choice(Handle.service("ser_1"), PLAN, Given.VERBAL, witness="K. Worker", told_no_is_fine=True)
MORE = replace(STOOD, categories=PLAN | USE | MOOD, sooner=(Sooner(USE, SOON), Sooner(MOOD, LATER)))
KIM = Handle.practitioner("pra_1")


def opened(choice, at):
    found = 0
    for line in lines("con_1", choice, NOW):
        found |= line.categories if line.effect is Effect.PERMIT and at in line.when else 0
    return found


def test_each_kind_ends_when_it_was_said():
    assert opened(MORE, SOON - timedelta(seconds=1)) == PLAN | USE | MOOD
    assert opened(MORE, SOON) == PLAN | MOOD
    assert opened(MORE, LATER) == PLAN


def test_a_record_of_several_kinds_is_open_until_the_first_of_them_ends():
    together = [line for line in lines("con_1", MORE, NOW) if line.categories == PLAN | USE | MOOD]
    assert [line.when.end for line in together] == [SOON]


def test_what_stands_of_it_at_an_instant():
    assert still(MORE, NOW) == MORE
    assert still(MORE, SOON) == replace(MORE, categories=PLAN | MOOD, sooner=(Sooner(MOOD, LATER),))
    assert still(MORE, LATER) == STOOD


def test_an_exception_ends_with_the_kinds_that_it_is_about():
    said = replace(MORE, exceptions=(Exception_(MORE.categories, KIM), Exception_(USE)))
    assert still(said, LATER).exceptions == (Exception_(PLAN, KIM),)


def test_what_is_added_ends_and_nothing_that_stood():
    wider = replace(STOOD, categories=PLAN | USE)
    assert added(wider, STOOD, PLAN | USE, SOON).sooner == (Sooner(USE, SOON),)


def test_what_is_asked_for_again_ends_on_the_later_day():
    before = replace(STOOD, categories=PLAN | USE, sooner=(Sooner(USE, SOON),))
    made = carried(replace(STOOD, categories=PLAN | USE | MOOD), before)
    assert added(made, before, USE | MOOD, LATER).sooner == (Sooner(USE | MOOD, LATER),)
    assert added(made, before, MOOD, LATER).sooner == (Sooner(USE, SOON), Sooner(MOOD, LATER))


def test_an_earlier_day_takes_nothing_away():
    before = replace(STOOD, categories=PLAN | USE, sooner=(Sooner(USE, LATER),))
    made = carried(replace(STOOD, categories=PLAN | USE), before)
    assert added(made, before, USE, SOON).sooner == (Sooner(USE, LATER),)


def test_a_change_of_something_else_leaves_the_days():
    assert carried(replace(STOOD, categories=USE), MORE).sooner == (Sooner(USE, SOON),)
    ended = replace(STOOD, categories=USE | MOOD, expires=SOON)
    assert carried(ended, MORE).sooner == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"sooner": (Sooner(USE, NOW),)},
        {"sooner": (Sooner(USE, FOR_EVER),)},
        {"sooner": (Sooner(policy.categories_mask("session_notes"), SOON),)},
        {"effect": Effect.DENY},
    ],
)
def test_it_is_some_of_it_and_ends_before_it(wrong):
    check(MORE, NOW)
    with pytest.raises(Invalid) as refused:
        check(replace(MORE, **wrong), NOW)
    assert refused.value.field == "sooner"
