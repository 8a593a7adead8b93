"""Telling without consent, withholding, and the account of both, on the pages."""

from datetime import timedelta

import pytest

from alongside.access.rules import Effect, Handle
from alongside.contacts import actions as contacts
from alongside.contacts.rules import Meeting
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.ids import new_id
from alongside.organisations import actions as organisations
from alongside.safety.models import DisclosureWithoutConsent, ReceivedDisclosure, Withholding
from alongside.safety.rules import Push, Withheld
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.web.visiting import browser, cost, words

pytestmark = pytest.mark.django_db
TOLD = "The children were alone last night."
OUTSIDE = {
    "basis": "safeguarding",
    "shared": TOLD,
    "kinds": ["identity", "safety"],
    "to": "outside",
    "to_body": "Children's services, duty desk",
    "way": "phone",
    "at-day": "6",
    "at-month": "3",
    "at-year": "2026",
    "time": "14:30",
    "told": "no",
    "not_told": "She would leave with them.",
}


@pytest.fixture
def path(life):
    return f"/people/{life.registration}/disclose/"


@pytest.fixture
def told(life):
    push = Push(
        "safeguarding",
        policy.categories_mask("identity", "safety"),
        TOLD,
        clock.now(),
        True,
        to_body="Duty desk",
        way="phone",
    )

    def make(**more):
        return sharing.disclose(registration=life.registration, push=push, by=life.practitioner, **more)

    return make


def test_it_is_recorded_and_found_again(therapist, life, path):
    assert "Something told without their consent" in therapist.text(f"/people/{life.registration}/")
    answer = therapist.send(path, **OUTSIDE)
    assert answer.status_code == 302
    said = therapist.text(answer.url)
    for part in (TOLD, "Children's services, duty desk", "By telephone", "To safeguard a child", "She would leave"):
        assert part in said
    assert "Children's services, duty desk : To safeguard" in therapist.text(f"/people/{life.registration}/sharing/")


def test_who_decided_is_chosen_and_said_wherever_it_is_told(world, therapist, life, path):
    lead = world.northside.sign_in("privacy_lead")
    mine = therapist.text(therapist.send(path, **OUTSIDE).url)
    me = life.practitioner.name
    assert f"Decided by {me}" in mine
    answer = therapist.send(path, **OUTSIDE, decided_by=lead.actor)
    said = therapist.text(answer.url)
    assert f"Decided by {lead.name}" in said
    assert f"Written by {me}" in said
    account = f"Told Children's services, duty desk without consent; {lead.name} decided"
    assert account in therapist.text(f"/people/{life.registration}/sharing/looked/")
    assert lead.name in therapist.text(f"/people/{life.registration}/sharing/")


def test_the_form_offers_who_decided_the_reader_first(world, therapist, path):
    lead = world.northside.sign_in("privacy_lead")
    keyworker = world.riverside.sign_in("keyworker")
    said = therapist.text(path)
    assert lead.name in said.partition("Who decided to tell it?")[2]
    assert keyworker.name not in said


