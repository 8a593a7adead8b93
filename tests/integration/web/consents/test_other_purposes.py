"""Consents for other purposes than care: each by itself, with all its elements, beside what stands for care."""

from datetime import date

import pytest

from alongside.access import queries as allowed
from alongside.consent import queries
from alongside.consent.models import Consent
from alongside.definitions import policy
from alongside.definitions.consents import every, for_themselves
from alongside.organisations import actions as organisations
from tests import factories
from tests.integration.web.own.signed_in import read_back
from tests.integration.web.visiting import browser, civil, cost, words

pytestmark = pytest.mark.django_db
SIGNED = {"given": "written", "told_no_is_fine": "on", "ends": "end_of_treatment", "told_take_back": "on"}
PASSED_ON = {"onward": "on", "told_passed_on": "on", "told_refusing": "on"}
BY_VOICE = {"given": "verbal", "witness": "Kim Worker", "told_no_is_fine": "on"}
MINIMUM = ["identity", "appointments"]


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def part2():
    made = factories.JointJourney(factories.partnership("us"))
    organisations.set_part2(service=made.world.riverside.id, part2=True, by=factories.SETTING_UP)
    return made


def at(joint, purpose=""):
    return f"/people/{joint.riverside}/sharing/purposes/" + (f"{purpose}/" if purpose else "")


def to(joint):
    return f"service:{joint.world.northside.id}"


def staff(joint):
    return browser(joint.world.riverside, "keyworker")


def signing(joint, purpose, **changes):
    said = SIGNED | (PASSED_ON if purpose == "payment" else {})
    kinds = {} if purpose == "counselling_notes" else {"kinds": MINIMUM}
    return {"recipient": to(joint)} | said | kinds | changes


def record(joint, purpose, **sent):
    """Read back, then saved."""
    client, path = staff(joint), at(joint, purpose)
    return client.send(path, follow=True, **sent, **read_back(client.send(path, **sent)))


def live(joint):
    found = queries.current(joint.riverside, access=joint.keyworker)
    return {(one.purpose, one.said.apart): one for one in found}


def kept(joint):
    return Consent.objects.filter(registration=joint.riverside).count()


class TestWhatIsOffered:
    @pytest.mark.parametrize("pack", ["uk", "us", "us_part2"])
    def test_the_purposes_of_the_services_country_and_no_others(self, pack):
        made = factories.JointJourney(factories.partnership(pack[:2]))
        organisations.set_part2(service=made.world.riverside.id, part2=pack == "us_part2", by=factories.SETTING_UP)
        page, client = staff(made).get(at(made)).content.decode(), staff(made)
        assert allowed.pack_of(made.world.riverside.id, access=made.keyworker) == pack
        for key in {one.key for one in every()}:
            there = key in for_themselves(pack)
            assert (at(made, key) in page) is there
            assert client.get(at(made, key)).status_code == (200 if there else 404)

    def test_a_purpose_of_no_law_is_not_there(self, joint):
        assert staff(joint).get(at(joint, "direct_care")).status_code == 404
        assert staff(joint).get(at(joint, "curiosity")).status_code == 404

    def test_it_says_where_no_page_opens_by_it(self, part2):
        page = words(staff(part2).get(at(part2)))
        research, _, notes = page.partition("Counselling notes that are kept apart")
        assert "No page opens by it today" in research
        assert "No page opens by it today" not in notes


class TestRecording:
    @pytest.mark.parametrize("purpose", list(for_themselves("us_part2")))
    def test_it_is_read_back_and_stands_beside_what_is_agreed_for_care(self, part2, purpose):
        before, sent = live(part2), signing(part2, purpose)
        read = words(staff(part2).send(at(part2, purpose), **sent))
        assert "Northside Talking Therapies may see, for this alone:" in read
        assert live(part2) == before
        assert "Saved, for this purpose alone." in words(record(part2, purpose, **sent))
        asked = for_themselves("us_part2")[purpose]
        apart = purpose == "counselling_notes"
        made = live(part2)[asked.purpose, apart]
        assert made.categories == (asked.mask or policy.categories_mask(*MINIMUM))
        assert {key: one for key, one in live(part2).items() if one.id != made.id} == before

    def test_a_newer_one_takes_the_place_of_the_older_for_that_purpose_alone(self, part2):
        for purpose in for_themselves("us_part2"):
            record(part2, purpose, **signing(part2, purpose))
        before = live(part2)
        record(part2, "research", **signing(part2, "research", kinds=["plan"]))
        after = live(part2)
        changed = [key for key in before if before[key] != after[key]]
        assert changed == [("research", False)]
        assert after["research", False].categories == policy.categories_mask("plan")

    def test_what_is_agreed_for_care_is_changed_without_them(self, part2):
        record(part2, "counselling_notes", **signing(part2, "counselling_notes"))
        record(part2, "payment", **signing(part2, "payment"))
        before = live(part2)
        client = staff(part2)
        agreed = {"recipient": part2.world.northside.id, "share": "appointments_and_safety"} | SIGNED | PASSED_ON
        path = f"/people/{part2.riverside}/sharing/agree/?with={part2.world.northside.id}"
        assert client.send(path, **agreed).status_code == 302
        after = live(part2)
        assert after["direct_care", False].categories == policy.bundles()["appointments_and_safety"].mask
        for key in (("direct_care", True), ("payment", False)):
            assert after[key] == before[key]

    def test_a_last_day_is_read_back(self, joint):
        sent = {"recipient": to(joint), "kinds": MINIMUM} | BY_VOICE | civil("expires", date(2099, 3, 1))
        page = words(staff(joint).send(at(joint, "research"), **sent))
        assert "It holds until 1 March 2099." in page
        record(joint, "research", **sent)
        assert "It holds until 1 March 2099." in " ".join(words(staff(joint).get(at(joint))).split())

    def test_what_was_changed_since_it_was_read_is_read_again(self, joint):
        client, path = staff(joint), at(joint, "research")
        sent = {"recipient": to(joint), "kinds": MINIMUM} | BY_VOICE
        read = read_back(client.send(path, **sent))
        page = words(client.send(path, **sent | {"kinds": ["plan"]}, **read))
        assert "They may see: The shared plan: goals and actions." in page
        assert ("research", False) not in live(joint)

    def test_a_page_drawn_before_it_changed_does_not_overwrite_it(self, joint):
        client, path = staff(joint), at(joint, "research")
        sent = {"recipient": to(joint), "kinds": MINIMUM} | BY_VOICE
        hidden, read = client.hidden(path, ""), read_back(client.send(path, **sent))
        record(joint, "research", **sent | {"kinds": ["plan"]})
        page = words(client.post(path, hidden | sent | read))
        assert "so nothing was saved" in page
        assert live(joint)["research", False].categories == policy.categories_mask("plan")


