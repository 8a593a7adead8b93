"""The page of the policy says what the files say, and no policy is wider than its version."""

import json
from copy import deepcopy

import pytest

from tests.spec import policy_page as page

RELEASED = json.loads(page.WIDTHS.read_text("utf-8"))


def test_the_committed_page_is_what_the_files_say():
    assert page.PAGE.read_text("utf-8") == page.render(), "Run: python -m tests.spec.policy_page"


def test_no_policy_is_wider_than_its_version():
    assert page.widened(page.widths(), RELEASED) == []


def test_the_released_widths_are_those_of_the_files():
    assert page.widths() == RELEASED, "Run: python -m tests.spec.policy_page"


@pytest.mark.parametrize(
    ("what", "more"),
    [
        ("roles: administrator own", "session_notes"),
        ("roles: evaluator does", "care"),
        ("roles: administrator speaks for", "evaluation"),
        ("packs: us_part2 emergency", "administrator"),
        ("purposes: direct_care", "evaluation"),
        ("categories: not kept apart", "counselling_notes"),
        ("classes: treating", "housing"),
        ("roles: wizard own", "plan"),
    ],
)
def test_a_wider_policy_needs_a_new_version(what, more):
    wider = deepcopy(RELEASED)
    wider["wide"].setdefault(what, []).append(more)
    assert page.widened(wider, RELEASED) == [f"{what}: {more}"]
    wider["versions"][what.partition(":")[0]] = "99"
    assert page.widened(wider, RELEASED) == []


def test_a_narrower_policy_does_not():
    narrower = deepcopy(RELEASED)
    narrower["wide"]["roles: therapist own"].remove("plan")
    assert page.widened(narrower, RELEASED) == []
