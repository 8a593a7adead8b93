"""What services promised each other, and the arms of their pathway, as files."""

from datetime import UTC, datetime
from importlib import resources

import pytest

from alongside.definitions import agreements, pathways
from alongside.definitions.agreements import Agreement, WorkingTime
from alongside.definitions.loader import parse
from alongside.definitions.pathways import Pathway
from alongside.journey.rules import Arm
from alongside.kernel.errors import Invalid
from alongside.organisations.rules import opening_hours, usual_hours

HOURS = opening_hours(usual_hours(), "Europe/London")
MONDAY = datetime(2026, 6, 15, 9, tzinfo=UTC)


def test_every_agreement_says_that_it_is_a_placeholder() -> None:
    """Nobody published these times: until two services sign them, no page may show them as theirs."""
    for one in agreements.agreements():
        assert (one.status, one.checker, one.verified) == ("placeholder", "none", False)


def test_the_rhythm_of_review() -> None:
    agreed = agreements.agreement("northside_riverside")
    assert (agreed.review.weeks, agreed.review.holder) == (12, "lead_practitioner")


@pytest.mark.parametrize("load", [agreements.agreement, pathways.pathway])
def test_an_unknown_key_names_those_there_are(load) -> None:
    with pytest.raises(Invalid, match="Known: "):
        load("nothing")


@pytest.mark.parametrize("arm", list(Arm))
def test_the_pathway_has_words_for_every_arm(arm: Arm) -> None:
    assert pathways.pathway("integrated_treatment").arm(arm).words


def test_an_arm_the_pathway_does_not_have_is_refused() -> None:
    with pytest.raises(Invalid, match="no arm"):
        pathways.pathway("integrated_treatment").arm("couples")


@pytest.mark.parametrize(
    ("promise", "due"),
    [
        ({"working_days": 1}, datetime(2026, 6, 16, 16, tzinfo=UTC)),
        ({"working_hours": 9}, datetime(2026, 6, 16, 10, tzinfo=UTC)),
    ],
)
def test_a_promise_in_working_time(promise: dict, due: datetime) -> None:
    assert WorkingTime(**promise).after(MONDAY, HOURS) == due


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ('status = "placeholder"', 'status = "agreed"', "status"),
        ("{ working_hours = 4 }", "{ working_hours = 4, working_days = 1 }", "one of them"),
        ("{ working_hours = 4 }", "{ }", "one of them"),
        ("{ working_days = 1 }", "{ working_days = 0 }", "working_days"),
        ("{ working_days = 2 }", "{ working_days = 1.5 }", "working_days"),
        ("routine = ", "usual = ", "routine"),
        ('holder = "intake_team"', 'holder = "somebody"', "holder"),
    ],
)
def test_a_planted_fault_in_a_file_is_named(right: str, wrong: str, named: str) -> None:
    text = _text(agreements, "northside_riverside")
    assert right in text
    with pytest.raises(Invalid, match=named):
        parse(text.replace(right, wrong, 1), Agreement, "a.toml")


def test_a_pathway_without_arms_is_refused() -> None:
    text = _text(pathways, "integrated_treatment")
    with pytest.raises(Invalid, match="arms"):
        parse(text[: text.index("[[arms]]")], Pathway, "p.toml")


def _text(package, name: str) -> str:
    return (resources.files(package.__name__) / f"{name}.toml").read_text("utf-8")