WRONG = [
    ("payment", {"recipient": ""}, "Answer “Who may see it?”"),
    ("payment", {"recipient": "service:ser_nobody"}, "Select a valid choice"),
    ("payment", {"recipient": "class:treating"}, "Select a valid choice"),
    ("payment", {"kinds": []}, "Answer “What may they see?”"),
    ("payment", {"given": "verbal", "witness": "Kim"}, "needs a signature, on paper or on a screen."),
    ("payment", {"ends": ""}, "Say when it ends: a day, the end of treatment, or never."),
    (
        "payment",
        {"ends": "never", "onward": ""},
        "Only a consent for treatment, payment and operations may have no end.",
    ),
    ("payment", {"told_take_back": ""}, "Tell the person how they can take it back in writing, then tick this."),
    ("payment", {"told_passed_on": ""}, "Tell the person that what is shared may be passed on, then tick this."),
    ("payment", {"told_refusing": ""}, "Tell the person what follows from saying no, then tick this."),
    ("payment", {"told_no_is_fine": ""}, "saying no does not affect"),
    ("payment", {"required_by": "A court"}, "Enter what they will be told"),
    ("research", {"ends": "never"}, "Choose one of the answers shown"),
    ("proceedings", {"ends": "date"}, "Enter the day on which it ends."),
    ("counselling_notes", {"signer": "representative", "signed_by": "A"}, "Enter what entitles them to decide"),
]


@pytest.mark.parametrize(("purpose", "wrong", "says"), WRONG)
def test_each_missing_element_is_named_and_nothing_is_half_stored(part2, purpose, wrong, says):
    before = kept(part2)
    sent = signing(part2, purpose) | wrong
    answer = staff(part2).send(at(part2, purpose), **sent)
    assert says in words(answer)
    assert read_back(answer) == {}
    assert kept(part2) == before


@pytest.mark.parametrize("purpose", ["research", "legal", "proceedings", "counselling_notes"])
def test_nothing_is_passed_on_that_is_not_for_payment(part2, purpose):
    record(part2, purpose, **signing(part2, purpose, **PASSED_ON))
    asked = for_themselves("us_part2")[purpose]
    assert not live(part2)[asked.purpose, purpose == "counselling_notes"].said.onward


class TestStopping:
    def test_it_ends_that_one_and_no_other(self, part2):
        for purpose in for_themselves("us_part2"):
            record(part2, purpose, **signing(part2, purpose))
        before = live(part2)
        gone = before["direct_care", True]
        answer = staff(part2).send(f"/people/{part2.riverside}/sharing/{gone.id}/end/", follow=True, **BY_VOICE)
        assert "Stopped, from this moment." in words(answer)
        assert live(part2) == {key: one for key, one in before.items() if one.id != gone.id}

    def test_what_is_agreed_for_care_is_not_stopped_here(self, joint):
        care = live(joint)["direct_care", False]
        path = f"/people/{joint.riverside}/sharing/{care.id}/end/"
        assert staff(joint).get(path).status_code == 404
        assert live(joint)["direct_care", False] == care


def test_the_history_says_what_it_was_for(part2):
    record(part2, "counselling_notes", **signing(part2, "counselling_notes"))
    page = words(staff(part2).get(f"/people/{part2.riverside}/sharing/"))
    assert "Counselling notes that are kept apart" in page.partition("Everything that was said")[2]


def test_it_costs_no_more_than_other_pages(joint):
    assert cost(staff(joint), at(joint)) <= 12
