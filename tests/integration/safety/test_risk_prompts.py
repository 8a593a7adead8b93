"""An answer about self-harm is owed to somebody until a conversation about it, wherever the answer was given."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.access import queries as allowed
from alongside.contacts import actions as contacts
from alongside.contacts.models import Contact
from alongside.contacts.rules import Meeting
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotThere, Stale
from alongside.measures import actions as measures
from alongside.measures import queries as measured
from alongside.measures.rules import Given
from alongside.organisations import actions as organisations
from alongside.people.rules import Correcting
from alongside.safety import actions, queries
from alongside.safety.models import RiskPrompt, RiskPromptStatus
from alongside.safety.rules import Talk
from alongside.tasks import queries as tasks
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)  # a Friday, within opening hours
TALKED = Talk("talked_about")
SLIP = Correcting("A slip of the pen")


def answers(last: int) -> list[int]:
    return [1] * 8 + [last]


@pytest.fixture
def remote(person, therapist):
    """Answers that nobody was there for."""

    def send(last=1, instrument="phq9", **changes):
        given = answers(last) if instrument == "phq9" else [0] * 5 + [last] + [0] * 4
        usual = {"registration": person, "completed_at": clock.now(), "by": therapist, "entered_by": "person"}
        return measures.record_response(instrument=instrument, answers=given, **usual | changes)

    return send


@pytest.fixture
def meet(person, episode, therapist):
    def record(**handed):
        meeting = Meeting("treatment", clock.now() - timedelta(hours=1), "face_to_face", 50)
        one = {"registration": person, "episode": episode, "meeting": meeting, "attendance": "attended"}
        return contacts.record(**one | handed, by=therapist)

    return record


def about(registration, access) -> Talk:
    """A conversation about all that is open now."""
    return Talk("talked_about", about=tuple(one.id for one in queries.open_prompts([registration], access=access)))


def owed(registration, access):
    return [one for one in tasks.about([registration], access=access) if one.room == "safety"]


class TestFromAfar:
    def test_it_is_owed_the_same_working_day(self, remote, person, therapist, northside):
        remote(2)
        [prompt] = queries.open_prompts([person], access=therapist)
        assert (prompt.instrument, prompt.remote, prompt.open) == ("phq9", True, True)
        assert [answers for _at, answers in prompt.answers] == [{"item9": 2}]
        [task] = owed(person, therapist)
        assert (task.kind, task.holder, task.due_at) == ("risk_prompt", northside.team, NOW.replace(hour=17))

    def test_whoever_is_on_duty_that_day_holds_it(self, remote, person, therapist, northside):
        colleague = northside.sign_in("therapist").actor
        team, day = northside.team, NOW.date()
        organisations.put_on_duty(team=team, day=day, practitioner=colleague, by=factories.SETTING_UP)
        remote()
        assert owed(person, therapist)[0].holder == colleague

    def test_at_night_it_is_owed_the_next_morning(self, remote, person, therapist):
        with clock.at(NOW.replace(hour=22)):
            remote()
            assert owed(person, therapist)[0].due_at == datetime(2026, 3, 9, 12, tzinfo=UTC)

    def test_nothing_is_owed_for_an_answer_of_not_at_all(self, remote, person, therapist):
        remote(0)
        assert queries.prompts([person], access=therapist) == []
        assert owed(person, therapist) == []

    def test_the_same_answer_again_joins_the_open_prompt(self, remote, person, therapist):
        remote(2)
        remote(1)
        remote(2)
        [prompt] = queries.open_prompts([person], access=therapist)
        assert [answers["item9"] for _at, answers in prompt.answers] == [2, 1, 2]
        assert len(owed(person, therapist)) == 1

    def test_a_rise_opens_another(self, remote, person, therapist):
        remote(1)
        remote(3)
        found = queries.open_prompts([person], access=therapist)
        assert {answers["item9"] for one in found for _at, answers in one.answers} == {1, 3}
        assert len(owed(person, therapist)) == 2

    def test_another_question_of_the_same_screener_is_a_rise(self, person, therapist):
        given = {"registration": person, "by": therapist, "instrument": "c_ssrs"}
        answered = [[1, 0, "", "", "", 0, ""], [1, 1, 1, 0, 0, 0, ""], [1, 0, "", "", "", 0, ""]]
        for ago, answers in zip((3, 2, 1), answered, strict=True):
            measures.record_response(answers=answers, completed_at=NOW - timedelta(hours=ago), **given)
        first, second = queries.open_prompts([person], access=therapist)
        assert [answers for _at, answers in first.answers] == [{"item1": 1}]
        assert [answers for _at, answers in second.answers] == [
            {"item1": 1, "item2": 1, "item3": 1},
            {"item1": 1},
        ]

    def test_after_it_was_closed_the_same_answer_opens_another(self, remote, person, therapist):
        remote(1)
        [prompt] = queries.open_prompts([person], access=therapist)
        actions.close(prompt=prompt.id, talk=TALKED, by=therapist)
        remote(1)
        assert [one.open for one in queries.prompts([person], access=therapist)].count(True) == 1

    def test_another_questionnaire_opens_its_own(self, remote, person, therapist):
        remote(1)
        remote(1, instrument="core10")
        assert {one.instrument for one in queries.open_prompts([person], access=therapist)} == {"phq9", "core10"}

    def test_a_gap_elsewhere_saves_nothing_and_loses_nothing(self, person, therapist):
        given = {"registration": person, "completed_at": NOW, "by": therapist, "entered_by": "person"}
        with pytest.raises(Exception, match="phq9_item1"):
            measures.record_response(instrument="phq9", answers=["", *answers(1)[1:]], **given)
        assert not RiskPrompt.objects.exists()


class TestReading:
    """What lists of many people and the pages of one are told."""

    def waiting(self, registrations, access):
        [found] = allowed.read_together(queries.waiting(registrations, access=access))
        return found

    def test_a_list_is_told_of_what_has_waited_longest(self, remote, person, therapist):
        with clock.at(NOW - timedelta(days=1)):
            remote(1)
        remote(3)
        first, _second = queries.open_prompts([person], access=therapist)
        assert self.waiting([person], therapist) == {person: first.id}

    def test_whoever_waits_for_nothing_is_not_there(self, remote, person, therapist):
        assert self.waiting([person], therapist) == {}
        assert self.waiting([], therapist) == {}
        remote(1)
        actions.close(prompt=queries.open_prompts([person], access=therapist)[0].id, talk=TALKED, by=therapist)
        assert self.waiting([person], therapist) == {}

    def test_the_other_service_is_told_of_none(self, remote, person, riverside):
        remote(1)
        other = riverside.sign_in("keyworker")
        assert self.waiting([person], other) == {}
        assert queries.prompts([person], access=other) == []

    def test_every_prompt_stands_there_the_newest_first_with_its_responses(self, remote, person, therapist):
        with clock.at(NOW - timedelta(days=1)):
            early = remote(1)
        actions.close(prompt=queries.open_prompts([person], access=therapist)[0].id, talk=TALKED, by=therapist)
        late = [remote(2), remote(2)]
        found = queries.prompts([person], access=therapist)
        assert [(one.open, list(one.responses)) for one in found] == [(True, late), (False, [early])]

    def test_of_two_ends_the_last_one_counts(self, remote, meet, person, therapist):
        remote(1)
        met = meet(talk=about(person, therapist))
        contacts.wrong_person(contact=met, why=SLIP, by=therapist)
        [prompt] = queries.open_prompts([person], access=therapist)
        assert (prompt.outcome, prompt.closed_at) == ("", None)
        actions.close(prompt=prompt.id, talk=Talk("escalated", "A&E"), by=therapist)
        assert queries.prompts([person], access=therapist)[0].escalated_to == "A&E"


class TestInTheRoom:
    def test_the_contact_is_not_recorded_without_the_talk(self, meet):
        with pytest.raises(Invalid, match=r"^risk_outcome: Say what came of the conversation\.$"):
            meet(responses=[Given("phq9", answers(1))])
        assert not Contact.objects.exists()
        assert not RiskPrompt.objects.exists()

    def test_with_the_talk_it_is_closed_in_the_same_act(self, meet, person, therapist):
        meet(responses=[Given("phq9", answers(1))], talk=Talk("escalated", "crisis team"))
        [prompt] = queries.prompts([person], access=therapist)
        assert (prompt.open, prompt.outcome, prompt.escalated_to) == (False, "escalated", "crisis team")
        assert prompt.closed_by == therapist.actor
        assert owed(person, therapist) == []

    def test_a_total_says_so_itself(self, meet, person, therapist):
        with pytest.raises(Invalid, match=r"^risk_outcome: "):
            meet(responses=[Given("phq9", total=4, harm=True)])
        meet(responses=[Given("phq9", total=4, harm=True)], talk=Talk("safety_plan_made"))
        assert queries.prompts([person], access=therapist)[0].outcome == "safety_plan_made"

    def test_the_talk_closes_what_came_from_afar_too(self, remote, meet, person, therapist):
        remote(1)
        remote(3)
        meet(talk=about(person, therapist))
        assert queries.open_prompts([person], access=therapist) == []
        assert owed(person, therapist) == []

    def test_what_was_answered_meanwhile_stays_open(self, remote, meet, person, therapist):
        remote(1)
        known = about(person, therapist)
        remote(2)
        meet(responses=[Given("core10", [0] * 5 + [1] + [0] * 4)], talk=known)
        [left] = queries.open_prompts([person], access=therapist)
        assert [answers for _at, answers in left.answers] == [{"item9": 2}]
        assert [one.about for one in owed(person, therapist)] == [left.id]

    def test_nobody_elses_prompt_is_closed_by_its_id(self, meet, remote, person, therapist, northside):
        other = factories.registered(northside)
        measures.record_response(
            registration=other, instrument="phq9", answers=answers(1), completed_at=clock.now(), by=therapist
        )
        meet(talk=about(other, therapist))
        assert len(queries.open_prompts([other], access=therapist)) == 1

    @pytest.mark.parametrize("attendance", ["did_not_attend", "cancelled_by_person"])
    def test_no_conversation_was_had_in_a_contact_that_did_not_take_place(
        self, remote, meet, person, therapist, attendance
    ):
        remote(1)
        with pytest.raises(Invalid, match=r"^risk_outcome: The contact did not take place"):
            meet(talk=about(person, therapist), attendance=attendance)
        assert len(queries.open_prompts([person], access=therapist)) == 1
        assert not Contact.objects.exists()


class TestTheContactPutRight:
    """A conversation that closed a prompt and turns out not to have been had with this person."""

    @pytest.fixture
    def talked(self, remote, meet, person, therapist):
        remote(1)
        return meet(talk=about(person, therapist))

    @pytest.fixture
    def prompt(self, talked, person, therapist):
        [found] = queries.prompts([person], access=therapist)
        assert not found.open
        return found.id

    def standing(self, prompt, person, therapist):
        found = queries.prompt(prompt, access=therapist)
        return found.open, found.outcome, len(owed(person, therapist))

    def test_of_somebody_else_opens_it_again(self, talked, prompt, person, therapist):
        contacts.wrong_person(contact=talked, why=SLIP, by=therapist)
        assert self.standing(prompt, person, therapist) == (True, "", 1)

    def test_missed_after_all_opens_it_again(self, talked, prompt, person, therapist):
        self.correct(talked, "did_not_attend", therapist)
        assert self.standing(prompt, person, therapist) == (True, "", 1)

    def test_kept_still_leaves_it_closed(self, talked, prompt, person, therapist):
        self.correct(talked, "late_seen", therapist)
        assert self.standing(prompt, person, therapist) == (False, "talked_about", 0)

    def test_it_can_be_closed_again(self, talked, prompt, person, therapist):
        contacts.wrong_person(contact=talked, why=SLIP, by=therapist)
        actions.close(prompt=prompt, talk=Talk("escalated", "A&E"), by=therapist)
        assert self.standing(prompt, person, therapist) == (False, "escalated", 0)

    def test_one_that_was_closed_elsewhere_stays_closed(self, remote, meet, person, therapist):
        remote(1)
        [prompt] = queries.open_prompts([person], access=therapist)
        actions.close(prompt=prompt.id, talk=TALKED, by=therapist)
        contacts.wrong_person(contact=meet(), why=SLIP, by=therapist)
        assert self.standing(prompt.id, person, therapist) == (False, "talked_about", 0)

    def test_what_was_answered_in_it_goes_with_it(self, meet, person, therapist):
        met = meet(responses=[Given("phq9", answers(1))], talk=TALKED)
        contacts.wrong_person(contact=met, why=SLIP, by=therapist)
        assert queries.prompts([person], access=therapist) == []
        assert owed(person, therapist) == []

    def correct(self, contact, attendance, by):
        meeting = Meeting("treatment", clock.now() - timedelta(hours=1), "face_to_face", 50)
        contacts.correct_contact(contact=contact, meeting=meeting, attendance=attendance, why=SLIP, by=by)


class TestClosing:
    def test_it_closes_once(self, remote, person, therapist):
        remote()
        [prompt] = queries.open_prompts([person], access=therapist)
        actions.close(prompt=prompt.id, talk=TALKED, by=therapist)
        with pytest.raises(Stale):
            actions.close(prompt=prompt.id, talk=Talk("escalated", "A&E"), by=therapist)
        assert queries.prompt(prompt.id, access=therapist).outcome == "talked_about"

    def test_an_outcome_is_needed(self, remote, person, therapist):
        remote()
        [prompt] = queries.open_prompts([person], access=therapist)
        for talk in (Talk(""), Talk("escalated")):
            with pytest.raises(Invalid):
                actions.close(prompt=prompt.id, talk=talk, by=therapist)
        assert queries.prompt(prompt.id, access=therapist).open

    def test_the_other_service_neither_sees_nor_closes_it(self, remote, person, therapist, riverside):
        remote()
        [prompt] = queries.open_prompts([person], access=therapist)
        other = riverside.sign_in("keyworker")
        assert queries.open_prompts([person], access=other) == []
        for act in (lambda: queries.prompt(prompt.id, access=other), lambda: _close(prompt, other)):
            with pytest.raises(NotThere):
                act()

    def test_it_goes_with_a_record_of_the_wrong_person(self, remote, person, therapist):
        made = remote()
        taken = {"record": made, "why": Correcting("It is somebody else's"), "by": therapist}
        with pytest.raises(Invalid, match=r"^risk_taken_on_by: An answer about self-harm in it waits"):
            measures.withdraw_wrong_person(**taken, taken_on_by=" ")
        with pytest.raises(Invalid, match=r"^risk_taken_on_by: Keep it to 120 letters\."):
            measures.withdraw_wrong_person(**taken, taken_on_by="x" * 121)
        assert len(queries.open_prompts([person], access=therapist)) == 1
        measures.withdraw_wrong_person(**taken, taken_on_by=" The duty worker ")
        [status] = RiskPromptStatus.objects.exclude(outcome="")
        assert (status.outcome, status.escalated_to, status.by) == ("wrong_person", "The duty worker", therapist.actor)
        assert queries.prompts([person], access=therapist) == []
        assert owed(person, therapist) == []


class TestPutRight:
    """An answer that was put right: what was talked about stays so, what is worse than it was does not."""

    @pytest.fixture
    def correct(self, therapist):
        def put_right(response, last, first=1, **changes):
            given = [first, *answers(last)[1:]]
            usual = {"response": response, "answers": given, "why": SLIP, "by": therapist}
            return measures.correct_response(**usual | changes)

        return put_right

    def test_no_worse_than_it_was_stays_with_its_prompt(self, remote, correct, person, therapist):
        correct(remote(2), 1)
        [prompt] = queries.open_prompts([person], access=therapist)
        assert [answers for _at, answers in prompt.answers] == [{"item9": 1}]
        assert [answers for _at, answers in prompt.put_right] == [{"item9": 2}]
        assert len(owed(person, therapist)) == 1

    def test_what_was_talked_about_is_not_asked_for_again(self, remote, correct, person, therapist):
        response = remote(2)
        _close(queries.open_prompts([person], access=therapist)[0], therapist)
        correct(response, 2, first=3)
        assert queries.open_prompts([person], access=therapist) == []
        [closed] = queries.prompts([person], access=therapist)
        assert [answers for _at, answers in closed.answers] == [{"item9": 2}]

    @pytest.mark.parametrize("before", [0, 1])
    def test_more_than_it_was_is_owed_to_whoever_put_it_right(self, remote, correct, person, therapist, before):
        response = remote(before)
        for one in queries.open_prompts([person], access=therapist):
            _close(one, therapist)
        correct(response, 2)
        [prompt] = queries.open_prompts([person], access=therapist)
        assert ([answers for _at, answers in prompt.answers], prompt.remote) == ([{"item9": 2}], False)
        assert owed(person, therapist)[0].holder == therapist.actor

    def test_more_than_it_was_joins_what_is_open_and_as_bad(self, remote, correct, person, therapist):
        response = remote(0)
        remote(3)
        correct(response, 2)
        [prompt] = queries.open_prompts([person], access=therapist)
        assert [answers for _at, answers in prompt.answers] == [{"item9": 3}, {"item9": 2}]

    def test_taken_away_it_is_owed_all_the_same(self, remote, correct, person, therapist):
        correct(remote(2), 0)
        [prompt] = queries.open_prompts([person], access=therapist)
        assert prompt.answers == ()
        assert [answers for _at, answers in prompt.put_right] == [{"item9": 2}]
        assert len(owed(person, therapist)) == 1

    def test_what_was_a_slip_hides_no_rise(self, remote, correct, person, therapist):
        correct(remote(3), 1)
        remote(2)
        assert len(queries.open_prompts([person], access=therapist)) == 2

    def test_the_talk_closes_it_in_the_same_act(self, remote, correct, person, therapist):
        correct(remote(0), 2, talk=TALKED)
        assert [one.open for one in queries.prompts([person], access=therapist)] == [False]
        assert owed(person, therapist) == []

    def test_a_talk_about_nothing_that_waits_is_refused(self, remote, correct, person, therapist):
        response = remote(0)
        with pytest.raises(Invalid, match=r"^risk_outcome: Nothing about self-harm waits for a conversation here\."):
            correct(response, 0, first=2, talk=TALKED)
        assert measured.response(response, access=therapist).stands

    def test_a_total_that_told_of_it_stays_with_its_prompt(self, correct, person, therapist):
        given = {"registration": person, "completed_at": NOW, "by": therapist, "instrument": "phq9"}
        response = measures.record_response(total=9, harm=True, talk=TALKED, **given)
        measures.correct_response(response=response, total=10, why=SLIP, by=therapist)
        assert queries.open_prompts([person], access=therapist) == []

    @pytest.mark.parametrize("last", [0, 1, 2])
    def test_it_goes_with_the_wrong_person_however_it_was_put_right(self, remote, correct, person, therapist, last):
        made = correct(remote(2), last, first=0)
        measures.withdraw_wrong_person(record=made, why=SLIP, by=therapist, taken_on_by="The duty worker")
        assert queries.prompts([person], access=therapist) == []
        assert owed(person, therapist) == []

    def test_an_answer_of_somebody_else_leaves_the_prompt_of_others(self, remote, person, therapist):
        remote(2)
        measures.withdraw_wrong_person(record=remote(1), why=SLIP, by=therapist, taken_on_by="The duty worker")
        [prompt] = queries.open_prompts([person], access=therapist)
        assert [answers for _at, answers in prompt.answers] == [{"item9": 2}]
        assert prompt.put_right == ()

    def test_all_of_a_contact_goes_with_what_was_put_right_at_it(self, meet, correct, person, therapist):
        contact = meet(responses=[Given("phq9", answers(0))])
        [point] = measured.series([person], access=therapist)["phq9"]
        correct(correct(point.response, 2), 0)
        contacts.wrong_person(contact=contact, why=SLIP, by=therapist, taken_on_by="The duty worker")
        assert queries.prompts([person], access=therapist) == []


def _close(prompt, by):
    actions.close(prompt=prompt.id, talk=TALKED, by=by)


def test_every_prompt_and_task_agree(remote, person, therapist):
    """An open prompt has one open task and a closed one has none."""
    remote(1)
    remote(2)
    first, second = queries.open_prompts([person], access=therapist)
    actions.close(prompt=first.id, talk=TALKED, by=therapist)
    assert {one.about for one in owed(person, therapist)} == {second.id}
