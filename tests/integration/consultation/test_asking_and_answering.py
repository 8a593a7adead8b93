"""A question goes from one team to the other and its answer comes back, each in its own service's record."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.consultation import actions, queries
from alongside.consultation.models import Consultation, ConsultationStatus
from alongside.consultation.rules import Reply, Side, State
from alongside.kernel import clock
from alongside.kernel.errors import Duplicate, Invalid, NotAllowed, NotThere, Several, Stale
from alongside.organisations import actions as organisations
from alongside.tasks import queries as tasks
from tests.factories import SETTING_UP, Joint, Service, agreed, joint, partnership, registered

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 6, 15, 9, tzinfo=UTC)  # 10:00 in London, both services open
BOTH = ("identity", "team", "consultation")


@pytest.fixture
def pair():
    with clock.at(MONDAY):
        yield joint(*BOTH)


def ask(pair: Joint, **changes) -> str:
    asked = {"registration": pair.registration, "answering_service": pair.there.id, "text": "Is CBT safe in a taper?"}
    return actions.ask(**asked | changes, by=pair.here.sign_in("therapist"))


def accepted(pair: Joint) -> str:
    made = ask(pair)
    actions.accept(consultation=made, version=1, by=pair.there.sign_in("keyworker"))
    return made


def answered(pair: Joint) -> str:
    made = accepted(pair)
    advice = ["Go slowly.", "Ring us if drinking rises."]
    actions.answer(consultation=made, recommendations=advice, version=2, by=pair.there.sign_in("keyworker"))
    return made


def closed(pair: Joint) -> str:
    made, therapist = answered(pair), pair.here.sign_in("therapist")
    actions.reply(
        consultation=made, replies=[Reply(1, "taken"), Reply(2, "declined", "They ring us already.")], by=therapist
    )
    actions.close(consultation=made, outcome="helped", learnt="A taper is no bar.", version=3, by=therapist)
    return made


def owed_by(access) -> list[tuple[str, str]]:
    return [(task.kind, task.registration) for task in tasks.owed(access=access)]


def test_the_answering_team_sees_the_question_and_owes_an_answer(pair: Joint) -> None:
    made = ask(pair)
    keyworker = pair.there.sign_in("keyworker")
    line = queries.inbox(access=keyworker).to_answer[0]
    assert (line.id, line.text, line.side) == (made, "Is CBT safe in a taper?", Side.ANSWERING)
    assert (line.registration, line.holder) == (pair.registration_there, pair.there.team)
    assert owed_by(keyworker) == [("answer", pair.registration_there)]
    assert queries.inbox(access=pair.here.sign_in("therapist")).waiting[0].id == made


def test_a_question_goes_the_other_way_as_well(pair: Joint) -> None:
    keyworker = pair.there.sign_in("keyworker")
    made = actions.ask(
        registration=pair.registration_there, answering_service=pair.here.id, text="Is she well enough?", by=keyworker
    )
    assert queries.inbox(access=pair.here.sign_in("therapist")).to_answer[0].id == made


@pytest.mark.parametrize(
    ("urgency", "due"),
    [
        ("routine", datetime(2026, 6, 17, 16, tzinfo=UTC)),  # closing time of the second working day
        ("soon", datetime(2026, 6, 16, 16, tzinfo=UTC)),
        ("same_day", datetime(2026, 6, 15, 13, tzinfo=UTC)),  # four opening hours
    ],
)
def test_the_clock_starts_at_asking(pair: Joint, urgency: str, due: datetime) -> None:
    made = ask(pair, urgency=urgency)
    with clock.at(MONDAY + timedelta(hours=3)):
        actions.accept(consultation=made, version=1, by=pair.there.sign_in("keyworker"))
    assert Consultation.objects.get(pk=made).due_at == due


def test_the_answer_is_read_and_replied_to_by_the_asker(pair: Joint) -> None:
    made = answered(pair)
    therapist = pair.here.sign_in("therapist")
    assert owed_by(therapist) == [("reply", pair.registration)]
    advice = queries.thread(made, access=therapist).advice[0]
    assert [one.recommendation for one in advice.recommendations] == ["Go slowly.", "Ring us if drinking rises."]
    actions.reply(consultation=made, replies=[Reply(2, "adapted", "They ring me first.")], by=therapist)
    seen = queries.thread(made, access=pair.there.sign_in("keyworker")).advice[0].recommendations
    assert [(one.verdict, one.why) for one in seen] == [("", ""), ("adapted", "They ring me first.")]


def test_what_was_learnt_reaches_those_who_advised_and_then_fades(pair: Joint) -> None:
    made = closed(pair)
    keyworker = pair.there.sign_in("keyworker")
    thread = queries.thread(made, access=keyworker)
    assert (thread.outcome, thread.learnt) == ("helped", "A taper is no bar.")
    assert tasks.open_things("consultation", access=keyworker) == {}
    with clock.at(MONDAY + timedelta(days=29)):
        later = queries.thread(made, access=keyworker)
        assert (later.question, later.learnt, len(later.advice)) == (None, "", 1)  # their own answer stays theirs
        theirs = queries.thread(made, access=pair.here.sign_in("therapist"))
        assert theirs.learnt == "A taper is no bar."


def test_advice_that_was_received_stays_with_the_asker(pair: Joint) -> None:
    made = closed(pair)
    with clock.at(MONDAY + timedelta(days=29)):
        kept = queries.thread(made, access=pair.here.sign_in("therapist")).advice[0]
    assert (kept.text, kept.author) == ("", "")
    assert [(one.recommendation, one.verdict) for one in kept.recommendations] == [
        ("Go slowly.", "taken"),
        ("Ring us if drinking rises.", "declined"),
    ]


def test_clarifying_stops_the_clock_and_keeps_the_age(pair: Joint) -> None:
    made, keyworker, therapist = ask(pair, urgency="same_day"), *both(pair)
    actions.accept(consultation=made, version=1, by=keyworker)
    with clock.at(MONDAY + timedelta(hours=1)):
        actions.ask_back(consultation=made, text="Which medicine?", version=2, by=keyworker)
    assert owed_by(therapist) == [("clarify", pair.registration)]
    with clock.at(MONDAY + timedelta(hours=3)):
        actions.clarify(consultation=made, text="Diazepam.", version=3, by=therapist)
        thread = queries.thread(made, access=keyworker)
    assert [(one.text, one.asked_back) for one in thread.said] == [("Which medicine?", True), ("Diazepam.", False)]
    assert (thread.question.asked_at, thread.question.due_at) == (MONDAY, MONDAY + timedelta(hours=6))
    assert thread.left == timedelta(hours=3)
    assert owed_by(keyworker) == [("answer", pair.registration_there)]


def both(pair: Joint):
    return pair.there.sign_in("keyworker"), pair.here.sign_in("therapist")


def test_a_withdrawn_question_is_gone_for_the_other_team(pair: Joint) -> None:
    made = ask(pair)
    keyworker, therapist = both(pair)
    actions.withdraw(consultation=made, version=1, by=therapist)
    assert (queries.inbox(access=keyworker).recent, owed_by(keyworker)) == ([], [])
    with pytest.raises(NotThere):
        queries.thread(made, access=keyworker)
    assert queries.thread(made, access=therapist).question.state is State.WITHDRAWN


def test_a_team_that_cannot_answer_hands_the_question_back(pair: Joint) -> None:
    made = accepted(pair)
    keyworker, therapist = both(pair)
    actions.hand_back(consultation=made, version=2, by=keyworker)
    assert owed_by(therapist) == [("returned", pair.registration)]


def test_a_redirected_question_moves_with_its_clock(pair: Joint) -> None:
    made = ask(pair)
    prescribers, prescriber = second_team(pair)
    actions.redirect(consultation=made, team=prescribers, version=1, by=pair.there.sign_in("keyworker"))
    assert owed_by(prescriber) == [("answer", pair.registration_there)]
    line = queries.inbox(access=prescriber).to_answer[0]
    assert (line.id, line.due_at) == (made, datetime(2026, 6, 17, 16, tzinfo=UTC))
    actions.accept(consultation=made, version=2, by=prescriber)
    assert queries.inbox(access=pair.there.sign_in("keyworker")).to_answer == []


def second_team(pair: Joint):
    team = organisations.add_team(service=pair.there.id, name="Prescribing", takes_referrals=False, by=SETTING_UP)
    return team, Service(pair.there.id, pair.there.name, team).sign_in("prescriber")


def test_a_colleague_may_be_named_to_answer(pair: Joint) -> None:
    made = ask(pair)
    keyworker = pair.there.sign_in("keyworker")
    actions.accept(consultation=made, version=1, practitioner=keyworker.actor, by=pair.there.sign_in("team_lead"))
    assert owed_by(keyworker) == [("answer", pair.registration_there)]
    with pytest.raises(Invalid, match="team that was asked"):
        actions.accept(
            consultation=ask(pair),
            version=1,
            practitioner=pair.here.sign_in("therapist").actor,
            by=pair.there.sign_in("team_lead"),
        )


def test_nothing_is_asked_where_the_services_are_not_linked() -> None:
    both_services = partnership()
    here = registered(both_services.northside)
    registered(both_services.riverside)  # the same name, known there too: no link, so nobody may learn of it
    with pytest.raises(NotAllowed, match="not linked"):
        actions.ask(
            registration=here,
            answering_service=both_services.riverside.id,
            text="?",
            by=both_services.northside.sign_in("therapist"),
        )


def test_nothing_is_asked_that_the_person_did_not_agree_to_share() -> None:
    pair = joint("identity", "team")
    with pytest.raises(NotAllowed, match="has not agreed to share questions with Riverside"):
        ask(pair)
    assert not Consultation.objects.exists()
    assert owed_by(pair.there.sign_in("keyworker")) == []


def test_nothing_is_accepted_whose_answer_could_not_be_read() -> None:
    pair = joint("identity", "team", "consultation")
    agreed(pair.registration_there, pair.there, pair.here, "identity")  # a newer, narrower choice
    made = ask(pair)
    with pytest.raises(NotAllowed, match="has not agreed to share answers with Northside"):
        actions.accept(consultation=made, version=1, by=pair.there.sign_in("keyworker"))
    assert Consultation.objects.get(pk=made).state == State.ASKED


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"urgency": "now"}, "urgency"),
        ({"answering_team": "tea_none"}, "answering_team"),
    ],
)
def test_bad_input_names_its_field_and_saves_nothing(pair: Joint, changes: dict, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        ask(pair, **changes)
    assert caught.value.field == field
    assert not Consultation.objects.exists()


def test_asking_ones_own_service_is_refused(pair: Joint) -> None:
    with pytest.raises(Invalid, match="another service"):
        ask(pair, answering_service=pair.here.id)


def test_the_same_form_twice_asks_once(pair: Joint) -> None:
    made = ask(pair, submission="token")
    with pytest.raises(Duplicate) as caught:
        ask(pair, submission="token")
    assert caught.value.existing == made
    assert Consultation.objects.count() == 1


def test_the_same_answer_twice_is_given_once(pair: Joint) -> None:
    made, keyworker = accepted(pair), pair.there.sign_in("keyworker")
    sent = {"consultation": made, "recommendations": ["Wait."], "version": 2, "submission": "t", "by": keyworker}
    first = actions.answer(**sent)
    with pytest.raises(Duplicate) as caught:
        actions.answer(**sent)
    assert caught.value.existing == first


def test_a_stale_form_saves_nothing(pair: Joint) -> None:
    made, keyworker = accepted(pair), pair.there.sign_in("keyworker")
    with pytest.raises(Stale):
        actions.answer(consultation=made, recommendations=["Wait."], version=1, by=keyworker)
    assert Consultation.objects.get(pk=made).state == State.ACCEPTED


def test_an_answer_needs_a_recommendation(pair: Joint) -> None:
    with pytest.raises(Invalid, match="at least one"):
        actions.answer(
            consultation=accepted(pair), recommendations=[" "], version=2, by=pair.there.sign_in("keyworker")
        )


def test_every_wrong_reply_is_named_at_once(pair: Joint) -> None:
    made = answered(pair)
    with pytest.raises(Several) as caught:
        actions.reply(
            consultation=made,
            replies=[Reply(1, "declined"), Reply(3, "taken")],
            by=pair.here.sign_in("therapist"),
        )
    assert [problem.field for problem in caught.value.problems] == ["reply_1", "reply_3"]


def test_closing_waits_for_every_reply(pair: Joint) -> None:
    made, therapist = answered(pair), pair.here.sign_in("therapist")
    actions.reply(consultation=made, replies=[Reply(1, "taken")], by=therapist)
    with pytest.raises(Invalid, match="each recommendation"):
        actions.close(consultation=made, outcome="helped", version=3, by=therapist)


def test_an_unknown_consultation_and_another_services_read_alike(pair: Joint) -> None:
    made = ask(pair)
    stranger = partnership().northside.sign_in("therapist")
    for one in (made, "cst_nothing"):
        with pytest.raises(NotThere):
            queries.thread(one, access=stranger)
        with pytest.raises(NotThere):
            actions.accept(consultation=one, version=1, by=stranger)


def test_the_asker_cannot_answer_for_the_other_team(pair: Joint) -> None:
    with pytest.raises(NotThere):
        actions.accept(consultation=ask(pair), version=1, by=pair.here.sign_in("therapist"))


def test_a_role_that_does_not_consult_cannot_ask(pair: Joint) -> None:
    with pytest.raises(NotAllowed):
        actions.ask(
            registration=pair.registration,
            answering_service=pair.there.id,
            text="?",
            by=pair.here.sign_in("administrator", "administration"),
        )


def test_the_rows_of_states_replay_to_the_present_one(pair: Joint) -> None:
    made = closed(pair)
    states = list(ConsultationStatus.objects.filter(consultation=made).order_by("pk").values_list("state", flat=True))
    assert states == ["asked", "accepted", "answered", "closed"]


def test_about_lists_a_persons_questions_for_both_sides(pair: Joint) -> None:
    made = ask(pair)
    keyworker, therapist = both(pair)
    everywhere = [pair.registration, pair.registration_there]
    assert [line.id for line in queries.about(everywhere, access=keyworker)] == [made]
    assert [line.id for line in queries.about(everywhere, access=therapist)] == [made]


def test_response_times_are_counted_for_the_evaluator(pair: Joint) -> None:
    answered(pair)
    with clock.at(MONDAY + timedelta(hours=1)):
        ask(pair, text="Another?")
    with clock.at(MONDAY + timedelta(days=7)):
        found = queries.response_times(access=pair.here.sign_in("evaluator", "evaluation"))
        there = queries.response_times(access=pair.there.sign_in("evaluator", "evaluation"))
    assert [(one.within, one.answered_at) for one in found] == [(True, MONDAY), (False, None)]
    # The other side counts what it answered, by its own record; what it has not answered is the asker's alone.
    assert [(one.within, one.registration) for one in there] == [(True, pair.registration_there)]
