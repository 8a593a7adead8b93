"""The first page, for each role."""

from collections import Counter

import pytest

from alongside.consultation import actions as consultation
from alongside.contacts import actions as contacts
from alongside.contacts.rules import Meeting
from alongside.journey import queries as journey
from alongside.kernel import clock
from alongside.plan import actions as plan
from alongside.tasks import queries as tasks
from alongside.tasks.rules import When
from tests import lives
from tests.integration.web.visiting import browser, words


@pytest.fixture
def amira(world):
    return lives.seen(lives.joint(world, given_name="Amira", family_name="Khan"))


def test_nothing_owed_says_so(world):
    said = browser(world.northside, "step2_practitioner").text("/")
    assert "Nothing is waiting on you" in said
    assert "Nobody is booked today" in said


def test_it_says_what_is_owed_by_when_by_whom_and_about_whom(therapist, amira):
    lives.planned(amira, lives.NOW + lives.WEEK / 84)  # in two hours
    said = therapist.text("/")
    assert "Record the contact: Amira Khan" in said
    assert "17:00 Amira Khan Video, treatment" in said
    assert "Review the joint journey: Amira Khan" in said
    assert "owed since Thu 5 March" in said


def test_what_is_late_comes_first_and_is_counted(therapist, amira):
    lives.planned(amira, lives.NOW - lives.WEEK / 84)
    said = therapist.text("/")
    assert "1 late" in said
    assert said.index("Overdue") < said.index("Later")


def test_each_thing_owed_leads_to_where_it_is_done(therapist, amira):
    contact = lives.planned(amira, lives.NOW + lives.WEEK / 84)
    page = therapist.get("/").content.decode()
    assert f'href="/contacts/{contact}/record/"' in page
    assert f'href="/people/{amira.registration}/reviewed/{amira.episode}/"' in page


def owing(amira, late=3, later=57):
    """Sixty contacts to record, beside the two reviews of a joint journey: three late, the rest from next week on."""
    for number in range(late):
        lives.planned(amira, lives.NOW - lives.WEEK / 84 * (number + 1))
    for number in range(later):
        lives.planned(amira, lives.NOW + lives.WEEK + lives.WEEK / 168 * number)


class TestMoreThanFifty:
    """What is owed is never dropped without a word."""

    def test_the_first_page_says_how_many_there_are_and_leads_to_the_rest(self, therapist, amira):
        owing(amira)
        page = therapist.get("/").content.decode()
        assert page.count('class="al-task"') == 50
        assert 'href="/owed/"' in page
        said = words(therapist.get("/"))
        assert "50 of 62 things, 3 late" in said
        assert "Overdue 3 " in said
        assert "Later 59 " in said

    def test_all_of_it_is_on_pages_by_due_time(self, therapist, amira):
        owing(amira)
        first, second = (therapist.get(f"/owed/?page={number}") for number in (1, 2))
        assert (first.content.count(b'class="al-task"'), second.content.count(b'class="al-task"')) == (50, 12)
        assert "1 to 50 of 62" in words(first)
        assert "51 to 62 of 62" in words(second)
        assert words(first).index("Overdue") < words(first).index("Later")
        assert 'href="?page=2"' in first.content.decode()
        assert 'href="?page=1"' in second.content.decode()

    @pytest.mark.parametrize("number", ["", "0", "-1", "x", "٢", "999"])
    def test_a_page_that_is_not_one_shows_the_nearest_that_is(self, therapist, amira, number):
        lives.planned(amira, lives.NOW - lives.WEEK / 84)
        assert "Record the contact: Amira Khan" in therapist.text(f"/owed/?page={number}")

    def test_the_database_counts_in_the_groups_of_the_list(self, amira):
        hour, long = lives.WEEK / 168, lives.WEEK / 168 * 5 / 6  # a contact is owed from its end, 50 minutes later
        edges = [hour * 0, hour * 9, hour * (9 + 6 * 24)]  # now, midnight tonight, the midnight that ends this week
        for edge in edges:
            for due in (edge - hour / 60, edge, edge + hour / 60):
                lives.planned(amira, lives.NOW + due - long)
        listed = Counter(one.when for one in tasks.owed(access=amira.practitioner, most=None))
        assert tasks.count_owed(access=amira.practitioner) == listed
        assert [listed[one] for one in (When.OVERDUE, When.TODAY, When.THIS_WEEK)] == [1, 3, 3]

    def test_no_more_are_counted_than_anybody_works_through(self, therapist, amira, monkeypatch):
        monkeypatch.setattr("alongside.tasks.queries.MOST", 55)
        owing(amira)
        said = words(therapist.get("/"))
        assert "50 of at least 55 things, 3 late" in said
        assert "See the first 55 things" in said
        assert "Later 52 " in said
        last = therapist.get("/owed/?page=9")
        assert "51 to 55 of at least 55, by when they are due" in words(last)

    def test_few_things_stand_on_the_first_page_alone(self, therapist, amira):
        assert 'href="/owed/"' not in therapist.get("/").content.decode()

    def test_nothing_at_all_says_so(self, world):
        assert "Nothing is waiting on you" in browser(world.northside, "step2_practitioner").text("/owed/")

    def test_somebody_elses_things_are_not_counted(self, world, therapist, amira):
        owing(amira, late=1, later=0)
        other = browser(world.northside, "step2_practitioner")
        assert "Nothing is waiting on you" in other.text("/")