def test_the_form_names_the_source_and_that_nobody_checked_it(therapist, path):
    said = therapist.text(path)
    assert "Data Protection Act 2018, Schedule 1, paragraph 18" in said
    assert "not checked against the text" in said
    assert "Which papers do you have?" not in said  # the rule of another country


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"basis": "court"}, "Say which order or which law it is."),
        ({"to_body": ""}, "Say to whom"),
        ({"way": ""}, "Say how it was given."),
        ({"not_told": ""}, "Say why the person was not told."),
        ({"at-day": "5", "at-month": "4"}, "must be today or"),
        ({"time": "15:59"}, "This is in the future. Record it once it was given."),
        ({"withhold": "serious_harm"}, "Write what would happen if they read it"),
        ({"kinds": []}, "kinds of information"),
        ({"kinds": ["counselling_notes"]}, "Choose from the answers shown"),
        ({"to": "svc_nobody"}, "Choose one of the answers shown"),
        ({"decided_by": "pra_nobody"}, "Choose one of the answers shown"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_it_and_nothing_is_kept(therapist, path, changes, said):
    answer = therapist.send(path, **OUTSIDE | changes)
    assert answer.status_code == 200
    assert said in words(answer)
    assert TOLD in answer.content.decode()  # what was written stays
    assert not DisclosureWithoutConsent.objects.exists()


def test_a_double_click_is_told_once(therapist, path):
    entered = therapist.hidden(path) | OUTSIDE
    therapist.post(path, entered)
    assert "This was already saved, once." in words(therapist.post(path, entered, follow=True))
    assert DisclosureWithoutConsent.objects.count() == 1


def test_a_partner_reads_it_and_says_so(world, therapist, life, path):
    answer = therapist.send(path, **OUTSIDE | {"to": world.riverside.id})
    assert "A copy in their own record" in therapist.text(answer.url)
    keyworker = browser(world.riverside, "keyworker")
    assert "Read what another service told you" in keyworker.text("/owed/")
    row = ReceivedDisclosure.objects.get()
    page = f"/received/{row.pk}/"
    assert TOLD in keyworker.text(page)
    assert keyworker.send(page).status_code == 302
    assert "Somebody of your service has read this." in keyworker.text(page)
    assert "Read what another service told you" not in keyworker.text("/owed/")
    assert therapist.get(page).status_code == 404
    assert "What other services told us" in keyworker.text(f"/people/{row.registration_id}/sharing/")


def test_no_page_tells_whom_it_is_closed_to_by_name_that_there_is_something(world, therapist, life, path):
    """Neither what they owe, nor the person's page, nor the way to it: what is not open to them is not announced."""
    barred, colleague = world.riverside.sign_in("prescriber"), browser(world.riverside, "keyworker")
    refused = factories.choice(policy.all_categories(), recipient=Handle.practitioner(barred.actor), effect=Effect.DENY)
    sharing.refuse(registration=life.registration, choice=refused, by=life.practitioner)
    therapist.send(path, **OUTSIDE | {"to": world.riverside.id})
    row = ReceivedDisclosure.objects.get()
    reader = browser(world.riverside, "prescriber")
    assert reader.get(f"/received/{row.pk}/").status_code == 404
    for page in ("/", "/owed/", f"/people/{row.registration_id}/"):
        assert "Read what another service told you" in colleague.text(page)
        assert "Read what another service told you" not in reader.text(page)


def test_part_2_asks_for_papers(db):
    world = factories.partnership("us")
    joint = factories.JointJourney(world)
    organisations.set_part2(service=world.riverside.id, part2=True, by=factories.SETTING_UP)
    keyworker = browser(world.riverside, "keyworker")
    path = f"/people/{joint.riverside}/disclose/"
    assert "42 CFR 2.61 to 2.67" in keyworker.text(path)
    now = clock.now()
    day = {"at-day": str(now.day), "at-month": str(now.month), "at-year": str(now.year), "time": "00:00"}
    court = OUTSIDE | day | {"basis": "court", "ground": "Order 12", "papers": ["subpoena"]}
    assert "A subpoena alone is not enough" in words(keyworker.send(path, **court))
    assert keyworker.send(path, **court | {"papers": ["order", "subpoena"]}).status_code == 302


class TestWithholding:
    def test_it_is_withheld_and_somebody_else_decides(self, world, therapist, told):
        made = told()
        path = f"/disclosures/{made}/withhold/"
        assert "What would happen if they did?" in therapist.text(path)
        assert "Answer “What would happen if they did?”" in words(therapist.send(path, withhold="serious_harm"))
        sent = therapist.send(path, withhold="serious_harm", withhold_words="He reads her post.")
        assert "withheld" in therapist.text(sent.url)
        held = f"/withheld/{Withholding.objects.get().pk}/"
        assert "Somebody else has to look at this" in therapist.text(held)
        colleague = browser(world.northside, "team_lead")
        assert "Decide whether an entry stays withheld" in colleague.text("/owed/")
        said = colleague.text(held)
        assert "He reads her post." in said
        assert colleague.send(held, upheld="no").status_code == 302
        assert "the person may see it" in colleague.text(held)
        assert "They can read that it was told, to whom and why." in therapist.text(sent.url)

    def test_the_privacy_lead_finds_it_at_once(self, world, told):
        made = told(withheld=Withheld("third_party", "Her mother told us."))
        lead = browser(world.northside, "privacy_lead")
        home = lead.text("/")
        assert "Told without consent" in home
        assert "Withheld from the person" in home
        held = f"/withheld/{Withholding.objects.get().pk}/"
        assert f'href="{held}"' in lead.get("/").content.decode()
        assert "Her mother told us." in lead.text(held)
        page = lead.text(f"/disclosures/{made}/")
        assert TOLD not in page
        assert "The words are for those who may see all the kinds" in page
        assert lead.send(held, upheld="yes").status_code == 302

    def test_whoever_withheld_it_cannot_decide(self, therapist, told):
        told(withheld=Withheld("third_party", "Her mother told us."))
        held = f"/withheld/{Withholding.objects.get().pk}/"
        answer = therapist.post(held, {"upheld": "no", "submission_token": new_id("sub")})
        assert "Somebody else has to look at this" in words(answer)
        assert Withholding.objects.get().state == "open"

    def test_nobody_of_another_service_finds_it(self, world, told):
        made = told(withheld=Withheld("third_party", "Her mother told us."))
        keyworker = browser(world.riverside, "keyworker")
        for page in (
            f"/disclosures/{made}/",
            f"/withheld/{Withholding.objects.get().pk}/",
            "/disclosures/dwc_nothing/",
        ):
            assert keyworker.get(page).status_code == 404

    def test_a_section_of_a_note(self, world, therapist, life):
        meeting = Meeting("treatment", clock.now() - timedelta(hours=1), "face_to_face", 50)
        one = {"registration": life.registration, "episode": life.episode, "meeting": meeting}
        note = {"for_the_team": "Her mother rang"}
        contact = contacts.record(**one, attendance="attended", note=note, by=life.practitioner)
        page = therapist.get(f"/contacts/{contact}/").content.decode()
        assert "Keep it from the person" in page
        path = page.partition('/withhold/"')[0].rpartition('href="')[2] + "/withhold/"
        therapist.send(path, withhold="third_party", withhold_words="Her mother rang.")
        assert "withheld from the person" in therapist.text(f"/contacts/{contact}/")
        colleague = browser(world.northside, "team_lead")
        held = colleague.get(f"/withheld/{Withholding.objects.get().pk}/").content.decode()
        entry = held.partition("/notes/not_")[2].partition("/")[0]
        assert colleague.get(f"/notes/not_{entry}/").status_code == 302


def test_the_pages_cost_no_more_than_others(therapist, life, told):
    made = told()
    for page in (f"/disclosures/{made}/", f"/people/{life.registration}/sharing/", f"/people/{life.registration}/"):
        assert cost(therapist, page) <= (16 if page.endswith(f"{life.registration}/") else 12), page
