"""The evaluation page: what the evaluator reads, and what they may take away."""

import io
import zipfile

import pytest
from django.urls import reverse

from alongside.evaluation import queries
from tests import factories
from tests.integration.web.visiting import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return factories.partnership()


@pytest.fixture
def evaluator(world):
    return browser(world.northside, "evaluator")


def test_before_anybody_came_it_says_so(evaluator):
    page = evaluator.get(reverse("evaluation")).content.decode()
    assert "Nobody is in this evaluation yet" in page


def test_the_page_is_stamped_and_shows_the_flow(world, evaluator):
    factories.JointJourney(world, categories=0, back=0)
    page = evaluator.get(reverse("evaluation")).content.decode()
    assert "Internal: exact figures" in page
    assert "Who came, and what became of them" in page
    assert "Northside Talking Therapies" in page
    assert '<a href="#groups">' in page
    assert '<details class="group"><summary>' in page, "on the screen the tables of groups are folded"


def test_a_last_day_before_the_first_is_said_beside_the_field(evaluator):
    asked = {
        "received_from-day": "2", "received_from-month": "3", "received_from-year": "2026",
        "received_until-day": "1", "received_until-month": "3", "received_until-year": "2026",
    }  # fmt: skip
    page = evaluator.get(reverse("evaluation"), asked).content.decode()
    assert "This day is before the first one" in page


def test_taking_a_report_away_gives_one_file_and_is_noted(world, evaluator):
    factories.JointJourney(world, categories=0, back=0)
    taken = evaluator.send(reverse("evaluation-release"), on=reverse("evaluation"), audience="public")
    names = zipfile.ZipFile(io.BytesIO(taken.content)).namelist()
    assert {"measures.csv", "report.html"} <= set(names)
    [given] = queries.releases(access=world.northside.sign_in("evaluator", "evaluation"))
    assert given.audience == "public"


def test_a_publication_nobody_approved_is_refused(world, evaluator):
    answer = evaluator.send(reverse("evaluation-release"), on=reverse("evaluation"), audience="publication")
    assert "approver" in answer.content.decode()
    assert queries.releases(access=world.northside.sign_in("evaluator", "evaluation")) == []


def test_a_therapist_does_not_evaluate(world):
    assert browser(world.northside, "therapist").get(reverse("evaluation")).status_code == 403
