"""Who looked, who was told and what was sent, of one person: page, period, pages and file."""

import csv
import re
from datetime import timedelta

import pytest

from alongside.audit.models import Entry
from alongside.contacts import actions as contacts
from alongside.contacts.rules import Meeting
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.organisations import actions as organisations
from alongside.organisations.models import Practitioner
from alongside.safety.rules import Push, Withheld
from alongside.sharing import actions as sharing
from tests import factories, lives
from tests.integration.web.visiting import browser, cost

pytestmark = pytest.mark.django_db
NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def path(joint):
    return f"/people/{joint.riverside}/sharing/looked/"


def tell(joint):
    push = Push(
        "safeguarding", policy.categories_mask("safety"), "Alone", clock.now(), True, to_body="Desk", way="phone"
    )
    return sharing.disclose(registration=joint.riverside, push=push, by=joint.keyworker)


def rows(answer):
    return list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))


def test_a_look_from_another_service_says_who_when_what_and_why(joint, keyworker, path):
    browser(joint.world.northside, "therapist").get(f"/people/{joint.northside}/")
    said = keyworker.text(path)
    assert "Therapist" in said
    assert "Northside Talking Therapies" in said
    assert "Caring for the person" in said
    assert "they agreed on" in said
    assert f"policy {policy.edition()}" in said


def test_what_was_told_leads_to_it(joint, keyworker, path):
    made = tell(joint)
    page = keyworker.get(path).content.decode()
    assert f'href="/disclosures/{made}/"' in page
    assert "Told Desk without consent" in page


def test_the_sharing_page_leads_there(joint, keyworker, path):
    assert f'href="{path}"' in keyworker.get(f"/people/{joint.riverside}/sharing/").content.decode()


def test_the_privacy_lead_opens_it_and_the_desk_does_not(joint, path):
    assert browser(joint.world.riverside, "privacy_lead").get(path).status_code == 200
    assert browser(joint.world.riverside, "administrator").get(path).status_code == 403
    assert browser(joint.world.northside, "therapist").get(path).status_code == 200  # their own side of it


def test_each_side_sees_its_own_account(joint, path):
    """The address may be of either registration; the account is always of the reader's own service's."""
    keyworker = browser(joint.world.riverside, "keyworker")
    tell(joint)
    there = browser(joint.world.northside, "therapist").text(f"/people/{joint.northside}/sharing/looked/?of=told")
    assert "without consent" not in there.partition("What for, and why")[2]
    assert "without consent" in keyworker.text(path + "?of=told")


def test_a_time_without_anything_says_so(keyworker, path):
    asked = "?since-day=1&since-month=1&since-year=2020&until-day=2&until-month=1&until-year=2020"
    assert "Nothing in this time." in keyworker.text(path + asked)


@pytest.mark.parametrize("asked", ["?since-day=99&since-month=1&since-year=2020", "?of=nonsense", "?page=x"])
def test_an_address_that_asks_nonsense_says_so_and_gets_the_usual_time(joint, keyworker, path, asked):
    tell(joint)
    answer = keyworker.get(path + asked)
    assert answer.status_code == 200
    assert "Told Desk" in answer.content.decode()


def test_the_last_day_is_not_before_the_first(keyworker, path):
    asked = "?since-day=2&since-month=1&since-year=2020&until-day=1&until-month=1&until-year=2020"
    assert "This is before the first day" in keyworker.text(path + asked)


def test_pages_follow_each_other(joint, keyworker, path):
    for _number in range(60):
        tell(joint)
    first = keyworker.get(path + "?of=told").content.decode()
    assert first.count("Told Desk") == 50
    assert "of=told&amp;page=2" in first
    second = keyworker.get(path + "?of=told&page=2").content.decode()
    assert second.count("Told Desk") == 10
    assert "Older" not in second


def test_the_file_holds_the_same_and_is_in_the_ledger(joint, keyworker, path):
    tell(joint)
    answer = keyworker.get(path.removesuffix("/") + ".csv")
    found = rows(answer)
    assert found[0][:3] == ["When", "What", "Who"]
    assert any("Told Desk without consent" in row for row in found)
    assert NOTICE not in answer.content.decode()
    assert "Took it away in a file" in keyworker.text(path)


