"""A partnership whose records pass through a body in between: named in what is signed, and in who received what."""

import csv
import re
from datetime import timedelta

import pytest

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.audit.models import Entry
from alongside.caseload import actions as caseload
from alongside.consent.models import Consent
from alongside.consent.rules import Choice, Ends, Given, Told
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.organisations import actions as organisations
from alongside.organisations import queries as places
from alongside.organisations.models import Service
from alongside.post import queries as post
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.web.consents.drawn import drawn
from tests.integration.web.visiting import Browser, browser, civil, words

pytestmark = pytest.mark.django_db
BODY = "Valley Health Exchange"
ANEW = "What is agreed for a class of services has to be read and signed anew: it does not name"
SIGNED = {
    "recipient": "treating",
    "share": "both_teams",
    "given": "written",
    "told_no_is_fine": "on",
    "onward": "on",
    "ends": "end_of_treatment",
    "told_take_back": "on",
    "told_passed_on": "on",
    "told_refusing": "on",
}


@pytest.fixture
def joint(settings):
    settings.ADDRESS = "https://alongside.example"
    settings.DEMONSTRATION = True
    made = factories.JointJourney(email="amira@mail.example", email_is_safe=True)
    Service.objects.update(jurisdiction="us")
    organisations.set_part2(service=made.world.riverside.id, part2=True, by=factories.SETTING_UP)
    _through(made, BODY)
    return made


def _through(joint, name):
    organisations.set_intermediary(partnership=joint.world.id, name=name, by=factories.SETTING_UP)


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def path(joint):
    return f"/people/{joint.riverside}/sharing/agree/"


def kept():
    return list(Consent.objects.filter(recipient="class:treating", status="active").values_list("through", flat=True))


def looked(joint):
    browser(joint.world.northside, "therapist").get(f"/people/{joint.northside}/")


def account(client, joint, asked="?of=through"):
    return client.text(f"/people/{joint.riverside}/sharing/looked/{asked}").partition("What for, and why")[2]


def signed_in(registration, keyworker):
    """The person, in a sign-in of their own to the record at Riverside."""
    keyworker.send(f"/people/{registration}/sharing/sign-in/")
    caseload.send_messages(by=Access.system("tick"))
    [card] = [one for one in post.mailbox(access=Access.system("test")) if "A page of your own" in one.subject]
    address = re.search(r"https://alongside.example(/welcome/\S+)", card.text)[1]
    person = Browser()
    person.send(address, follow=True, **civil("born", factories.SOMEBODY.birth_date))
    person.send(f"{address}password/", follow=True, password="three quiet words")
    return person


class TestWhatIsSigned:
    def test_the_sentence_and_the_consent_name_it(self, joint, keyworker, path):
        read = words(keyworker.send(path, preview="1", **SIGNED))
        assert f"It reaches them through {BODY}." in read
        assert keyworker.send(path, **SIGNED).status_code == 302
        assert kept() == [BODY]
        assert f"It reaches them through {BODY}." in keyworker.text(f"/people/{joint.riverside}/sharing/")

    @pytest.mark.parametrize("through", ["", "Another Exchange"])
    def test_nothing_is_saved_that_does_not_name_it(self, joint, through):
        told = Told(take_back=True, passed_on=True, refusing=True)
        said = {"given": Given.WRITTEN, "told_no_is_fine": True, "told": told, "onward": True, "ends": Ends.NEVER}
        with pytest.raises(Invalid) as problem:
            sharing.agree(
                registration=joint.riverside,
                choice=Choice(Handle.of_class("treating"), 1, through=through, **said),
                by=joint.keyworker,
            )
        assert problem.value.field == "through"
        assert kept() == []

    def test_a_service_that_is_named_itself_needs_none(self, joint, keyworker, path):
        sent = SIGNED | {"recipient": joint.world.northside.id}
        assert BODY not in words(keyworker.send(path, preview="1", **sent))

    def test_what_was_read_before_it_changed_is_read_again(self, joint, keyworker, path):
        read = keyworker.post(path, keyworker.hidden(path) | SIGNED | {"preview": "1"}).content.decode()
        mark = read.partition('name="previewed" value="')[2].partition('"')[0]
        hidden = keyworker.hidden(path)
        _through(joint, "Hill Health Exchange")
        answer = keyworker.post(path, hidden | SIGNED | {"previewed": mark})
        assert "This is not what was previewed" in words(answer)
        assert kept() == []

    def test_what_does_not_name_the_one_of_now_is_said_to_be_signed_anew(self, joint, keyworker, path):
        sharing_page = f"/people/{joint.riverside}/sharing/"
        keyworker.send(path, **SIGNED)
        assert ANEW not in keyworker.text(sharing_page)
        _through(joint, "Hill Health Exchange")
        assert f"{ANEW} Hill Health Exchange" in keyworker.text(sharing_page)
        assert keyworker.send(f"{path}?with=treating", **SIGNED).status_code == 302
        assert ANEW not in keyworker.text(sharing_page)

    def test_elsewhere_nobody_is_told_of_it(self, joint, keyworker, path):
        organisations.set_part2(service=joint.world.riverside.id, part2=False, by=factories.SETTING_UP)
        sent = SIGNED | {"given": "written"}
        assert BODY not in words(keyworker.send(path, preview="1", **sent))

    def test_without_a_body_in_between_nothing_is_said_of_one(self, joint, keyworker, path):
        _through(joint, "")
        assert keyworker.send(path, **SIGNED).status_code == 302
        assert kept() == [""]


