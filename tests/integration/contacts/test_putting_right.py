"""What was wrong is superseded, never edited or moved, and says who had seen it and who was told."""

from datetime import timedelta

import pytest

from alongside.access.reading import read
from alongside.contacts import actions, queries
from alongside.contacts.models import Contact, Note
from alongside.contacts.rules import Meeting, State
from alongside.kernel.errors import Invalid, NotAllowed, NotThere, Stale
from alongside.measures import queries as measures
from alongside.measures.models import Response, Score, UseRecord
from alongside.measures.rules import Given, Use
from alongside.people import queries as people
from alongside.people.rules import Correcting, Mistake
from alongside.tasks import queries as tasks
from tests.integration.contacts.world import NOW, SESSION, kinds_owed

pytestmark = pytest.mark.django_db

WRONG = Correcting("They came; I ticked the wrong line.", told_others="The GP, by telephone")
HERE = Meeting("treatment", SESSION.starts_at, "telephone", 40)


@pytest.fixture
def kept(recording):
    return recording(
        note={"talked_about": "Sleep.", "agreed": "A walk each day."},
        responses=[Given("phq9", total="14", harm=False)],
        uses=[Use("alcohol", 9)],
    )


class TestCorrectingAContact:
    def test_the_new_row_stands_and_the_old_one_is_kept(self, kept, person, therapist):
        new = actions.correct_contact(contact=kept, meeting=HERE, attendance="late_seen", why=WRONG, by=therapist)
        [standing] = queries.timeline([person], access=therapist)
        assert (standing.id, standing.mode, standing.minutes, standing.attendance) == (
            new,
            "telephone",
            40,
            "late_seen",
        )
        old = Contact.objects.get(pk=kept)
        assert (old.superseded_by, old.mode, old.attendance) == (new, "face_to_face", "attended")

    def test_its_note_and_measures_stay_with_it_and_its_old_address_still_leads_to_it(self, kept, person, therapist):
        new = actions.correct_contact(contact=kept, meeting=HERE, attendance="attended", why=WRONG, by=therapist)
        found = queries.contact(kept, access=therapist)
        assert (found.id, found.entry) == (new, kept)
        assert len(queries.note(new, access=therapist)) == 2
        assert measures.series([person], access=therapist)["phq9"][0].contact == found.entry

    def test_a_contact_corrected_twice_keeps_its_entry(self, kept, therapist):
        once = actions.correct_contact(contact=kept, meeting=HERE, attendance="attended", why=WRONG, by=therapist)
        twice = actions.correct_contact(contact=once, meeting=HERE, attendance="late_seen", why=WRONG, by=therapist)
        assert queries.contact(kept, access=therapist).id == twice
        assert len(queries.note(twice, access=therapist)) == 2

    def test_a_missed_contact_that_was_kept_after_all_owes_nothing(self, recording, therapist):
        missed = recording(attendance="did_not_attend")
        actions.correct_contact(contact=missed, meeting=HERE, attendance="attended", why=WRONG, by=therapist)
        assert kinds_owed(therapist) == []

    def test_a_kept_contact_that_was_missed_after_all_is_followed_up(self, kept, therapist):
        actions.correct_contact(contact=kept, meeting=HERE, attendance="did_not_attend", why=WRONG, by=therapist)
        assert kinds_owed(therapist) == ["follow_up_missed"]

    def test_what_was_followed_up_is_not_followed_up_again(self, recording, therapist):
        missed = recording(attendance="did_not_attend")
        actions.close_follow_up(contact=missed, outcome="reached", by=therapist)
        new = actions.correct_contact(contact=missed, meeting=HERE, attendance="late_not_seen", why=WRONG, by=therapist)
        assert queries.contact(new, access=therapist).state is State.FOLLOWED_UP
        assert kinds_owed(therapist) == []

    def test_a_page_that_showed_the_old_row_is_stale(self, kept, therapist):
        actions.correct_contact(contact=kept, meeting=HERE, attendance="late_seen", why=WRONG, by=therapist)
        with pytest.raises(Stale):
            actions.correct_contact(contact=kept, meeting=HERE, attendance="attended", why=WRONG, by=therapist)

    def test_a_planned_contact_is_not_corrected_but_moved(self, planned, therapist):
        with pytest.raises(Stale):
            actions.correct_contact(contact=planned, meeting=HERE, attendance="attended", why=WRONG, by=therapist)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"why": Correcting("  ")}, "reason"),
            ({"meeting": Meeting("treatment", NOW + timedelta(days=1), "video", 50)}, "date"),
            ({"attendance": "failed"}, "attendance"),
        ],
    )
    def test_bad_input_names_its_field_and_changes_nothing(self, kept, therapist, change, field):
        usual = {"contact": kept, "meeting": HERE, "attendance": "attended", "why": WRONG, "by": therapist}
        with pytest.raises(Invalid) as refused:
            actions.correct_contact(**usual | change)
        assert refused.value.field == field
        assert Contact.objects.get().superseded_by == ""

    def test_a_lead_puts_it_right_and_the_contact_stays_whose_it_was(self, northside, kept, therapist):
        lead = northside.sign_in("team_lead")
        actions.correct_contact(contact=kept, meeting=HERE, attendance="attended", why=WRONG, by=lead)
        found = queries.contact(kept, access=therapist)
        assert (found.practitioner, found.role, found.author) == (therapist.actor, "therapist", lead.actor)

    def test_the_desk_does_not_put_clinical_entries_right(self, northside, kept):
        desk = northside.sign_in("administrator", "administration")
        with pytest.raises(NotAllowed):
            actions.correct_contact(contact=kept, meeting=HERE, attendance="attended", why=WRONG, by=desk)


