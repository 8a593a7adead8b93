"""What somebody's treatment is for: said by whoever treats them, shown where it decides which measure counts."""

import pytest

from alongside.journey import queries as journey
from alongside.kernel import clock
from tests import lives
from tests.integration.web.visiting import browser, words


@pytest.fixture
def path(life):
    return f"/people/{life.registration}/treated-for/"


def measures_of(life):
    return f"/people/{life.registration}/measures/"


def test_before_anybody_said_it_the_measures_page_leads_there(therapist, life, path):
    assert "Nobody has said yet what the treatment is for." in therapist.text(measures_of(life))
    assert f'<a href="{path}">Say what it is for' in therapist.get(measures_of(life)).content.decode()


def test_a_problem_from_the_list(therapist, life, path):
    answer = therapist.send(path, chosen="F401", main="on", follow=True)
    assert "Saved: Social anxiety. Its own measure is SPIN." in words(answer)
    assert "Treated for Social anxiety . Its own measure is SPIN. Change" in therapist.text(measures_of(life))
    assert "Recorded so far Social anxiety" in therapist.text(path)
    [recorded] = journey.problems([life.episode], access=life.practitioner)[life.episode]
    assert (recorded.code, recorded.primary) == ("F401", True)


def test_another_by_its_code(therapist, life, path):
    answer = therapist.send(path, chosen="other", code="f43.2", main="on", follow=True)
    assert "Saved: F432." in words(answer)


def test_the_newest_stands_on_the_measures_page(therapist, life, path):
    therapist.send(path, chosen="F401", main="on")
    with clock.at(lives.NOW + lives.WEEK / 84):
        therapist.send(path, chosen="F431", main="on")
        assert "Treated for Post-traumatic stress disorder" in therapist.text(measures_of(life))


def test_the_main_problem_stands_there_before_a_newer_one(therapist, life, path):
    """As it decides which measure is asked for."""
    therapist.send(path, chosen="F401", main="on")
    with clock.at(lives.NOW + lives.WEEK / 84):
        therapist.send(path, chosen="F431")
        assert "Treated for Social anxiety ." in therapist.text(measures_of(life))
        assert "SPIN" in therapist.text("/measures/due/")
        said = therapist.text(path)
    assert "Its own measure is SPIN. This one counts." in said
    assert said.count("This one counts.") == 1


@pytest.mark.parametrize(
    ("entered", "says"),
    [
        ({}, "Answer “What is the treatment for?”"),
        ({"chosen": "made up"}, "Choose one of the answers shown"),
        ({"chosen": "other"}, "Enter the code, or choose a problem from the list"),
        ({"chosen": "other", "code": "anxiety"}, "This is no code of ICD-10"),
        ({"chosen": "other", "code": "723916002"}, "This is no code of ICD-10"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_saved(therapist, life, path, entered, says):
    assert says in words(therapist.send(path, main="on", **entered))
    assert journey.problems([life.episode], access=life.practitioner) == {}


def test_only_the_measures_of_talking_therapies_hang_on_it(world):
    life = lives.treated(world.riverside, "keyworker")
    said = browser(world.riverside, "keyworker").text(measures_of(life))
    assert "treatment is for" not in said


def test_a_colleague_who_does_not_treat_them_cannot_say_it(world, path):
    assert browser(world.riverside, "keyworker").get(path).status_code == 404


def test_only_one_measure_is_due_for_several_problems(therapist, life, path):
    therapist.send(path, chosen="F401", main="on")
    with clock.at(lives.NOW + lives.WEEK / 84):
        therapist.send(path, chosen="F431", main="on")
        said = therapist.text("/measures/due/")
    assert "PCL-5" in said
    assert "SPIN" not in said
