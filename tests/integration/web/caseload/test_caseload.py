"""The caseload: who is on it, in which order and why, and the same as a file."""

import csv
import io
import re

import pytest

from alongside.audit import queries as ledger
from alongside.contacts import actions as contacts
from alongside.contacts.rules import Meeting
from alongside.journey import actions as journey_actions
from alongside.journey import queries as journey
from alongside.kernel import clock
from alongside.measures import actions as measures
from alongside.safety import actions as safety
from alongside.safety import queries as prompts
from alongside.safety.rules import Talk
from tests import lives
from tests.integration.web.visiting import browser, statements, words


@pytest.fixture
def better(world):
    life = lives.seen(lives.joint(world, given_name="Amira", family_name="Khan"))
    lives.planned(life, lives.NOW + lives.WEEK)
    return life


@pytest.fixture
def worse(world):
    life = lives.treated(world.northside, given_name="Jo", family_name="Brandt", start=lives.NOW - 5 * lives.WEEK)
    return lives.seen(life, phq9=(10, 14, 19), gad7=(8, 9, 14), days=(0, 2, 3), start=lives.NOW - 4 * lives.WEEK)


@pytest.fixture
def new(world):
    return lives.treated(world.northside, given_name="Li", family_name="Wei", start=lives.NOW - lives.WEEK)


def order(page, *names):
    return sorted(names, key=page.index)


def test_it_says_how_each_person_does_in_both_measures_and_use(therapist, better):
    said = therapist.text("/caseload/")
    for part in ("Amira Khan", "joint journey", "19 → 11", "reliably better", "15 → 8", "24 → 8", "fewer days"):
        assert part in said
    assert "next Fri 13 March" in said


def test_whoever_gets_worse_stands_first_and_says_why(therapist, better, worse, new):
    said = therapist.text("/caseload/")
    assert order(said, "Amira Khan", "Jo Brandt", "Li Wei") == ["Jo Brandt", "Li Wei", "Amira Khan"]
    assert "Scores reliably worse than at the start" in said
    assert "Using on more days than at the start" in said
    assert "Not seen yet" in said


def test_whom_only_the_other_service_has_seen_is_not_seen_yet(world, therapist):
    """The keyworker has seen them for years; whoever took them on today has not."""
    life = lives.joint(world, given_name="Amira", family_name="Khan")
    stay = journey.open_episode(life.there, access=life.keyworker).id
    lives.seen(lives.other_side(life, stay))
    assert "Not seen yet" in therapist.text("/caseload/")
    lives.seen(life, phq9=(19,), gad7=(15,), days=(24,), start=lives.NOW - lives.WEEK)
    assert "Not seen yet" not in therapist.text("/caseload/")


class TestFiguresThatNobodyChecked:
    """Reliable change of the SPIN is from memory, and that of PHQ-9 and GAD-7 was seen."""

    BENEATH = "* by a figure not yet checked against its source"

    @pytest.fixture
    def shy(self, world):
        life = lives.treated(world.northside, given_name="Ana", family_name="Reis", start=lives.NOW - 5 * lives.WEEK)
        lives.seen(life, phq9=(14, 13, 13), gad7=(9, 9, 9), days=(0, 0, 0), start=lives.NOW - 4 * lives.WEEK)
        journey_actions.record_problem(episode=life.episode, code="F401", by=life.practitioner)
        for weeks, total in ((4, 30), (1, 45)):
            with clock.at(lives.NOW - weeks * lives.WEEK):
                measures.record_response(
                    registration=life.registration,
                    instrument="spin",
                    total=total,
                    completed_at=clock.now(),
                    by=life.practitioner,
                )
        return life

    def test_a_change_by_one_has_a_sign_and_the_reason_says_it(self, therapist, shy):
        said = therapist.text("/caseload/")
        assert "SPIN 30 → 45 reliably worse*" in said
        assert "no reliable change*" not in said
        assert "Scores reliably worse than at the start, by a figure not yet checked" in said
        assert self.BENEATH in said

    def test_the_file_says_it_in_words(self, therapist, shy):
        [row] = csv.DictReader(io.StringIO(therapist.get("/caseload/caseload.csv").content.decode("utf-8-sig")))
        assert row["Anxiety change"] == "reliably worse (by a figure not yet checked against its source)"
        assert row["PHQ-9 change"] == "no reliable change"

    def test_a_change_by_checked_ones_has_none(self, therapist, worse):
        said = therapist.text("/caseload/")
        assert "reliably worse*" not in said
        assert "not yet checked" not in said