class TestSinceYesterday:
    def other_side(self, amira):
        [episode] = [
            one for one in journey.episodes([amira.there], access=amira.keyworker) if one.service != amira.service.id
        ]
        return lives.other_side(amira, episode.id)

    def test_it_says_what_the_other_team_did(self, therapist, amira):
        there = self.other_side(amira)
        with clock.at(lives.NOW - lives.WEEK / 7):
            contacts.record(
                registration=there.registration,
                episode=there.episode,
                meeting=Meeting("review", clock.now() - lives.WEEK / 168, "telephone", 20),
                attendance="attended",
                by=there.practitioner,
            )
            plan.add_goal(registration=there.registration, words="To sleep", by=there.practitioner)
        said = therapist.text("/since-yesterday/")
        assert "Amira Khan: Review only" in said
        assert "Amira Khan: new goal" in said

    def test_what_is_older_is_not_there(self, therapist, amira):
        there = self.other_side(amira)
        with clock.at(lives.NOW - lives.WEEK / 7 * 2):
            plan.add_goal(registration=there.registration, words="To sleep", by=there.practitioner)
        assert "has written nothing about your people" in therapist.text("/since-yesterday/")

    def test_an_answer_is_news(self, world, therapist, amira):
        asked = consultation.ask(
            registration=amira.registration,
            answering_service=world.riverside.id,
            text="Is exposure safe?",
            by=amira.practitioner,
        )
        answerer = world.riverside.sign_in("keyworker")
        consultation.accept(consultation=asked, version=1, by=answerer)
        consultation.answer(consultation=asked, version=2, text="Yes.", recommendations=["Go slowly"], by=answerer)
        assert "Amira Khan: our question was answered" in therapist.text("/since-yesterday/")

    def test_the_first_page_brings_it_in_where_scripts_run_and_links_to_it_where_none_do(self, therapist, amira):
        page = therapist.get("/").content.decode()
        assert 'hx-get="/since-yesterday/"' in page
        assert '<a href="/since-yesterday/">' in page
        part = therapist.get("/since-yesterday/", headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part


@pytest.mark.parametrize(
    ("role", "purpose", "says"),
    [
        ("duty_worker", "direct_care", "What I owe"),
        ("team_lead", "direct_care", "What I owe"),
        ("administrator", "administration", "At the desk"),
        ("evaluator", "evaluation", "Open the evaluation"),
        ("privacy_lead", "legal", "Who looked from another service"),
    ],
)
def test_everybody_has_a_first_page_that_makes_sense(world, role, purpose, says):
    assert says in browser(world.northside, role, purpose).text("/")


def test_the_desk_sees_everybodys_appointments_of_today(world, amira):
    lives.planned(amira, lives.NOW + lives.WEEK / 84)
    desk = browser(world.northside, "administrator", "administration")
    said = desk.text("/")
    assert "17:00 Amira Khan" in said
    assert "PHQ-9" not in said
