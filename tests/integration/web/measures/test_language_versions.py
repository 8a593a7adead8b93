"""A questionnaire in British Sign Language is held against that version's own cut-off, wherever its score is shown."""

import re

import pytest

from alongside.kernel import clock
from alongside.measures import actions, queries
from alongside.measures.models import Score
from alongside.measures.rules import Context
from tests import lives
from tests.integration.web.visiting import civil

TODAY = civil("date", lives.NOW.date())


@pytest.fixture
def life(world):
    return lives.treated(world.northside, given_name="Amira", family_name="Khan", language="bfi")


@pytest.fixture
def path(life):
    return f"/people/{life.registration}/"


@pytest.fixture
def answered(life):
    def record(total, language="bfi", weeks_ago=0):
        return actions.record_response(
            registration=life.registration,
            instrument="phq9",
            total=total,
            harm=False,
            completed_at=clock.now() - weeks_ago * lives.WEEK,
            context=Context(language=language),
            by=life.practitioner,
        )

    return record


def test_the_cutoff_that_is_shown_is_its_own(therapist, answered, path):
    answered(14, weeks_ago=2)
    answered(7)
    said = therapist.text(f"{path}measures/")
    assert "cut-off 8 or more (British Sign Language version); reliable change 6" in said
    assert "reliably better" in said
    page = therapist.get(path).content.decode()
    assert "<title>Cut-off 8</title>" in page
    assert "14 → 7; British Sign Language version" in page
    assert "al-chart__band" in page


def test_between_two_versions_no_change_is_told(therapist, answered, path):
    answered(20, language="", weeks_ago=2)
    answered(7)
    said = therapist.text(f"{path}measures/")
    assert "20 → 7 two language versions" in said
    assert "reliable change 6; between two language versions no change is counted" in said
    assert "Response" not in said
    assert "A fall of" not in said
    page = therapist.get(path).content.decode()
    assert "<title>Cut-off 8</title>" in page  # that of the last
    assert "20 → 7; answered in two language versions" in page
    assert "al-chart__band" not in page
    assert "20 → 7 two language versions" in therapist.text("/caseload/")


def test_english_is_as_it_ever_was(therapist, answered, path):
    answered(14, language="en-GB", weeks_ago=2)
    answered(7, language="")
    assert "reliably better cut-off 10 or more; reliable change 6" in therapist.text(f"{path}measures/")
    assert "<title>Cut-off 10</title>" in therapist.get(path).content.decode()


def test_the_version_is_kept_with_the_score(therapist, life, path):
    answers = {f"phq9_item{number}": "1" for number in range(1, 10)}
    therapist.send(f"{path}measures/enter/phq9/", **TODAY, **answers, language="BFI")
    [point] = queries.series([life.registration], access=life.practitioner)["phq9"]
    assert (point.language, point.context.language) == ("bfi", "bfi")
    assert queries.rederive(access=life.practitioner) == []
    Score.objects.update(language="")
    assert queries.rederive(access=life.practitioner) == [Score.objects.get().pk]


def test_putting_right_keeps_the_version(therapist, answered, life, path):
    response = answered(14)
    day = {"date-day": "6", "date-month": "3", "date-year": "2026"}
    sent = therapist.send(f"/measures/responses/{response}/correct/", **day, phq9="7", reason="A slip")
    assert sent.status_code == 302
    [point] = queries.series([life.registration], access=life.practitioner)["phq9"]
    assert (point.value, point.language) == (7, "bfi")


def test_the_page_where_it_is_entered_names_the_usual_cutoff(therapist, path):
    assert re.search("(?i)cut-off 10 or more; reliable change 6", therapist.text(f"{path}measures/enter/phq9/"))