class TestAnswersAboutSelfHarm:
    """Safety first: whoever waits for that conversation stands above everybody, whatever their total is (T-08)."""

    @pytest.fixture
    def waits(self, therapist, new):
        with clock.at(lives.NOW - lives.WEEK / 7):
            return answered(new, 1)

    def test_whoever_waits_for_a_conversation_stands_first(self, therapist, better, worse, waits):
        said = therapist.text("/caseload/")
        assert order(said, "Amira Khan", "Jo Brandt", "Li Wei") == ["Li Wei", "Jo Brandt", "Amira Khan"]
        assert said.count("An answer about self-harm waits for a conversation") == 1

    def test_the_reason_leads_to_what_has_waited_longest(self, therapist, new, waits):
        answered(new, 3)
        page = therapist.get("/caseload/").content.decode()
        assert f'<a href="/risk/{waits}/">An answer about self-harm waits for a conversation</a>' in page
        assert page.count("/risk/") == 1

    def test_whoever_talked_about_it_waits_no_longer(self, therapist, new, waits):
        safety.close(prompt=waits, talk=Talk("talked_about"), by=new.practitioner)
        assert "self-harm" not in therapist.text("/caseload/")

    def test_the_file_says_so_too(self, therapist, waits):
        [row] = csv.DictReader(io.StringIO(therapist.get("/caseload/caseload.csv").content.decode("utf-8-sig")))
        assert row["Why look first"].startswith("An answer about self-harm waits for a conversation; ")

    def test_it_takes_no_statement_more(self, therapist, better, new):
        before = statements(therapist, "/caseload/")
        answered(new, 1)
        assert len(statements(therapist, "/caseload/")) == len(before)

    @pytest.mark.parametrize("talked", [False, True])
    def test_a_better_total_beside_it_is_not_green(self, therapist, better, talked):
        assert "al-cell__more--green" in mood_of(therapist)
        prompt = answered(better, 1)
        if talked:
            safety.close(prompt=prompt, talk=Talk("talked_about"), by=better.practitioner)
        assert "reliably better" in mood_of(therapist)
        assert "al-cell__more--green" not in mood_of(therapist)

    def test_the_next_answers_without_it_are_green_again(self, therapist, better):
        safety.close(prompt=answered(better, 1), talk=Talk("talked_about"), by=better.practitioner)
        with clock.at(lives.NOW + lives.WEEK / 84):
            answered(better, 0, open_prompt=False)
            assert "al-cell__more--green" in mood_of(therapist)

    def test_the_other_services_caseload_says_it_of_its_own_prompts_alone(self, world, better):
        answered(better, 2)
        said = browser(world.riverside, "keyworker").text("/caseload/")
        assert "Amira Khan" in said
        assert "self-harm" not in said


class TestTheProblemsOwnMeasure:
    """Which measure of anxiety stands there, as X43 and X44 have it."""

    def test_without_a_problem_that_has_one_it_is_gad7(self, therapist, better):
        twice(better, "cfq11", 11, 5)
        said = therapist.text("/caseload/")
        assert "15 → 8" in said
        assert "CFQ-11" not in said

    def test_a_problems_own_takes_its_place_once_it_was_taken_twice(self, therapist, better):
        journey_actions.record_problem(episode=better.episode, code="F401", by=better.practitioner)
        assert "15 → 8" in therapist.text("/caseload/")
        twice(better, "spin", 40, 22)
        assert "SPIN 40 → 22" in therapist.text("/caseload/")

    def test_of_two_problems_the_later_one_counts(self, therapist, better):
        for code, hour in (("F401", 3), ("F431", 2)):
            at = lives.NOW - lives.WEEK / 7 / 24 * hour - lives.WEEK * hour
            journey_actions.record_problem(episode=better.episode, code=code, on=at, by=better.practitioner)
        twice(better, "spin", 40, 22)
        assert "15 → 8" in therapist.text("/caseload/")
        twice(better, "pcl5", 50, 30)
        assert "PCL-5 50 → 30" in therapist.text("/caseload/")


def twice(life, instrument, *totals):
    """The instrument with these totals, a week apart."""
    for weeks, total in zip((2, 1), totals, strict=True):
        measures.record_response(
            registration=life.registration,
            episode=life.episode,
            instrument=instrument,
            total=total,
            completed_at=lives.NOW - weeks * lives.WEEK,
            by=life.practitioner,
        )


def mood_of(visitor):
    """The cell of PHQ-9 of the one person who is there."""
    [row] = re.findall("<tbody>(.*?)</tbody>", visitor.get("/caseload/").content.decode(), flags=re.DOTALL)
    return next(cell for cell in row.split("<td") if "reliably better" in cell)


def answered(life, item9, *, open_prompt=True):
    """PHQ-9 from a phone, with a low total; the newest prompt that is open."""
    measures.record_response(
        registration=life.registration,
        instrument="phq9",
        answers=[0] * 8 + [item9],
        completed_at=clock.now(),
        entered_by="person",
        by=life.practitioner,
    )
    return prompts.open_prompts([life.registration], access=life.practitioner)[-1].id if open_prompt else ""


