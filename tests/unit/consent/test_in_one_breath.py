"""Nothing for a purpose means nothing for it, whatever a class of services is agreed: the cases."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from alongside.access.rules import Effect
from alongside.consent.rules import Choice, Exception_, Given, in_one_breath
from alongside.definitions import policy
from alongside.kernel.periods import FOR_EVER

CARE, EVALUATION, RESEARCH = "direct_care", "evaluation", "research"
SCORES, PLAN = policy.categories_mask("mood_scores"), policy.categories_mask("plan")
THEY, EVERYBODY, KIND = "service:them", "class:treating", min(policy.classes()["treating"].kinds)


def said(categories, purpose=CARE, recipient=THEY, **more):
    return Choice(recipient, categories, Given.VERBAL, purpose, witness="Kim", told_no_is_fine=True, **more)


def breath(care, counted, *held):
    return in_one_breath([said(care), said(counted, EVALUATION)], KIND, held)


def by_class(purpose=CARE, categories=SCORES):
    return said(categories, purpose, EVERYBODY)


@pytest.mark.parametrize(
    ("care", "counted", "held", "closes"),
    [
        (SCORES, SCORES, [], ""),
        (0, 0, [], ""),
        (0, SCORES, [], ""),
        (SCORES, SCORES, [by_class(), by_class(EVALUATION)], ""),
        (SCORES, 0, [by_class()], ""),
        (SCORES, 0, [by_class(), by_class(EVALUATION)], EVALUATION),
        (0, SCORES, [by_class(EVALUATION)], ""),
        (0, SCORES, [by_class()], CARE),
        (0, SCORES, [by_class(), by_class(EVALUATION)], CARE),
        (0, 0, [by_class()], CARE),
        (0, 0, [by_class(EVALUATION)], CARE),
        (0, 0, [by_class(RESEARCH)], CARE),
    ],
)
def test_what_it_closes_by_name(care, counted, held, closes):
    made = breath(care, counted, *held).closes
    assert (made.purpose if made else "") == closes
    if made:
        assert (made.recipient, made.effect, made.categories) == (THEY, Effect.DENY, policy.all_categories())


def test_what_is_closed_for_care_is_closed_for_all_and_nothing_else_is_kept():
    made = breath(0, SCORES | PLAN, by_class())
    assert made.closes_all
    assert [one.categories for one in made.choices] == [0, 0]


def test_nothing_keeps_no_element_of_what_was_asked():
    counted = said(
        SCORES,
        EVALUATION,
        expires=datetime(2030, 1, 1, tzinfo=UTC),
        exceptions=(Exception_(SCORES, "practitioner:kim"),),
    )
    made = in_one_breath([said(0), counted], KIND, [by_class()]).choices[1]
    assert (made.expires, made.exceptions) == (FOR_EVER, ())


def test_what_is_closed_already_is_not_closed_again():
    no = replace(said(policy.all_categories()), effect=Effect.DENY)
    assert breath(0, 0, by_class(), no).closes is None


@pytest.mark.parametrize("recipient", ["team:east", "practitioner:kim", EVERYBODY])
def test_only_a_service_is_one_of_a_class(recipient):
    assert in_one_breath([said(0, recipient=recipient)], KIND, [by_class()]).closes is None


def test_another_kind_of_service_is_not_of_the_class():
    assert in_one_breath([said(0)], "another", [by_class()]).closes is None


class TestWhoeverWasLeftOut:
    """Narrowing what a service may see opens nothing to somebody who was left out of it by name."""

    KIM = "practitioner:kim"

    def narrowed(self, *held, exceptions=None, to=PLAN):
        whole = (Exception_(SCORES | PLAN, self.KIM),) if exceptions is None else exceptions
        before = said(SCORES | PLAN, exceptions=whole)
        return in_one_breath([said(to), said(0, EVALUATION)], KIND, [before, *held]).keeps_out

    def test_stays_out_of_what_is_taken_out_and_a_class_opens(self):
        [one] = self.narrowed(by_class())
        assert (one.recipient, one.effect, one.categories) == (self.KIM, Effect.DENY, SCORES)

    @pytest.mark.parametrize("held", [[], [by_class(categories=PLAN)], [by_class(EVALUATION)]])
    def test_nothing_is_closed_that_nothing_opens(self, held):
        assert self.narrowed(*held) == ()

    def test_whoever_was_left_out_of_some_of_it_is_not_closed_out(self):
        assert self.narrowed(by_class(), exceptions=(Exception_(SCORES, self.KIM),)) == ()

    def test_where_nothing_is_left_all_of_them_are_closed_out(self):
        before = said(SCORES, exceptions=(Exception_(SCORES, self.KIM),))
        made = in_one_breath([said(0), said(0, EVALUATION)], KIND, [before, by_class()])
        assert [one.recipient for one in made.refusals] == [THEY]
