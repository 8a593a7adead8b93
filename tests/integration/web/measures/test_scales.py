"""A total says what it is out of, and a mean on which side of its cut-off it lies, wherever either is shown."""

import pytest

from alongside.kernel import clock
from alongside.measures import actions, queries
from tests import lives
from tests.integration.web.visiting import civil


@pytest.fixture
def life(world):
    return lives.treated(world.northside, given_name="Amira", family_name="Khan")


@pytest.fixture
def path(life):
    return f"/people/{life.registration}/"


@pytest.fixture
def answered(life):
    def record(instrument, answers, weeks_ago=0):
        return actions.record_response(
            registration=life.registration,
            instrument=instrument,
            answers=answers,
            completed_at=clock.now() - weeks_ago * lives.WEEK,
            by=life.practitioner,
        )

    return record


@pytest.fixture
def without_work(answered):
    """Nothing changed but that work does not apply any more."""
    answered("wsas", [8, 3, 3, 3, 3], weeks_ago=2)
    return answered("wsas", [9, 3, 3, 3, 3])


def test_no_change_is_told_between_totals_out_of_different_maxima(therapist, without_work, path):
    said = therapist.text(f"{path}measures/")
    assert "20 → 12 of 32 not out of the same total" in said
    assert "one is out of 40, the other out of 32: between them no change is counted" in said
    assert "reliably better" not in said
    assert "12 of 32 ·" not in said  # no band
    page = therapist.get(path).content.decode()
    assert "20 → 12 of 32; not out of the same total" in page
    assert "<title>WSAS 12 of 32</title>" in page
    assert "al-chart__band" not in page


def test_the_saved_line_says_what_it_is_out_of(therapist, path):
    answers = {"wsas_item1": "9"} | {f"wsas_item{number}": "3" for number in range(2, 6)}
    therapist.send(f"{path}measures/enter/wsas/", **civil("date", lives.NOW.date()), **answers)
    assert "Saved: WSAS 12 of 32." in therapist.text(f"{path}measures/")


def test_out_of_one_maximum_change_is_told_as_ever(therapist, answered, path):
    answered("wsas", [9, 6, 6, 6, 6], weeks_ago=2)
    answered("wsas", [9, 3, 3, 3, 3])
    said = therapist.text(f"{path}measures/")
    assert "24 of 32 → 12 of 32 reliably better" in said
    assert "no change is counted" not in said


def test_what_it_is_out_of_is_kept_and_scored_again(without_work, life):
    points = queries.series([life.registration], access=life.practitioner)["wsas"]
    assert [(point.value, point.out_of, point.band) for point in points] == [
        (20, None, "from_10_to_20"),
        (12, 32, ""),
    ]
    course = queries.latest([life.registration], access=life.practitioner, instruments=["wsas"])[life.registration]
    assert [step.out_of for step in course.scores["wsas"]] == [None, 32]
    assert queries.rederive(access=life.practitioner) == []


def test_a_mean_has_two_decimals(therapist, answered, path):
    answered("mi", [2] * 7 + [3] * 20, weeks_ago=2)
    answered("mi", [2] * 19 + [3] * 8)
    said = therapist.text(f"{path}measures/")
    assert "2.74 → 2.30 no reliable change cut-off: above 2.3" in said
    assert "2.74 → 2.30" in therapist.get(path).content.decode()