def test_a_missed_contact_says_who_calls(therapist, better):
    contacts.record(
        registration=better.registration,
        episode=better.episode,
        meeting=Meeting("treatment", lives.NOW - lives.WEEK / 84, "video", 50),
        attendance="did_not_attend",
        by=better.practitioner,
    )
    said = therapist.text("/caseload/")
    assert "Missed the last contact" in said
    assert "you : Call after a missed contact" in said


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?sort=person", ["Jo Brandt", "Amira Khan", "Li Wei"]),
        ("?sort=person&down=1", ["Li Wei", "Amira Khan", "Jo Brandt"]),
        ("?sort=phq9&down=1", ["Jo Brandt", "Amira Khan", "Li Wei"]),
        ("?sort=weeks", ["Li Wei", "Jo Brandt", "Amira Khan"]),
        ("?sort=next", ["Amira Khan", "Jo Brandt", "Li Wei"]),
        ("?sort=nonsense&down=maybe&page=-1", ["Jo Brandt", "Li Wei", "Amira Khan"]),
    ],
)
def test_it_sorts_by_what_its_headings_say(therapist, better, worse, new, query, expected):
    said = therapist.text(f"/caseload/{query}")
    assert order(said, *expected) == expected


def test_a_heading_says_how_it_is_sorted(therapist, better):
    assert 'aria-sort="descending"' in therapist.get("/caseload/?sort=phq9&down=1").content.decode()


def test_the_filter_leaves_whoever_has_it_in_their_name(therapist, better, worse):
    said = words(therapist.send("/caseload/", q="KHA", follow=True))
    assert "Amira Khan" in said
    assert "Jo Brandt" not in said
    assert "1 of 2 people" in said
    assert "Nobody here has that in their name" in words(therapist.send("/caseload/", q="zzz", follow=True))


def test_what_was_typed_to_filter_by_stands_in_no_address(therapist, better, worse):
    page = therapist.send("/caseload/?sort=weeks", q="Kha", sort="weeks", follow=True)
    assert [one for one, _status in page.redirect_chain] == ["/caseload/?only=1&sort=weeks"]
    assert "kha" not in " ".join(re.findall(r'(?:href|action)="([^"]*)"', page.content.decode())).casefold()
    assert "1 of 2 people" in therapist.text("/caseload/?only=1&sort=person")
    assert "2 of 2 people" in therapist.text("/caseload/")
    assert "2 of 2 people" in therapist.text("/caseload/?q=Kha")


def test_a_team_lead_sees_their_own_or_their_teams(world, better):
    lead = browser(world.northside, "team_lead")
    assert "Look at your team's caseload" in lead.text("/caseload/")
    said = lead.text("/caseload/?whose=team")
    assert "Amira Khan" in said
    assert world.northside.sign_in("therapist").name in said


def test_a_therapist_cannot_ask_for_the_teams(world, better):
    other = browser(world.northside, "step2_practitioner")
    assert "Amira Khan" not in other.text("/caseload/?whose=team")


@pytest.mark.parametrize("path", ["/caseload/", "/caseload/caseload.csv"])
@pytest.mark.parametrize(("role", "purpose"), [("administrator", "administration"), ("evaluator", "evaluation")])
def test_it_is_not_for_the_desk_or_the_evaluator(world, path, role, purpose):
    assert browser(world.northside, role, purpose).get(path).status_code == 403


class TestTheFile:
    def rows(self, therapist, query=""):
        answer = therapist.get(f"/caseload/caseload.csv{query}")
        assert answer.headers["Content-Type"].startswith("text/csv")
        assert "caseload-2026-03-06.csv" in answer.headers["Content-Disposition"]
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    def test_it_holds_what_the_page_holds(self, therapist, better, worse):
        therapist.send("/caseload/", q="khan")
        rows = self.rows(therapist, "?only=1")
        assert [(row["Person"], row["PHQ-9"], row["PHQ-9 change"]) for row in rows] == [
            ("Amira Khan", "19 → 11", "reliably better")
        ]
        assert rows[0]["Days used in 28"] == "24 → 8"

    def test_taking_it_is_in_the_ledger_for_each_person(self, therapist, better, worse):
        self.rows(therapist)
        for life in (better, worse):
            assert "shown" in [one.act for one in ledger.about(life.registration)]

    @pytest.mark.parametrize("start", ["=", "+", "-", "@"])
    def test_a_name_is_never_a_formula(self, world, therapist, start):
        lives.treated(world.northside, given_name=f"{start}cmd", family_name="Reed")
        assert self.rows(therapist)[0]["Person"].startswith(f"'{start}")
