"""The evaluation page: what the evaluator reads, and what they may take away."""

import io
import re
import zipfile
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.urls import reverse

from alongside.evaluation import queries
from alongside.kernel import clock
from alongside.measures import actions as measures
from alongside.measures.rules import Context, Helper, Noticed
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
    assert [arm for arm, chosen in arms(page).items() if chosen] == [""], "everybody is chosen at first"


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


def answered(world, *contexts):
    """Somebody on a joint journey with one PHQ-9 of 12 for each way of answering."""
    person = factories.JointJourney(world)
    for context in contexts:
        measures.record_response(
            registration=person.northside,
            episode=person.accepted.episode,
            instrument="phq9",
            total=12,
            harm=False,
            completed_at=clock.now(),
            context=context,
            by=person.therapist,
        )
    return person


class TestScoresByHowTheyWereAnswered:
    @pytest.fixture
    def person(self, world):
        """Four scores: while intoxicated, with an interpreter, in the first week after the last use, in Welsh."""
        return answered(
            world,
            Context(noticed=Noticed(intoxicated=True)),
            Context(helper=Helper.INTERPRETER),
            Context(noticed=Noticed(weeks_since_use=0)),
            Context(language="cy"),
        )

    ASKED = {"without_clouded": "on", "without_helped": "on", "without_use_within": "1", "only_language": "en"}
    SAID = (
        "Scores answered while intoxicated or in withdrawal were left out, as asked: 1.",
        "Scores answered with somebody&#39;s help were left out, as asked: 1.",
        "Scores answered less than 1 week after the last use were left out, as asked: 1.",
        "Scores answered in another language version than English were left out, as asked: 1.",
    )

    def test_none_is_left_out_unless_the_evaluator_asks(self, person, evaluator):
        page = evaluator.get(reverse("evaluation")).content.decode()
        assert "left out, as asked" not in page
        assert "Count all scores" not in page

    def test_each_is_left_out_where_the_evaluator_asks(self, person, evaluator):
        page = evaluator.get(reverse("evaluation"), self.ASKED).content.decode()
        assert page.count("left out, as asked") == 2 * 4  # above the report, and in it
        assert [said in page for said in self.SAID] == [True] * 4
        assert "Count all scores" in page

    def test_and_all_of_them_out_of_the_report_that_is_taken_away(self, person, evaluator):
        on = reverse("evaluation") + "?without_clouded=on&without_helped=on&without_use_within=1&only_language=EN"
        taken = evaluator.send(reverse("evaluation-release"), on=on, audience="internal")
        report = zipfile.ZipFile(io.BytesIO(taken.content)).read("report.html").decode()
        assert [said in report for said in self.SAID] == [True] * 4

    def test_a_refused_report_keeps_what_was_asked(self, person, evaluator):
        on = reverse("evaluation") + "?only_language=en"
        refused = evaluator.send(reverse("evaluation-release"), on=on, audience="publication")
        assert self.SAID[3] in refused.content.decode()

    @pytest.mark.parametrize(
        ("asked", "message"),
        [
            ({"without_use_within": "0"}, "must be a whole number from 1 to 5200"),
            ({"without_use_within": "x"}, "must be a whole number from 1 to 5200"),
            ({"only_language": "e1"}, "Give the language as a code, such as cy or bfi."),
        ],
    )
    def test_what_cannot_be_is_said_beside_its_field(self, person, evaluator, asked, message):
        page = evaluator.get(reverse("evaluation"), asked).content.decode()
        assert message in page
        assert "left out, as asked" not in page

    def test_what_the_page_never_carried_leaves_nothing_behind(self, world, person, evaluator):
        evaluator.send(reverse("evaluation-release"), on=reverse("evaluation"), audience="internal", only_language="?")
        assert queries.releases(access=world.northside.sign_in("evaluator", "evaluation")) == []


def link_of(page: str, words: str) -> str:
    """The query that a link with these words asks."""
    [href] = re.findall(rf'<a href="[^"?]*\?([^"]*)">{words}</a>', page)
    return unescape(href)


def arms(page: str) -> dict[str, bool]:
    """The arms that can be chosen, and whether each is."""
    inputs = [one for one in re.findall("<input[^>]*>", page) if 'name="arm"' in one and 'type="radio"' in one]
    return {re.search('value="([^"]*)"', one)[1]: "checked" in one for one in inputs}


class TestTheWayBack:
    """Each choice is taken back by itself: the other stays."""

    @pytest.fixture(autouse=True)
    def _helped(self, world):
        """A score that was answered with an interpreter, so that leaving it out is said."""
        answered(world, Context(helper=Helper.INTERPRETER))

    ABOUT = {"arm": "group", "received_from-day": "1", "received_from-month": "3", "received_from-year": "2025"}

    def test_scores_are_counted_again_for_the_same_people(self, evaluator):
        page = evaluator.get(reverse("evaluation"), self.ABOUT | {"without_helped": "on"}).content.decode()
        back = link_of(page, "Count all scores")
        assert parse_qs(back) == {name: [value] for name, value in self.ABOUT.items()}
        assert parse_qs(link_of(page, "Show everybody")) == {"without_helped": ["True"]}
        assert arms(page) == {"": False, "one_to_one": False, "group": True, "consultation_only": False}
        again = evaluator.get(f"{reverse('evaluation')}?{back}").content.decode()
        assert "This is about some of the people only" in again
        assert "Count all scores" not in again
