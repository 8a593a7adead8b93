"""The reference pages say what the code does, because they are rendered from it."""

from pathlib import Path

import pytest

from alongside.definitions.indicators import indicators, journey_indicators
from alongside.definitions.indicators import page as indicators_page
from alongside.evaluation.tables import page as tables_page
from alongside.evaluation.tables.catalogue import TABLES

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"

PAGES = {
    "evaluation-tables.md": tables_page,
    "generated/indicators.md": indicators_page,
}


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_the_rendered_one(name: str) -> None:
    module = PAGES[name]
    committed = (REFERENCE / name).read_text("utf-8")
    assert committed == module.page(), f"Render it again: python -m {module.__name__} > docs/reference/{name}"


def test_every_column_is_on_the_page() -> None:
    page = tables_page.page()
    missing = [
        f"{table.name}.{one.name}" for table in TABLES for one in table.columns if f"| `{one.name}` |" not in page
    ]
    assert not missing


# The contract of the interface: other programs write these columns, so none may be renamed or dropped.
CONTRACT = {
    "persons": "person_id birth_year sex ethnicity deprivation_decile language",
    "episodes": "episode_id person_id service_id service_kind arm referral_received referral_source accepted "
    "declined_reason discharged end_code problem_descriptor journey_id",
    "contacts": "contact_id episode_id date planned kind attendance mode minutes role joint",
    "scores": "person_id episode_id contact_id instrument date score items",
    "substance_use": "person_id date substance days_used_of_28 amount unit",
    "events": "person_id kind start end source certainty",
    "status": "person_id date domain value",
    "journeys": "journey_id person_id pathway arm opened closed",
}


@pytest.mark.parametrize("name", CONTRACT)
def test_the_contract_stands(name: str) -> None:
    [table] = [table for table in TABLES if table.name == name]
    assert set(CONTRACT[name].split()) <= {column.name for column in table.columns}


def test_the_measures_stand() -> None:
    assert [one.id for one in indicators()] == [
        "referrals",
        "finished_course",
        "at_caseness",
        "not_at_caseness",
        "recovery",
        "reliable_improvement",
        "reliable_deterioration",
        "no_reliable_change",
        "reliable_recovery",
        "access_6_weeks",
        "access_18_weeks",
        "phq9_caseload",
        "phq9_response",
        "phq9_remission",
        "phq9_five_points",
    ]
    assert [one.id for one in journey_indicators()] == ["journeys", "inducted", "both_services"]
