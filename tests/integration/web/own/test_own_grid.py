"""Change the grid, in the person's own sign-in: what is ticked is read from the whole record, and signed by name."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.access.rules import Handle
from alongside.consent import queries
from alongside.consent.rules import Ends, Given, Told
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.organisations import actions as organisations
from alongside.organisations.models import Service
from alongside.people import actions as people
from alongside.people import queries as persons
from alongside.sharing import actions
from tests import factories
from tests.integration.web.consents.drawn import as_read, drawn
from tests.integration.web.own.test_asking_for_more import take_up
from tests.integration.web.visiting import browser, cost, words

pytestmark = pytest.mark.django_db
AT = "/own/sharing/grid/"
NAME = {"signed_by": "Jordan Reed"}


def mask(*kinds):
    return policy.categories_mask(*kinds)


@pytest.fixture(autouse=True)
def _address(settings):
    settings.ADDRESS, settings.DEMONSTRATION = "https://alongside.example", True


@pytest.fixture
def joint():
    made = factories.JointJourney(email="jordan@mail.example", email_is_safe=True)
    factories.safe_email(made.riverside, "jordan@mail.example")
    return made


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def person(joint, keyworker):
    return take_up(keyworker, joint.riverside)


@pytest.fixture
def north(joint):
    return Handle.service(joint.world.northside.id)


def field(handle):
    return f"see_{handle.partition(':')[2]}"


def care(joint):
    live = queries.current(joint.riverside, access=joint.keyworker)
    return {one.recipient: one for one in live if one.purpose == "direct_care"}


def test_they_read_it_sign_it_and_it_holds(joint, person, north):
    before = care(joint)
    answer = person.post(AT, drawn(person.get(AT)) | {field(north): ["plan", "medicines"]})
    assert "may see, to care for me: The shared plan: goals and actions; My medicines." in words(answer)
    assert "Sign and save" in words(answer)
    assert care(joint) == before
    after = person.post(AT, drawn(answer) | NAME, follow=True)
    assert "Saved for: Northside Talking Therapies." in words(after)
    said = care(joint)[north].said
    assert (said.categories, said.given, said.signed_by) == (mask("plan", "medicines"), Given.ELECTRONIC, "Jordan Reed")


def test_without_a_name_nothing_is_signed_and_what_was_read_stays(joint, person, north):
    before = care(joint)
    sent = as_read(person, AT, drawn(person.get(AT)) | {field(north): ["plan"]})
    answer = person.post(AT, sent)
    assert "Something needs putting right" in words(answer)
    assert "may see, to care for me: The shared plan: goals and actions." in words(answer)
    assert care(joint) == before


def test_what_was_ticked_after_it_was_read_is_read_again(joint, person, north):
    before = care(joint)
    sent = as_read(person, AT, drawn(person.get(AT)) | {field(north): ["plan"]}) | NAME
    assert "This is not what was previewed." in words(person.post(AT, sent | {field(north): ["plan", "team"]}))
    assert care(joint) == before


def test_what_staff_wrote_down_besides_is_carried(joint, person, north):
    told = {"required_by": "The county court", "reported": "Whether they came"}
    choice = factories.choice(mask("plan"), recipient=north, **told)
    actions.agree(registration=joint.riverside, choice=choice, by=joint.keyworker)
    sent = drawn(person.get(AT)) | {field(north): ["plan", "medicines"]}
    assert "county court" in words(person.post(AT, sent))
    person.post(AT, as_read(person, AT, sent) | NAME)
    assert care(joint)[north].said.required_by == "The county court"


def test_it_is_sent_twice_and_saved_once(joint, person, north):
    sent = as_read(person, AT, drawn(person.get(AT)) | {field(north): ["plan"]}) | NAME
    assert person.post(AT, sent).status_code == 302
    actions.stop(registration=joint.riverside, recipient=north, by=joint.keyworker)
    assert "This was already saved, once." in words(person.post(AT, sent, follow=True))
    assert north not in care(joint)


def test_what_staff_changed_meanwhile_is_told(joint, person, north):
    sent = as_read(person, AT, drawn(person.get(AT)) | {field(north): ["plan"]}) | NAME
    everybody = factories.choice(recipient=Handle.of_class("treating"))
    actions.agree(registration=joint.riverside, choice=everybody, by=joint.keyworker)
    assert "is not what this page was drawn from" in words(person.post(AT, sent))


def test_somebody_too_young_reads_who_decides(joint, person):
    today, by = clock.today(), joint.keyworker
    identity, version = persons.identity(joint.riverside, access=by)
    born = replace(identity, birth_date=date(today.year - 15, today.month, 1))
    people.correct_identity(registration=joint.riverside, identity=born, version=version, by=by)
    assert "You are under 16." in person.text(AT)
    assert 'name="see_' not in person.get(AT).content.decode()


def test_the_glance_and_the_form_for_one_recipient_lead_to_it(person):
    for page in ("glance/", "choose/", ""):
        assert AT in person.get(f"/own/sharing/{page}").content.decode()


def test_it_costs_no_more_than_other_pages(person):
    assert cost(person, AT) <= 20


class TestUnder42CFRPart2:
    @pytest.fixture(autouse=True)
    def _programme(self, joint):
        riverside = joint.world.riverside.id
        Service.objects.filter(pk=riverside).update(jurisdiction="us")
        organisations.set_part2(service=riverside, part2=True, by=factories.SETTING_UP)

    def test_what_was_never_agreed_is_agreed_on_its_own_page_first(self, joint, person, keyworker, north):
        actions.stop(registration=joint.riverside, recipient=north, by=joint.keyworker)
        for client, at in ((person, AT), (keyworker, f"/people/{joint.riverside}/sharing/grid/")):
            page = client.get(at).content.decode()
            assert "Agree on their own page first" in words(client.get(at))
            assert f'name="{field(north)}"' not in page

    def test_its_end_and_passing_on_are_carried_and_what_was_told_is_said_anew(self, joint, person, north):
        said = {"given": Given.WRITTEN, "ends": Ends.NEVER, "onward": True, "told": Told(True, True, True)}
        choice = factories.choice(mask("plan"), recipient=north, **said)
        actions.agree(registration=joint.riverside, choice=choice, by=joint.keyworker)
        sent = as_read(person, AT, drawn(person.get(AT)) | {field(north): ["plan", "medicines"]}) | NAME
        assert "then tick this" in words(person.post(AT, sent))
        told = dict.fromkeys(("told_take_back", "told_passed_on", "told_refusing"), "on")
        assert person.post(AT, sent | told).status_code == 302
        made = care(joint)[north].said
        assert (made.categories, made.ends, made.onward) == (mask("plan", "medicines"), Ends.NEVER, True)
