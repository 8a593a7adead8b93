"""Booking, moving, cancelling, following up, and putting right, each on its page."""

import pytest

from alongside.contacts import queries
from alongside.contacts.rules import State
from alongside.people import queries as people
from tests import lives
from tests.integration.web.visiting import browser, words

THURSDAY = {"date-day": "12", "date-month": "3", "date-year": "2026", "start": "10:30"}
WHAT = {"minutes": "50", "kind": "treatment", "mode": "video"}


@pytest.fixture
def life(world):
    return lives.seen(lives.treated(world.northside, given_name="Amira", family_name="Khan"))


@pytest.fixture
def planned(life):
    return lives.planned(life, lives.NOW + lives.WEEK)


def now(life, contact):
    return queries.contact(contact, access=life.practitioner)


def test_the_desk_books_for_somebody(world, life):
    desk = browser(world.northside, "administrator", "administration")
    path = f"/people/{life.registration}/contacts/plan/"
    answer = desk.send(path, **THURSDAY, **WHAT, practitioner=life.practitioner.actor)
    assert "Booked for 10:30 Thu 12 March." in desk.text(answer.url)
    booked = queries.timeline([life.registration], access=life.practitioner)[0]
    assert booked.practitioner == life.practitioner.actor


def test_the_past_cannot_be_booked(therapist, life):
    path = f"/people/{life.registration}/contacts/plan/"
    past = THURSDAY | {"date-day": "5"}
    said = words(therapist.send(path, **past, **WHAT, practitioner=life.practitioner.actor))
    assert "A planned contact is in the future" in said


def test_a_contact_is_moved(therapist, life, planned):
    path = f"/contacts/{planned}/move/"
    version = now(life, planned).starts_at.isoformat()
    answer = therapist.send(path, **THURSDAY, version=version)
    assert "Moved to 10:30 Thu 12 March." in therapist.text(answer.url)


@pytest.mark.parametrize("version", ["", "2026-03-01T10:00:00+00:00", "nonsense"])
def test_a_page_that_showed_another_time_moves_nothing(therapist, life, planned, version):
    before = now(life, planned).starts_at
    said = words(therapist.send(f"/contacts/{planned}/move/", **THURSDAY, version=version))
    assert "Somebody changed this contact while you were writing" in said
    assert now(life, planned).starts_at == before


def test_what_we_cancel_stays_owed(therapist, life, planned):
    answer = therapist.send(f"/contacts/{planned}/cancel/", attendance="cancelled_by_service")
    assert "It stays owed until a new time is booked" in therapist.text(answer.url)
    assert now(life, planned).state is State.TO_REBOOK


def test_a_missed_contact_is_followed_up_once(therapist, life, planned):
    therapist.send(f"/contacts/{planned}/cancel/", attendance="cancelled_by_service")
    path = f"/contacts/{planned}/follow-up/"
    assert "Answer “How was it followed up?”" in words(therapist.send(path))
    assert therapist.send(path, outcome="rebooked").status_code == 302
    assert "somebody has done it already" in words(therapist.send(path, outcome="reached"))


CORRECT = {
    "attendance": "attended",
    "date-day": "27",
    "date-month": "2",
    "date-year": "2026",
    "start": "11:30",
    "minutes": "40",
    "kind": "review",
    "mode": "video",
}


def test_a_contact_is_put_right_and_says_who_had_seen_it(world, therapist, life):
    contact = life.contacts[-1]
    lead = browser(world.northside, "team_lead")
    lead.get(f"/contacts/{contact}/")
    page = therapist.text(f"/contacts/{contact}/correct/")
    name = world.northside.sign_in("team_lead").name
    assert f"{name}, Northside Talking Therapies, just now" in page
    told = {"told": [world.northside.staff["team_lead"]], "told_others": "the person, by telephone, 6 March"}
    answer = therapist.send(f"/contacts/{contact}/correct/", **CORRECT, **told, reason="It was a review")
    assert answer.status_code == 302
    said = therapist.text(answer.url)
    assert "Review only, video" in said
    assert "It was a review" in said
    assert f"Told: {name}, the person, by telephone, 6 March" in said


@pytest.mark.parametrize("path", ["correct", "wrong-person"])
def test_nothing_is_put_right_without_a_reason(therapist, life, path):
    contact = life.contacts[-1]
    said = words(therapist.send(f"/contacts/{contact}/{path}/", **CORRECT))
    assert "Answer “What was wrong?”" in said
    assert people.corrections([life.registration], access=life.practitioner) == []