class TestWhoReceived:
    def test_it_names_who_received_when_and_what_and_nobody_else(self, joint, keyworker, path):
        keyworker.send(path, **SIGNED)
        looked(joint)
        found = account(keyworker, joint)
        assert "Northside Talking Therapies" in found
        assert f"through {BODY}" in found
        assert "they treat the person" not in found

    def test_what_was_open_by_another_consent_alone_is_not_among_it(self, joint, keyworker):
        looked(joint)
        assert "Northside Talking Therapies" not in account(keyworker, joint)
        assert "Northside Talking Therapies" in account(keyworker, joint, "")

    def test_it_goes_back_three_years(self, joint, keyworker, path):
        keyworker.send(path, **SIGNED)
        looked(joint)
        for days, there in [(1000, True), (1200, False)]:
            Entry.objects.filter(act="shown").update(at=clock.now() - timedelta(days=days))
            assert ("Northside Talking Therapies" in account(keyworker, joint)) is there

    def test_the_file_to_give_to_the_person_holds_the_same(self, joint, keyworker, path):
        keyworker.send(path, **SIGNED)
        looked(joint)
        answer = keyworker.get(f"/people/{joint.riverside}/sharing/looked.csv?of=through")
        rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
        received = [one for one in rows[1:] if len(one) > 4 and one[4] == "Northside Talking Therapies"]
        assert received
        assert all(f"through {BODY}" in one[7] for one in received)

    def test_the_person_reads_the_same_in_their_own_sign_in(self, joint, keyworker, path):
        keyworker.send(path, **SIGNED)
        looked(joint)
        person = signed_in(joint.riverside, keyworker)
        found = person.text("/own/who-looked/?of=through").partition("Why they might")[2]
        assert f"through {BODY}" in found

    def test_elsewhere_it_is_not_offered(self, joint, keyworker):
        organisations.set_part2(service=joint.world.riverside.id, part2=False, by=factories.SETTING_UP)
        assert "body in between" not in keyworker.text(f"/people/{joint.riverside}/sharing/looked/")


class TestSettingItUp:
    def test_it_is_on_the_ledger_and_at_every_service(self, joint):
        assert places.place(joint.world.northside.id, access=factories.SETTING_UP).intermediary == BODY
        entry = Entry.objects.filter(act="organisations.set_intermediary").latest("pk")
        assert (entry.subject, entry.detail) == (joint.world.id, {"name": BODY})

    def test_a_name_that_is_too_long_is_refused(self, joint):
        with pytest.raises(Invalid) as problem:
            _through(joint, "x" * 121)
        assert problem.value.field == "intermediary"


class TestInTheGrid:
    HOW = {
        name: SIGNED[name] for name in ("given", "told_no_is_fine", "told_take_back", "told_passed_on", "told_refusing")
    }

    def at(self, joint):
        return f"/people/{joint.riverside}/sharing/grid/"

    def test_what_is_changed_names_the_one_of_now(self, joint, keyworker, path):
        keyworker.send(path, **SIGNED)
        _through(joint, "Hill Health Exchange")
        sent = drawn(keyworker.get(self.at(joint))) | self.HOW | {"see_treating": ["plan"]}
        read = keyworker.post(self.at(joint), sent)
        assert "It reaches them through Hill Health Exchange." in words(read)
        assert keyworker.post(self.at(joint), drawn(read)).status_code == 302
        assert kept() == ["Hill Health Exchange"]

    def test_the_person_names_it_too(self, joint, keyworker, path):
        keyworker.send(path, **SIGNED)
        person = signed_in(joint.riverside, keyworker)
        sent = drawn(person.get("/own/sharing/grid/")) | self.HOW | {"see_treating": ["plan"], "signed_by": "Amira"}
        read = person.post("/own/sharing/grid/", sent)
        assert f"It reaches them through {BODY}." in words(read)
        assert person.post("/own/sharing/grid/", drawn(read)).status_code == 302
        assert kept() == [BODY]

    def test_what_does_not_say_when_it_ends_is_changed_elsewhere(self, joint, keyworker):
        """It was agreed before the service was a programme; the grid cannot ask for what is missing."""
        organisations.set_part2(service=joint.world.riverside.id, part2=False, by=factories.SETTING_UP)
        to = Handle.service(joint.world.northside.id)
        sharing.agree(registration=joint.riverside, choice=factories.choice(recipient=to), by=joint.keyworker)
        organisations.set_part2(service=joint.world.riverside.id, part2=True, by=factories.SETTING_UP)
        page = keyworker.get(self.at(joint))
        assert "Agree on their own page first" in words(page)
        assert f"see_{joint.world.northside.id}" not in drawn(page)
