"""An answer about self-harm is found again, with what came of it: on the measures page, the chart and its table."""

import re

import pytest

from alongside.contacts import actions as contacts
from alongside.contacts.rules import Meeting
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.measures import actions as measures
from alongside.measures.rules import Given
from alongside.people.rules import Correcting
from alongside.safety import actions as safety
from alongside.safety import queries
from alongside.safety.rules import Talk
from tests import lives
from tests.integration.web.visiting import browser, statements

SAID = "self-harm question answered with more than “not at all”"
RING = 'class="al-chart__harm"'
DAY = lives.WEEK / 7


def give(life, *, instrument="phq9", answers=(0, 0, 0, 0, 0, 0, 0, 0, 2), ago=DAY, **changes):
    """Answers given some days ago."""
    with clock.at(lives.NOW - ago):
        usual = {"registration": life.registration, "completed_at": clock.now(), "by": life.practitioner}
        return measures.record_response(instrument=instrument, answers=answers, **usual | changes)


def talked(life, outcome="talked_about", to=""):
    """A conversation about all that waits; the ids of what it closed."""
    waits = queries.open_prompts([life.registration], access=life.practitioner)
    for one in waits:
        safety.close(prompt=one.id, talk=Talk(outcome, to), by=life.practitioner)
    return [one.id for one in waits]


@pytest.fixture
def pages(life):
    return f"/people/{life.registration}/", f"/people/{life.registration}/measures/"


def html(client, path):
    return client.get(path).content.decode()


class TestWhatCameOfIt:
    @pytest.mark.parametrize(
        ("outcome", "to", "said"),
        [
            ("talked_about", "", "Talked about, and no more is needed now"),
            ("safety_plan_made", "", "Safety plan made or gone through"),
            ("escalated", "Crisis team, Jo Reed", "Escalated to somebody else: Crisis team, Jo Reed"),
        ],
    )
    def test_it_stands_below_the_measures(self, therapist, life, pages, outcome, to, said):
        give(life)
        [prompt] = talked(life, outcome, to)
        page = therapist.text(pages[1])
        closed = page[page.index("Answers about self-harm") :]
        assert said in closed
        assert "PHQ-9, answered Thu 5 March" in closed
        assert life.practitioner.name in closed
        assert f'href="/risk/{prompt}/"' in html(therapist, pages[1])

    def test_the_newest_stands_first(self, therapist, life, pages):
        give(life, ago=3 * DAY)
        first = talked(life)
        give(life, ago=DAY)
        second = talked(life)
        page = html(therapist, pages[1])
        listed = page[page.index('id="self-harm"') :]
        assert re.findall(r"/risk/(\w+)/", listed) == [*second, *first]

    def test_what_waits_is_said_above_the_measures_and_not_in_the_list(self, therapist, life, pages):
        give(life)
        page = html(therapist, pages[1])
        assert "An answer about self-harm is waiting for a conversation." in page
        assert page.index("is waiting for a conversation") < page.index('id="m-phq9"')
        assert 'id="self-harm"' not in page

    def test_nothing_is_said_where_nothing_was_answered(self, therapist, life, pages):
        give(life, answers=[1] * 8 + [0])
        for page in pages:
            assert "elf-harm" not in therapist.text(page)

    def test_the_persons_page_leads_there_once_there_is_something(self, therapist, life, pages):
        link = f'href="{pages[1]}#self-harm"'
        give(life)
        assert link not in html(therapist, pages[0])
        talked(life)
        assert link in html(therapist, pages[0])

    def test_what_was_a_slip_is_told_as_one(self, therapist, life, pages):
        response = give(life)
        talked(life)
        measures.correct_response(
            response=response, answers=[1] * 8 + [0], why=Correcting("A slip of the pen"), by=life.practitioner
        )
        page = therapist.text(pages[1])
        assert "the answer was put right since" in page[page.index("Answers about self-harm") :]
        assert SAID not in page

    def test_one_of_somebody_else_is_gone(self, therapist, life, pages):
        response = give(life)
        talked(life)
        measures.withdraw_wrong_person(record=response, why=Correcting("Somebody else's"), by=life.practitioner)
        for page in pages:
            assert "elf-harm" not in therapist.text(page)

    def test_nothing_is_green_and_nothing_a_level(self, therapist, life, pages):
        give(life)
        talked(life)
        page = html(therapist, pages[1])
        listed = page[page.index('id="self-harm"') :]
        assert "green" not in listed[: listed.index("</section>")]
        assert not re.search(r"\b(low|medium|moderate|high|severe) risk|risk (level|score)", page, re.IGNORECASE)

    def test_saving_says_where_it_stands(self, therapist, life):
        give(life)
        [prompt] = queries.open_prompts([life.registration], access=life.practitioner)
        answer = therapist.send(f"/risk/{prompt.id}/", risk_outcome="talked_about")
        assert "What came of it stands below their measures." in therapist.text(answer.url)


