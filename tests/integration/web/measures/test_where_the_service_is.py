"""Cut-offs, wordings and whom to ring are those of where the service is: here, in the United States."""

import re

import pytest

from alongside.access.context import Access
from alongside.kernel import clock
from alongside.measures import actions
from tests import factories, lives
from tests.integration.web.visiting import Browser, browser, civil, words

BORN = civil("born", factories.SOMEBODY.birth_date)
TODAY = civil("date", lives.NOW.date())
SAFE = {"email": "amira@example.org", "email_is_safe": True}


@pytest.fixture(autouse=True)
def _demonstration(settings):
    settings.DEMONSTRATION = True
    settings.ADDRESS = "https://questions.example.org"


@pytest.fixture
def world(db):
    with clock.at(lives.NOW - 20 * lives.WEEK):
        made = factories.partnership("us")
        made.northside.sign_in("therapist")
        made.riverside.sign_in("keyworker")
        return made


@pytest.fixture
def life(world):
    return lives.seen(lives.treated(world.northside, given_name="Amira", family_name="Khan", sex="female", **SAFE))


def test_leaving_in_a_hurry_goes_where_everybody_there_looks(client, world):
    assert client.get("/start/leave/").url == "https://www.weather.gov/"


@pytest.fixture
def therapist(world):
    return browser(world.northside, "therapist")


@pytest.fixture
def path(life):
    return f"/people/{life.registration}/"


def record(life, key, total):
    actions.record_response(
        registration=life.registration,
        instrument=key,
        total=total,
        harm=False,
        completed_at=clock.now(),
        by=life.practitioner,
    )


def cutoffs(client, path):
    """The cut-off of each lane of the chart, by its name."""
    lanes = client.get(path).content.decode().split('<g class="al-chart__lane')[1:]
    names = [re.search(r"<text[^>]*>(.*?) <tspan", lane)[1] for lane in lanes]
    return {name: re.findall(r"<title>Cut-off (.*?)</title>", lane) for name, lane in zip(names, lanes, strict=True)}


class TestCutoffs:
    def test_the_measures_page_names_that_of_the_country(self, therapist, life, path):
        record(life, "spin", 30)
        said = therapist.text(f"{path}measures/")
        assert "cut-off 10 or more, not yet checked against its source; reliable change 4" in said  # GAD-7
        assert "cut-off: above 9; reliable change 6" in said  # PHQ-9
        assert "cut-off 8 or more" not in said
        assert "cut-off 19 or more" not in said  # SPIN's is Talking Therapies' alone

    @pytest.mark.parametrize(("sex", "found"), [("female", ["3"]), ("male", ["4"]), ("unknown", [])])
    def test_the_chart_draws_it_for_the_sex_where_it_is_known(self, world, therapist, sex, found):
        life = lives.seen(lives.treated(world.northside, sex=sex))
        record(life, "audit_c", 4)
        record(life, "spin", 30)
        drawn = cutoffs(therapist, f"/people/{life.registration}/")
        assert {key: drawn[key] for key in ("PHQ-9", "GAD-7", "AUDIT-C", "SPIN")} == {
            "PHQ-9": ["9"],
            "GAD-7": ["10*"],  # nobody has checked that one
            "AUDIT-C": found,
            "SPIN": [],
        }

    def test_screening_is_held_against_it(self, therapist, life, path):
        record(life, "audit_c", 3)
        assert "AUDIT-C 3 reaches its cut-off" in therapist.text(f"{path}screening/")

    def test_and_below_it_suggests_no(self, world):
        keyworker = browser(world.riverside, "keyworker")
        life = lives.treated(world.riverside, "keyworker", given_name="Amira")
        record(life, "gad7", 9)
        assert "GAD-7 9 is below its cut-off" in keyworker.text(f"/people/{life.registration}/screening/")


class TestWordings:
    @pytest.mark.parametrize("page", ["measures/enter/audit_c/", "measures/record/", "contacts/record/"])
    def test_staff_read_the_edition_of_the_country(self, therapist, path, page):
        said = therapist.text(path + page)
        assert "How many standard drinks containing alcohol" in said
        assert "units of alcohol do you drink" not in said

    def test_what_is_entered_is_worth_what_it_is_worth_there(self, therapist, path):
        answers = {f"audit_c_item{number}": "3" for number in (1, 2, 3)}
        answer = therapist.send(f"{path}measures/enter/audit_c/", **TODAY, **answers)
        assert "Saved: AUDIT-C 9." in therapist.text(answer.url)  # no bands are drawn there

    def test_what_has_words_there_may_be_asked_there(self, therapist, path):
        assert 'value="bam"' in therapist.get(f"{path}measures/ask/").content.decode()


class TestALink:
    @pytest.fixture
    def link(self, life):
        ask = actions.ask(
            registration=life.registration, instruments=["audit_c", "phq9"], channel="email", by=life.practitioner
        )
        return f"/answer/{actions.link(asked=ask, by=Access.system('tick')).token}/"

    @pytest.fixture
    def visitor(self, link):
        visitor = Browser()
        assert visitor.send(link, **BORN).status_code == 302
        return visitor

    def test_the_person_reads_the_edition_of_the_service_that_asked(self, visitor, link):
        assert "How many standard drinks containing alcohol" in visitor.text(f"{link}2/")

    def test_whom_to_ring_is_there(self, visitor, link):
        page = visitor.get(f"{link}1/").content.decode()
        assert re.findall(r'href="tel:(\d+)"', page) == ["911", "988"]

    def test_before_it_opens_a_good_link_and_a_wrong_one_have_the_same_numbers(self, visitor, link):
        factories.partnership()
        pages = {Browser().text(path) for path in (link, "/answer/nonsense/")}
        assert len(pages) == 1
        assert re.search("In the United Kingdom: +999 .* In the United States: +911", pages.pop())

    def test_and_so_to_the_end(self, visitor, link, life):
        for place, answer in enumerate(["4", "4", "4", *["1"] * 9], 1):
            assert visitor.send(f"{link}{place}/", answer=answer).status_code == 302
        said = words(visitor.send(f"{link}check/", follow=True))
        assert "988 Suicide & Crisis Lifeline" in said
        assert "999" not in said
        staff = browser(life.service, "therapist")
        page = staff.get(f"/people/{life.registration}/").content.decode()
        assert "988 Suicide & Crisis Lifeline" in staff.text(re.search(r'href="(/risk/[^"]+)"', page)[1])
        assert "AUDIT-C 12" in staff.text(f"/people/{life.registration}/measures/").replace(" · ", " ")


def test_an_emergency_is_rung_for_as_there(therapist, life, path):
    record(life, "audit", 24)
    for page in ("", "measures/"):
        said = therapist.text(path + page)
        assert "is an emergency: call 911." in said
        assert "999" not in said
    said = therapist.text(f"{path}measures/")
    assert "refer for a specialist assessment" in said
    assert "gov.uk" not in said  # advice of the United Kingdom is not given there