class TestTheWrongPerson:
    def test_nothing_of_it_is_shown_and_all_of_it_is_kept(self, kept, person, therapist):
        correction = actions.wrong_person(contact=kept, why=WRONG, by=therapist)
        assert queries.timeline([person], access=therapist) == []
        assert queries.note(kept, access=therapist) == []
        assert measures.series([person], access=therapist) == {}
        assert measures.uses([person], access=therapist) == {}
        for model, rows in ((Contact, 1), (Note, 2), (Response, 1), (Score, 1), (UseRecord, 1)):
            assert list(model.objects.values_list("superseded_by", flat=True)) == [correction] * rows
        with pytest.raises(NotThere):
            queries.contact(kept, access=therapist)

    def test_a_follow_up_about_the_wrong_person_is_closed(self, recording, therapist):
        actions.wrong_person(contact=recording(attendance="did_not_attend"), why=WRONG, by=therapist)
        assert kinds_owed(therapist) == []
        assert tasks.open_things("contacts", access=therapist) == {}

    def test_it_says_who_had_been_shown_any_of_it_and_who_was_told(self, northside, kept, person, therapist):
        colleague, absent = northside.sign_in("team_lead"), northside.sign_in("duty_worker")
        read(colleague, "measures", lambda: measures.series([person], access=colleague))
        assert absent.actor
        why = Correcting("It is about somebody else.", told=(colleague.actor,), told_others="The GP")
        actions.wrong_person(contact=kept, why=why, by=therapist)
        [noted] = people.corrections([person], access=therapist)
        assert (noted.kind, noted.record, noted.replacement) == (Mistake.WRONG_PERSON, kept, "")
        assert (noted.seen_by, noted.told, noted.told_others) == ((colleague.actor,), (colleague.actor,), "The GP")

    def test_whoever_looked_before_it_was_written_did_not_see_it(self, northside, recording, person, therapist):
        colleague = northside.sign_in("team_lead")
        recording(responses=[Given("gad7", total="4")])
        read(colleague, "measures", lambda: measures.series([person], access=colleague))
        later = recording.later(responses=[Given("phq9", total="14", harm=False)])
        actions.wrong_person(contact=later, why=WRONG, by=therapist)
        [noted] = people.corrections([person], access=therapist)
        assert noted.seen_by == ()

    def test_who_saw_is_asked_before_it_is_put_right(self, northside, kept, person, therapist):
        colleague = northside.sign_in("team_lead")
        read(colleague, "contacts", lambda: queries.timeline([person], access=colleague))
        since = queries.contact(kept, access=therapist).recorded_at
        found = people.who_saw(person, since=since, kinds=actions.ALL_OF_IT, access=therapist)
        assert [(one.actor, one.role, one.service) for one in found] == [(colleague.actor, "team_lead", northside.id)]


class TestCorrectingANote:
    def test_the_new_text_stands(self, kept, therapist):
        talked, agreed = queries.note(kept, access=therapist)
        actions.correct_note(note=agreed.id, text="A walk every other day.", why=WRONG, by=therapist)
        texts = [section.text for section in queries.note(kept, access=therapist)]
        assert texts == [talked.text, "A walk every other day."]

    def test_an_empty_text_is_refused(self, kept, therapist):
        section = queries.note(kept, access=therapist)[0]
        with pytest.raises(Invalid) as refused:
            actions.correct_note(note=section.id, text="  ", why=WRONG, by=therapist)
        assert refused.value.field == "talked_about"

    def test_a_note_that_was_put_right_meanwhile_is_stale(self, kept, therapist):
        section = queries.note(kept, access=therapist)[0]
        actions.correct_note(note=section.id, text="Waking early.", why=WRONG, by=therapist)
        with pytest.raises(Stale):
            actions.correct_note(note=section.id, text="Sleeping late.", why=WRONG, by=therapist)