def test_what_was_about_somebody_else_is_taken_out_with_all_of_it(therapist, life):
    contact = life.contacts[-1]
    answer = therapist.send(f"/contacts/{contact}/wrong-person/", reason="Another Amira")
    assert "Record it now for the right person" in therapist.text(answer.url)
    assert therapist.get(f"/contacts/{contact}/").status_code == 404
    assert contact not in {one.id for one in queries.timeline([life.registration], access=life.practitioner)}


def test_a_note_is_put_right(therapist, life):
    contact = life.contacts[-1]
    [section] = queries.note(contact, access=life.practitioner)
    path = f"/contacts/{contact}/notes/{section.id}/correct/"
    therapist.send(path, text="Sleep, and the mornings.", reason="I wrote evenings")
    assert [one.text for one in queries.note(contact, access=life.practitioner)] == ["Sleep, and the mornings."]
    [stands] = queries.note(contact, access=life.practitioner)
    assert therapist.get(path).url == f"/contacts/{contact}/notes/{stands.id}/correct/"


class TestComingSecond:
    """What was typed stays on the page, which says that somebody was first and leads to what stands."""

    SAID = "Somebody changed this contact while you were writing."

    @pytest.mark.parametrize("first", ["correct", "wrong-person"])
    @pytest.mark.parametrize("second", ["correct", "wrong-person"])
    def test_with_a_contact(self, therapist, life, first, second):
        contact = life.contacts[-1]
        typed = therapist.hidden(f"/contacts/{contact}/{second}/") | CORRECT | {"reason": "It was quite another thing"}
        assert therapist.send(f"/contacts/{contact}/{first}/", **CORRECT, reason="A review").status_code == 302
        before = people.corrections([life.registration], access=life.practitioner)
        page = therapist.post(f"/contacts/{contact}/{second}/", typed)
        assert self.SAID in words(page)
        assert "It was quite another thing" in words(page)
        assert people.corrections([life.registration], access=life.practitioner) == before
        stands = [one.id for one in queries.timeline([life.registration], access=life.practitioner)]
        leads = f"/contacts/{stands[0]}/" if first == "correct" else f"/people/{life.registration}/contacts/"
        assert f'href="{leads}"' in page.content.decode()

    def test_with_a_note(self, therapist, life):
        contact = life.contacts[-1]
        [section] = queries.note(contact, access=life.practitioner)
        path = f"/contacts/{contact}/notes/{section.id}/correct/"
        typed = therapist.hidden(path) | {"text": "Sleep, and a long walk.", "reason": "I left it out"}
        therapist.send(path, text="Sleep, and the mornings.", reason="I wrote evenings")
        page = therapist.post(path, typed)
        assert "Somebody put this note right first." in words(page)
        assert "Sleep, and a long walk." in words(page)
        [stands] = queries.note(contact, access=life.practitioner)
        assert f'href="/contacts/{contact}/notes/{stands.id}/correct/"' in page.content.decode()
        assert stands.text == "Sleep, and the mornings."

    def test_with_a_note_of_a_contact_that_was_taken_out(self, therapist, life):
        contact = life.contacts[-1]
        [section] = queries.note(contact, access=life.practitioner)
        path = f"/contacts/{contact}/notes/{section.id}/correct/"
        typed = therapist.hidden(path) | {"text": "Sleep, and a long walk.", "reason": "I left it out"}
        therapist.send(f"/contacts/{contact}/wrong-person/", reason="Another Amira")
        page = therapist.post(path, typed)
        assert "Sleep, and a long walk." in words(page)
        assert f'href="/people/{life.registration}/contacts/"' in page.content.decode()
        assert therapist.get(path).url == f"/people/{life.registration}/contacts/"

    def test_an_address_of_before_leads_to_what_stands(self, therapist, life):
        contact = life.contacts[-1]
        therapist.send(f"/contacts/{contact}/correct/", **CORRECT, reason="A review")
        assert "Review only" in therapist.text(f"/contacts/{contact}/correct/")
        therapist.send(f"/contacts/{contact}/wrong-person/", reason="Another Amira")
        assert therapist.get(f"/contacts/{contact}/correct/").url == f"/people/{life.registration}/contacts/"

    def test_somebody_it_is_closed_to_finds_nothing(self, world, therapist, life):
        contact = life.contacts[-1]
        therapist.send(f"/contacts/{contact}/wrong-person/", reason="Another Amira")
        assert browser(world.riverside, "keyworker").get(f"/contacts/{contact}/correct/").status_code == 404


def test_another_services_contact_cannot_be_put_right(world, life):
    keyworker = browser(world.riverside, "keyworker")
    assert keyworker.get(f"/contacts/{life.contacts[-1]}/correct/").status_code == 404