def test_what_is_withheld_is_not_in_what_the_person_is_given(joint, keyworker, path):
    """Nor is it told that something is: looking at it is looking, of kinds that they know of."""
    made = tell(joint)
    sharing.withhold(entry=made, said=Withheld("serious_harm", "He reads it"), by=joint.keyworker)
    keyworker.get(f"/disclosures/{made}/")
    page = keyworker.get(path).content.decode()
    assert "withheld from the person" in page
    assert '<tr class="al-not-printed">' in page
    file = keyworker.get(path.removesuffix("/") + ".csv").content.decode()
    for told in (page, file):
        assert "What would harm somebody" not in told
    assert "without consent" not in file
    assert "Looked" in file


def test_a_cell_never_runs_as_a_formula(joint, keyworker, path):
    Practitioner.objects.filter(pk=joint.keyworker.actor).update(name="=cmd()")
    tell(joint)
    assert "'=cmd()" in keyworker.get(path.removesuffix("/") + ".csv").content.decode()


class TestPart2:
    @pytest.fixture
    def joint(self):
        world = factories.partnership("us")
        made = factories.JointJourney(world)
        organisations.set_part2(service=world.riverside.id, part2=True, by=factories.SETTING_UP)
        return made

    def test_what_leaves_a_programme_in_a_file_has_the_notice(self, joint, keyworker, path):
        """P-17: of our own record, in the account and in the caseload."""
        for file in (path.removesuffix("/") + ".csv", "/caseload/caseload.csv"):
            found = rows(keyworker.get(file))
            assert found[-1][1] == NOTICE
            assert found[-1][0] == "Riverside Substance Use Service"

    def test_the_recipients_file_has_the_notice_and_the_scope(self, joint):
        meeting = Meeting("treatment", clock.now() + timedelta(days=1), "video", 50)
        one = {"registration": joint.riverside, "episode": joint.riverside_episode, "meeting": meeting}
        contacts.plan_contact(**one, by=joint.keyworker)
        answer = browser(joint.world.northside, "therapist").get("/caseload/caseload.csv")
        last = rows(answer)[-1]
        assert last[1] == NOTICE
        assert "Disclosed by Riverside Substance Use Service by consent, which covers: Name" in last[2]

    def test_the_page_says_what_a_person_may_ask_for(self, keyworker, path):
        said = keyworker.text(path)
        assert "42 CFR 2.25" in said
        assert "not enforced until" in said


def test_it_costs_the_same_for_a_long_list(joint, keyworker, path):
    tell(joint)
    few = cost(keyworker, path)
    for _number in range(20):
        tell(joint)
    assert cost(keyworker, path) == few <= 20


def test_the_day_is_that_of_the_place(joint, keyworker, path):
    """Half past midnight in London in summer is the evening before in UTC."""
    assert lives.NOW
    with clock.at(clock.now().replace(month=7, day=10, hour=23, minute=30)):
        made = tell(joint)
    with clock.at(clock.now().replace(month=7, day=11, hour=12) + timedelta()):
        asked = "?of=told&since-day=11&since-month=7&since-year=2026&until-day=11&until-month=7&until-year=2026"
        assert made in keyworker.get(path + asked).content.decode()


class TestRefused:
    """Who asks for somebody whom they may not see is told "not there", and the privacy lead sees that they asked."""

    @pytest.fixture
    def curious(self, joint):
        return browser(joint.world.northside, "step2_practitioner")

    def test_the_privacy_lead_sees_it_and_nobody_else(self, joint, keyworker, path, curious):
        assert curious.get(f"/people/{joint.riverside}/").status_code == 404
        lead = browser(joint.world.riverside, "privacy_lead")
        said = lead.text(path)
        assert "Asked for it and was refused" in said
        assert "Step2_Practitioner" in said
        assert "was refused" not in keyworker.text(path)

    def test_the_answer_is_that_of_nobody_at_all(self, joint, curious):
        there = curious.get(f"/people/{joint.riverside}/")
        nobody = curious.get(f"/people/reg_{'0' * 20}/")
        assert (there.status_code, there.headers.items()) == (nobody.status_code, nobody.headers.items())
        same = [_bare(there, joint.riverside), _bare(nobody, f"reg_{'0' * 20}")]
        assert same[0] == same[1]
        about = list(Entry.objects.filter(act="refused").order_by("pk").values_list("about", flat=True))
        assert [len(one) for one in about] == [1, 0]


def _bare(answer, registration):
    """A page without the id it was asked for and the token that every page makes anew."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode().replace(registration, "ID"))
