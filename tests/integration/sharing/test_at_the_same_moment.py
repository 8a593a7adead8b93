"""Sharing changes twice at once: what stands is what one order of the two would have left, and no grant outlives it."""

import pytest

from alongside.access import queries as allowed
from alongside.access.actions.compiled import facts_of
from alongside.access.models import Anchor, Bar, Grant
from alongside.access.rules import Handle, compile_facts
from alongside.consent import queries as consents
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import NotThere, Stale
from alongside.sharing import actions, queries
from tests import factories
from tests.racing import on_postgresql, overlapping

pytestmark = [on_postgresql, pytest.mark.django_db(transaction=True)]
WIDE = policy.categories_mask("identity", "team", "plan", "session_notes")
NARROW = policy.categories_mask("identity")


@pytest.fixture
def person():
    both = factories.choice().categories
    return factories.JointJourney(factories.partnership(), categories=both, back=both)


def grants_follow_from_facts():
    """Every registration's grants and bars are what its facts compile to, and nothing besides."""
    for registration, facts in facts_of(Anchor.objects.values_list("pk", flat=True), after=clock.now()).items():
        grants, bars = compile_facts(facts)
        rows = Grant.objects.filter(registration=registration)
        assert sorted(rows.values_list("handle", "opens", "because")) == sorted(
            (one.handle, one.opens, one.because) for one in grants
        )
        assert Bar.objects.filter(registration=registration).count() == len(bars)


def agree(person, categories):
    choice = factories.choice(categories, recipient=Handle.service(person.world.northside.id))
    return lambda: actions.agree(registration=person.riverside, choice=choice, by=person.keyworker)


def stop(person):
    recipient = Handle.service(person.world.northside.id)
    return lambda: actions.stop(registration=person.riverside, recipient=recipient, by=person.keyworker)


def withdraw(person):
    [one] = consents.current(person.riverside, access=person.keyworker)
    return lambda: actions.withdraw(consent_id=one.id, by=person.keyworker)


def agreed(person):
    """What may be seen through what the person agreed now; 0 where they agreed to nothing."""
    return [one.categories for one in consents.current(person.riverside, access=person.keyworker)]


def opened(person, kind):
    return allowed.opens(person.therapist, person.riverside, kind)


def test_of_two_choices_one_stands(person):
    _, later = overlapping(agree(person, WIDE), agree(person, NARROW))
    assert isinstance(later, str)
    assert agreed(person) == [NARROW]
    assert not opened(person, "plan")
    grants_follow_from_facts()


@pytest.mark.parametrize("act", [withdraw, stop], ids=["one choice", "everything"])
def test_a_choice_after_a_withdrawal_stands_and_before_it_does_not(person, act):
    overlapping(act(person), agree(person, NARROW))
    assert agreed(person) == [NARROW]
    assert opened(person, "identity")
    assert not opened(person, "plan")
    grants_follow_from_facts()


def test_a_withdrawal_of_what_was_just_replaced_is_said_to_be_late(person):
    _, later = overlapping(agree(person, WIDE), withdraw(person))
    assert isinstance(later, Stale)
    assert agreed(person) == [WIDE]
    grants_follow_from_facts()


def test_taking_everything_back_never_leaves_what_was_agreed_a_moment_ago_in_silence(person):
    _, later = overlapping(agree(person, WIDE), stop(person))
    assert isinstance(later, Stale)
    assert agreed(person) == [WIDE]
    grants_follow_from_facts()


def test_taken_back_twice_is_taken_back(person):
    _, later = overlapping(withdraw(person), withdraw(person))
    assert isinstance(later, (Stale, NotThere))
    assert agreed(person) == []
    assert not opened(person, "identity")
    grants_follow_from_facts()


@pytest.mark.parametrize("accepting_first", [True, False])
def test_a_referral_is_accepted_while_its_consent_is_taken_back(accepting_first):
    """The journey opens either way; nothing of the sender's is seen after the person has taken it back."""
    world = factories.partnership()
    waiting = factories.Referred(world)
    by = waiting.world.northside.sign_in("therapist")
    accept = lambda: actions.accept_referral(referral=waiting.referral, practitioner=by.actor, by=by)  # noqa: E731
    acts = [accept, stop(waiting)]
    for outcome in overlapping(*(acts if accepting_first else acts[::-1])):
        assert not isinstance(outcome, Exception)
    assert agreed(waiting) == []
    assert not allowed.opens(by, waiting.riverside, "identity")
    grants_follow_from_facts()
    assert list(queries.nowhere(access=by)) == []


def test_a_referral_is_accepted_by_two(person):
    waiting = factories.Referred(person.world, given_name="Sam")
    first, second = (person.world.northside.sign_in(role) for role in ("therapist", "step2_practitioner"))
    accepting = [
        lambda by=by: actions.accept_referral(referral=waiting.referral, practitioner=by.actor, by=by)
        for by in (first, second)
    ]
    made, later = overlapping(*accepting)
    assert made.journey
    assert isinstance(later, Stale)
    grants_follow_from_facts()
    assert list(queries.nowhere(access=first)) == []
