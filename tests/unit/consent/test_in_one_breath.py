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