class TestTheRow:
    def row(self, therapist, pages):
        page = html(therapist, pages[1])
        return page[page.index("al-harm") : page.index("</tr>", page.index("al-harm"))]

    def test_it_says_so_and_leads_to_the_conversation_that_waits(self, therapist, life, pages):
        give(life)
        [prompt] = queries.open_prompts([life.registration], access=life.practitioner)
        row = self.row(therapist, pages)
        assert SAID in row
        assert f'href="/risk/{prompt.id}/">Talk with them about it' in row

    def test_it_leads_to_what_came_of_it(self, therapist, life, pages):
        give(life)
        [prompt] = talked(life)
        assert f'href="/risk/{prompt}/">What came of it' in self.row(therapist, pages)

    def test_a_paper_total_that_told_of_it_says_so(self, therapist, life, pages):
        give(life, answers=None, total=4, harm=True)
        assert SAID in self.row(therapist, pages)

    def test_a_screener_without_a_total_says_so(self, therapist, life, pages):
        give(life, instrument="c_ssrs", answers=[1, 0, "", "", "", 0, ""])
        [prompt] = talked(life)
        row = self.row(therapist, pages)
        assert "question about self-harm answered with “yes”" in row
        assert f'href="/risk/{prompt}/"' in row

    def test_every_other_row_says_nothing(self, therapist, life, pages):
        give(life, ago=3 * DAY)
        give(life, answers=[3] * 8 + [0], ago=DAY)
        assert therapist.text(pages[1]).count(SAID) == 1

    def test_a_better_total_beside_it_is_not_green(self, therapist, life, pages):
        give(life, answers=[3] * 8 + [0], ago=3 * DAY)
        give(life, answers=[0] * 8 + [1], ago=DAY)
        page = html(therapist, pages[1])
        assert "reliably better" in page
        assert "al-tag--green" not in page
        give(life, answers=[0] * 9, ago=DAY / 2)
        assert "al-tag--green" in html(therapist, pages[1])

    def test_at_its_contact_too(self, therapist, life):
        contact = contacts.record(
            registration=life.registration,
            episode=life.episode,
            meeting=Meeting("treatment", lives.NOW - DAY, "face_to_face", 50),
            attendance="attended",
            responses=[Given("phq9", total=4, harm=True)],
            talk=Talk("safety_plan_made"),
            by=life.practitioner,
        )
        assert SAID in therapist.text(f"/contacts/{contact}/")


class TestTheChart:
    def test_a_ring_is_drawn_round_it_and_explained(self, therapist, life, pages):
        give(life, ago=3 * DAY)
        give(life, answers=[1] * 8 + [0], ago=DAY)
        page = html(therapist, pages[0])
        assert page.count(RING) == 1
        picture = page[page.index('<svg class="al-chart"') : page.index("</svg>", page.index("al-chart"))]
        assert SAID in picture
        assert "1 time the self-harm question was answered with more than “not at all”" in picture
        assert "◎ self-harm question answered with more than “not at all”" in therapist.text(pages[0])

    def test_without_one_the_key_says_nothing_of_it(self, therapist, life, pages):
        give(life, answers=[1] * 8 + [0])
        assert RING not in html(therapist, pages[0])
        assert "◎" not in therapist.text(pages[0])

    def test_the_table_says_it_in_words(self, therapist, life, pages):
        give(life)
        page = therapist.text(pages[0])
        assert SAID in page[page.index("The same as a table") :]


class TestWhoMayKnow:
    """The other service knows of it as far as the person agreed, and no further."""

    @pytest.fixture
    def joint(self, world):
        return lives.joint(world, given_name="Amira", family_name="Khan")

    @pytest.fixture
    def less(self, world):
        """Somebody who agreed that the other team sees their scores, and nothing of safety."""
        shared = policy.bundles()["both_teams"].mask & ~policy.categories_mask("safety")
        return lives.joint(world, given_name="Amira", family_name="Khan", back=shared)

    def test_who_may_see_scores_alone_reads_nothing_of_the_conversation(self, world, less):
        give(less)
        talked(less, "escalated", "Crisis team")
        give(less)
        keyworker = browser(world.riverside, "keyworker")
        page = html(keyworker, f"/people/{less.there}/measures/")
        assert SAID in page  # the score is theirs to see with its flags
        for told in ("/risk/", "Crisis team", "waiting for a conversation", 'id="self-harm"'):
            assert told not in page
        assert "#self-harm" not in html(keyworker, f"/people/{less.there}/")

    def test_who_may_know_of_safety_reads_what_came_of_it(self, world, joint):
        give(joint)
        [prompt] = talked(joint, "safety_plan_made")
        keyworker = browser(world.riverside, "keyworker")
        page = keyworker.text(f"/people/{joint.there}/measures/")
        assert "Safety plan made or gone through" in page[page.index("Answers about self-harm") :]
        assert keyworker.get(f"/risk/{prompt}/").status_code == 200
        assert f"/people/{joint.there}/measures/#self-harm" in html(keyworker, f"/people/{joint.there}/")


@pytest.mark.parametrize("closed", [False, True])
def test_the_pages_stay_within_their_statements(therapist, world, closed):
    life = lives.seen(lives.joint(world, given_name="Amira", family_name="Khan"))
    paths = {f"/people/{life.registration}/": 16, f"/people/{life.registration}/measures/": 12}
    before = {path: len(statements(therapist, path)) for path in paths}
    give(life, ago=2 * DAY)
    if closed:
        talked(life)
        give(life)
    for path, most in paths.items():
        cost = statements(therapist, path)
        assert len(cost) <= most
        assert len(cost) == before[path]
