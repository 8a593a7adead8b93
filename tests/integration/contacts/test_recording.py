"""Contacts planned, recorded, missed and followed up, through the actions a service uses."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from alongside.contacts import actions, queries
from alongside.contacts.models import Contact, Note
from alongside.contacts.rules import MOVES, Meeting, State
from alongside.kernel import clock
from alongside.kernel.errors import Duplicate, Invalid, NotAllowed, NotThere, Several, Stale
from alongside.measures import queries as measures
from alongside.measures.models import Response, UseRecord
from alongside.measures.rules import Given, Use
from alongside.tasks import queries as tasks
from tests import factories
from tests.integration.contacts.world import NEXT, NOW, RECEIVED, SESSION, open_episode, owed

pytestmark = pytest.mark.django_db

PHQ9 = Given("phq9", answers=[2, 2, 1, 1, 1, 1, 1, 1, 0])


def nothing_saved():
    return not (Contact.objects.exists() or Response.objects.exists() or Note.objects.exists())


class TestPlanning:
    def test_the_practitioner_owes_the_planned_contact_until_it_ends(self, planned, therapist):
        task = owed(therapist)[planned]
        assert (task.kind, task.holder) == ("keep_contact", therapist.actor)
        assert task.due_at == SESSION.starts_at + timedelta(minutes=50)
        assert queries.contact(planned, access=therapist).state is State.PLANNED

    def test_the_desk_books_for_somebody_of_the_service(self, northside, therapist, person, episode):
        desk = northside.sign_in("administrator", "administration")
        meeting = Meeting("treatment", NEXT.starts_at, "video", 50, practitioner=therapist.actor)
        booked = actions.plan_contact(registration=person, episode=episode, meeting=meeting, by=desk)
        found = queries.contact(booked, access=therapist)
        assert (found.practitioner, found.role, found.author) == (therapist.actor, "therapist", desk.actor)

    def test_nobody_is_booked_who_works_elsewhere(self, person, episode, therapist):
        meeting = Meeting("treatment", NEXT.starts_at, "video", 50, practitioner="pra_somebody")
        with pytest.raises(Invalid) as refused:
            actions.plan_contact(registration=person, episode=episode, meeting=meeting, by=therapist)
        assert refused.value.field == "practitioner"

    def test_moving_moves_the_due_time_and_keeps_the_old_time_in_the_history(self, planned, therapist):
        actions.move_contact(contact=planned, starts_at=NEXT.starts_at, showed=SESSION.starts_at, by=therapist)
        assert owed(therapist)[planned].due_at == NEXT.starts_at + timedelta(minutes=50)
        times = [moment.starts_at for moment in queries.history(planned, access=therapist)]
        assert times == [SESSION.starts_at, NEXT.starts_at]

    def test_a_page_that_showed_another_time_is_stale(self, planned, therapist):
        with pytest.raises(Stale):
            actions.move_contact(contact=planned, starts_at=NEXT.starts_at, showed=NOW, by=therapist)


class TestRecording:
    def test_everything_of_one_contact_is_written_together(self, recording, planned, person, therapist):
        made = recording(
            contact=planned,
            note={"talked_about": "Sleep, and the week without drink.", "agreed": " "},
            responses=[PHQ9, Given("gad7", total="9")],
            uses=[Use("alcohol", "12", "8", "units")],
            next_meeting=NEXT,
        )
        assert made == planned
        found = queries.contact(made, access=therapist)
        assert (found.state, found.attendance, found.minutes) == (State.KEPT, "attended", 50)
        assert [section.text for section in queries.note(made, access=therapist)] == [
            "Sleep, and the week without drink."
        ]
        series = measures.series([person], access=therapist)
        assert [(key, points[0].value, points[0].contact) for key, points in sorted(series.items())] == [
            ("gad7", 9, made),
            ("phq9", 10, made),
        ]
        assert measures.uses([person], access=therapist)["alcohol"][0].days == 12
        following = next(one for one in queries.timeline([person], access=therapist) if one.id != made)
        assert set(owed(therapist)) == {following.id}

    @pytest.mark.parametrize("attendance", ["did_not_attend", "late_not_seen"])
    def test_a_missed_contact_opens_exactly_one_follow_up_for_monday(self, recording, planned, therapist, attendance):
        missed = recording(contact=planned, attendance=attendance)
        assert list(owed(therapist)) == [missed]
        task = owed(therapist)[missed]
        assert (task.kind, task.holder) == ("follow_up_missed", therapist.actor)
        assert task.due_at == datetime(2026, 3, 9, 17, tzinfo=UTC)  # Friday's is due at the end of Monday
        assert queries.contact(missed, access=therapist).minutes == 0

    def test_following_up_closes_it_once(self, recording, planned, therapist):
        missed = recording(contact=planned, attendance="did_not_attend")
        actions.close_follow_up(contact=missed, outcome="reached", by=therapist)
        assert owed(therapist) == {}
        with pytest.raises(Stale):
            actions.close_follow_up(contact=missed, outcome="reached", by=therapist)

    def test_what_the_service_cancels_is_to_be_rebooked(self, planned, therapist):
        actions.cancel(contact=planned, attendance="cancelled_by_service", by=therapist)
        assert owed(therapist)[planned].kind == "rebook"

    def test_rebooking_in_the_same_breath_leaves_only_the_new_contact(self, recording, planned, therapist):
        recording(contact=planned, attendance="cancelled_by_service", next_meeting=NEXT)
        assert [task.kind for task in owed(therapist).values()] == ["keep_contact"]
        states = [moment.state for moment in queries.history(planned, access=therapist)]
        assert states == [State.PLANNED, State.TO_REBOOK, State.FOLLOWED_UP]

    def test_what_the_person_cancels_is_nobodys_task(self, planned, therapist):
        actions.cancel(contact=planned, attendance="cancelled_by_person", by=therapist)
        assert owed(therapist) == {}

    def test_cancelling_says_who_cancelled(self, planned, therapist):
        with pytest.raises(Invalid) as refused:
            actions.cancel(contact=planned, attendance="attended", by=therapist)
        assert refused.value.field == "attendance"

    def test_the_desk_may_cancel_and_may_not_write_notes(self, northside, recording, planned, therapist):
        desk = northside.sign_in("administrator", "administration")
        with pytest.raises(NotAllowed):
            recording(contact=planned, note={"agreed": "To come back."}, by=desk)
        actions.cancel(contact=planned, attendance="cancelled_by_person", by=desk)

    def test_the_states_are_the_history_replayed(self, recording, planned, therapist):
        recording(contact=planned, attendance="did_not_attend", next_meeting=NEXT)
        actions.close_follow_up(contact=planned, outcome="message_left", by=therapist)
        for row in Contact.objects.all():
            moments = queries.history(row.pk, access=therapist)
            last = moments[-1]
            assert (last.state, last.attendance, last.starts_at) == (row.state, row.attendance, row.occurred_at)
            for before, after in pairwise(moments):
                assert after.state in MOVES[before.state]

    def test_every_open_contact_has_one_open_task(self, recording, planned, therapist):
        recording(contact=planned, attendance="did_not_attend", next_meeting=NEXT)
        recording(planned=False)
        held = queries.open_contacts(access=therapist)
        assert tasks.open_things("contacts", access=therapist) == dict.fromkeys(held, 1)
        assert len(held) == 2


class TestBadInput:
    @pytest.mark.parametrize(
        ("changes", "fields"),
        [
            ({"meeting": Meeting("treatment", RECEIVED - timedelta(days=1), "video", 50)}, {"date"}),
            ({"meeting": Meeting("treatment", NOW + timedelta(minutes=1), "video", 50)}, {"date"}),
            ({"meeting": Meeting("chat", NOW, "pigeon", 0)}, {"kind", "mode", "minutes"}),
            ({"next_meeting": Meeting("treatment", NOW, "video", 50)}, {"next_date"}),
            ({"attendance": "failed"}, {"attendance"}),
            ({"attendance": "did_not_attend", "planned": False}, {"attendance"}),  # nobody had planned it
            ({"attendance": "did_not_attend", "responses": [PHQ9]}, {"attendance"}),  # answered by whom?
            ({"note": {"gossip": "…"}}, {"note"}),
            ({"responses": [Given("phq9", answers=[2, 2, 1, 1, 9, 1, 1, 1, None])]}, {"phq9_item5", "phq9_item9"}),
            ({"responses": [Given("phq9", answers=[2, 2, 1])]}, {f"phq9_item{n}" for n in range(4, 10)}),
            ({"responses": [Given("phq9", total="014")]}, {"phq9"}),
            ({"responses": [Given("gad7", total="9.0"), Given("phq9", total="28")]}, {"gad7", "phq9"}),
            ({"responses": [PHQ9, PHQ9]}, {"responses"}),
            ({"uses": [Use("alcohol", "29"), Use("glue", "3")]}, {"alcohol_days", "substance"}),
            ({"uses": [Use("alcohol", "3", "4", "pints"), Use("cocaine", "03")]}, {"alcohol_unit", "cocaine_days"}),
            # Everything that is wrong is said at once, the contact's and the measures' alike.
            (
                {"meeting": Meeting("treatment", NOW, "video", 0), "responses": [Given("phq9", total="x")]},
                {"minutes", "phq9"},
            ),
        ],
    )
    def test_it_names_each_field_and_saves_nothing(self, recording, changes, fields):
        with pytest.raises((Invalid, Several)) as refused:
            recording(**changes)
        found = refused.value.problems if isinstance(refused.value, Several) else [refused.value]
        assert {problem.field for problem in found} == fields
        assert all(problem.message.endswith(".") for problem in found)
        assert nothing_saved()
        assert not UseRecord.objects.exists()

    def test_it_says_when_the_referral_was_received(self, recording):
        with pytest.raises(Invalid, match="before the referral was received on 2 March 2026"):
            recording(meeting=Meeting("treatment", RECEIVED - timedelta(days=1), "video", 50))

    def test_the_same_form_twice_is_saved_once(self, recording, planned):
        first = recording(contact=planned, responses=[PHQ9], submission="token")
        with pytest.raises(Duplicate) as again:
            recording(contact=planned, responses=[PHQ9], submission="token")
        assert again.value.existing == first
        assert Response.objects.count() == 1

    def test_the_same_form_twice_without_a_planned_contact(self, recording):
        first = recording(submission="token")
        with pytest.raises(Duplicate) as again:
            recording(submission="token")
        assert again.value.existing == first
        assert Contact.objects.count() == 1

    def test_a_form_about_a_contact_that_was_recorded_meanwhile_is_stale(self, recording, planned):
        recording(contact=planned, submission="one")
        with pytest.raises(Stale):
            recording(contact=planned, responses=[PHQ9], submission="two")
        assert not Response.objects.exists()

    @pytest.mark.parametrize("which", ["registration", "episode", "contact"])
    @pytest.mark.parametrize("unknown", ["nonsense", "con_00000000000000000000"])
    def test_an_unknown_id_reads_like_one_that_does_not_exist(self, recording, which, unknown):
        with pytest.raises(NotThere):
            recording(**{which: unknown})
        assert nothing_saved()

    def test_another_services_person_is_not_there(self, recording):
        stranger = factories.partnership().riverside.sign_in("keyworker")
        with pytest.raises(NotThere):
            recording(by=stranger)
        assert nothing_saved()

    def test_an_episode_of_somebody_else_is_not_there(self, northside, recording, therapist):
        with clock.at(RECEIVED):
            somebody = factories.registered(northside, given_name="Sam")
        open_episode(northside, therapist, somebody)
        with pytest.raises(NotThere):
            recording(registration=somebody)


class TestReading:
    def test_my_day_holds_todays_contacts_and_no_others(self, recording, planned, therapist):
        recording(meeting=Meeting("review", NOW - timedelta(days=1), "telephone", 20), planned=False)
        assert [one.id for one in queries.today(access=therapist)] == [planned]

    def test_what_came_last_and_what_comes_next_in_one_statement(
        self, recording, planned, person, therapist, django_assert_num_queries
    ):
        recording(contact=planned, attendance="did_not_attend", next_meeting=NEXT)
        with django_assert_num_queries(1):
            found = queries.next_and_last([person, "reg_nobody"], access=therapist)
        around = found[person]
        assert (around.last.id, around.last.attendance) == (planned, "did_not_attend")
        assert around.next.at == NEXT.starts_at
        assert (around.seen, around.missed_in_a_row) == (False, 1)
        assert found["reg_nobody"].last is None

    def test_an_earlier_stay_says_nothing_of_who_was_seen_or_missed_in_this_one(self, recording, person, therapist):
        recording()
        recording(meeting=Meeting("treatment", NOW - timedelta(minutes=5), "video", 50), attendance="did_not_attend")
        found = queries.next_and_last([person], access=therapist, since={person: (NOW + timedelta(days=1)).date()})
        around = found[person]
        assert (around.last.attendance, around.seen, around.missed_in_a_row) == ("did_not_attend", False, 0)
        same = queries.next_and_last([person], access=therapist)[person]
        assert (same.seen, same.missed_in_a_row) == (True, 1)

    def test_another_service_sees_nothing_of_it_without_consent(self, recording, person):
        made = recording(note={"agreed": "To come back."})
        stranger = somebody_elsewhere()
        assert queries.timeline([person], access=stranger) == []
        assert queries.note(made, access=stranger) == []
        with pytest.raises(NotThere):
            queries.contact(made, access=stranger)


def somebody_elsewhere():
    return factories.partnership().riverside.sign_in("keyworker")
