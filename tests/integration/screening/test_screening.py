"""Asked, positive, talked about, offered, started: each step with who and when, and each open one held by somebody."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.access.context import Access
from alongside.consultation import actions as consultation
from alongside.definitions import policy
from alongside.definitions.instruments import Whose
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import Duplicate, Invalid, NotAllowed, NotThere, Several, Stale
from alongside.measures import actions as measures
from alongside.people import queries as people
from alongside.people.rules import Correcting
from alongside.screening import actions, queries
from alongside.screening.models import Screening
from alongside.screening.rules import Asked, Cascade, State, Step
from alongside.sharing import actions as sharing
from alongside.sharing import queries as everywhere
from alongside.tasks import queries as tasks
from alongside.transitions import actions as transitions
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)  # a Friday, within opening hours
LONG_AGO = NOW - timedelta(days=400)
WHY = Correcting("A slip of the pen")
SYSTEM = Access.system("test")


@pytest.fixture(autouse=True)
def _friday_afternoon():
    with clock.at(NOW):
        yield


@pytest.fixture
def ask(person, therapist):
    def record(*asked, **changes):
        said = [Asked(*one) for one in asked]
        return actions.record(**{"registration": person.northside, "asked": said, "by": therapist} | changes)

    return record


@pytest.fixture
def positive(ask):
    return ask(("alcohol", "positive"))[0]


def owed(registration, access):
    return [one for one in tasks.about([registration], access=access) if one.room == "screening"]


def state_of(screening, access):
    return queries.screening(screening, access=access).state


class TestAsking:
    def test_several_topics_at_once(self, ask, person, therapist):
        made = ask(("alcohol", "positive"), ("drugs", "negative"), ("gambling", "did_not_say"))
        found = {one.id: (one.topic, one.state) for one in queries.screenings([person.northside], access=therapist)}
        assert [found[one] for one in made] == [
            ("alcohol", "positive"),
            ("drugs", "negative"),
            ("gambling", "did_not_say"),
        ]

    def test_a_yes_is_owed_by_whoever_treats_them_and_nothing_else_is(self, ask, person, therapist):
        [yes, *_] = ask(("alcohol", "positive"), ("drugs", "negative"), ("tobacco", "did_not_say"))
        [task] = owed(person.northside, therapist)
        due = datetime(2026, 3, 13, 17, tzinfo=UTC)
        assert (task.about, task.kind, task.holder, task.due_at) == (yes, "discuss", therapist.actor, due)
        assert list(everywhere.nowhere(access=SYSTEM)) == []

    def test_what_a_colleague_on_duty_finds_is_whoever_treats_thems(self, ask, person, therapist):
        ask(("alcohol", "positive"), by=person.world.northside.sign_in("duty_worker"))
        assert owed(person.northside, therapist)[0].holder == therapist.actor

    def test_until_somebody_treats_them_whoever_asked_holds_it(self, person, therapist):
        known = factories.registered(person.world.northside, given_name="Sam")
        lead = person.world.northside.sign_in("team_lead")
        actions.record(registration=known, asked=[Asked("alcohol", "positive")], by=lead)
        assert owed(known, lead)[0].holder == lead.actor

    def test_the_same_form_twice_is_one(self, ask, person, therapist):
        [first] = ask(("alcohol", "positive"), submission="sub_1")
        with pytest.raises(Duplicate) as repeated:
            ask(("alcohol", "positive"), submission="sub_1")
        assert repeated.value.existing == first
        assert len(queries.screenings([person.northside], access=therapist)) == 1

    def test_asking_again_does_not_replace_what_is_open(self, ask, positive, person, therapist):
        with pytest.raises(Several) as refused:
            ask(("alcohol", "negative"), ("drugs", "negative"))
        assert [one.field for one in refused.value.problems] == ["alcohol"]
        assert [one.id for one in queries.screenings([person.northside], access=therapist)] == [positive]

    def test_asked_again_once_it_is_over(self, ask):
        ask(("alcohol", "negative"))
        assert ask(("alcohol", "positive"))

    @pytest.mark.parametrize(
        ("asked", "field"), [([], ""), ([("weather", "positive")], "weather"), ([("alcohol", "maybe")], "alcohol")]
    )
    def test_a_wrong_answer_is_refused_by_name(self, ask, asked, field):
        with pytest.raises((Invalid, Several)) as refused:
            ask(*asked)
        problems = refused.value.problems if isinstance(refused.value, Several) else [refused.value]
        assert [one.field for one in problems] == [field]

    def test_not_in_the_future(self, ask):
        with pytest.raises(Invalid, match="future"):
            ask(("alcohol", "negative"), asked_at=NOW + timedelta(minutes=1))

    def test_not_before_they_were_born(self, ask):
        with pytest.raises(Invalid, match="before they were born"):
            ask(("alcohol", "negative"), asked_at=datetime(1066, 10, 14, tzinfo=UTC))

    def test_the_desk_does_not_screen(self, ask, person):
        with pytest.raises(NotAllowed):
            ask(("alcohol", "negative"), by=person.world.northside.sign_in("administrator"))

    def test_the_ledger_says_that_and_not_what(self, ask, person):
        from alongside.audit.models import Entry

        ask(("gambling", "positive"))
        entry = Entry.objects.filter(act="screening.record").get()
        assert "gambling" not in str(entry.detail)
        assert "positive" not in str(entry.detail)


class TestAnswersBehindIt:
    @pytest.fixture
    def answered(self, person, therapist):
        def record(instrument="audit_c", total=7, registration=None, by=None):
            return measures.record_response(
                registration=registration or person.northside,
                instrument=instrument,
                total=total,
                completed_at=clock.now(),
                by=by or therapist,
            )

        return record

    def test_a_questionnaire_suggests_what_was_found(self, answered, person, therapist):
        yes, no = answered(total=5), answered("dast10", 2)
        found = queries.taken([person.northside], Whose(), access=therapist)
        assert {(one.topic, one.response, one.suggests, one.checked) for one in found} == {
            ("alcohol", yes, True, True),
            ("drugs", no, False, False),
        }

    def test_where_the_cutoff_is_by_sex_the_persons_decides(self, answered, person, therapist):
        answered("dudit", 3)
        said = {
            sex: queries.taken([person.northside], Whose(sex), access=therapist)[0].suggests
            for sex in ("female", "male", None)
        }
        assert said == {"female": True, "male": False, None: None}

    def test_where_the_service_is_decides(self, answered, person, therapist):
        answered("gad7", 9)
        said = {
            where: queries.taken([person.northside], Whose(jurisdiction=where), access=therapist)[0].suggests
            for where in ("uk", "us")
        }
        assert said == {"uk": True, "us": False}

    def test_it_stays_beside_what_was_found(self, answered, ask, therapist):
        response = answered()
        [made] = ask(("alcohol", "positive", response))
        assert queries.screening(made, access=therapist).response == response

    def test_answers_about_something_else_are_not_there(self, answered, ask):
        with pytest.raises(NotThere):
            ask(("drugs", "positive", answered()))

    def test_answers_of_the_other_service_are_not_there(self, answered, ask, person):
        theirs = answered(registration=person.riverside, by=person.keyworker)
        with pytest.raises(NotThere):
            ask(("alcohol", "positive", theirs))

    def test_answers_that_were_put_right_are_not_there(self, answered, ask, therapist):
        response = answered()
        measures.correct_response(response=response, total=2, why=WHY, by=therapist)
        with pytest.raises(NotThere):
            ask(("alcohol", "positive", response))


class TestTakingItOn:
    def test_step_by_step_each_with_who_and_when(self, positive, person, therapist):
        for days, step in enumerate(
            [Step("discussed", "Wants to cut down"), Step("offered", "A referral to Riverside")]
        ):
            with clock.at(NOW + timedelta(days=days)):
                actions.take_on(screening=positive, steps=[step], by=therapist)
        found = queries.screening(positive, access=therapist)
        assert [(one.state, one.by, one.words) for one in found.steps] == [
            ("positive", therapist.actor, ""),
            ("discussed", therapist.actor, "Wants to cut down"),
            ("offered", therapist.actor, "A referral to Riverside"),
        ]
        assert [one.at for one in found.steps] == [NOW, NOW, NOW + timedelta(days=1)]
        [task] = owed(person.northside, therapist)
        assert task.kind == "start"

    def test_one_conversation_may_be_two_steps(self, positive, therapist):
        actions.take_on(screening=positive, steps=[Step("discussed"), Step("offered", "A group")], by=therapist)
        assert state_of(positive, therapist) is State.OFFERED

    @pytest.mark.parametrize(
        "steps",
        [
            ["discussed", "offered", "started"],
            ["discussed", "offered", "offer_declined"],
            ["discussed", "nothing_needed"],
            ["in_treatment"],
        ],
    )
    def test_at_its_end_nobody_owes_anything(self, positive, person, therapist, steps):
        actions.take_on(screening=positive, steps=[Step(one, "Said") for one in steps], by=therapist)
        assert owed(person.northside, therapist) == []
        assert list(everywhere.nowhere(access=SYSTEM)) == []

    def test_a_refused_step_undoes_those_before_it(self, positive, therapist):
        with pytest.raises(Invalid):
            actions.take_on(screening=positive, steps=[Step("discussed"), Step("offered")], by=therapist)
        assert state_of(positive, therapist) is State.POSITIVE

    def test_nobody_skips_a_step(self, positive, therapist):
        with pytest.raises(NotAllowed):
            actions.take_on(screening=positive, steps=[Step("started", "Keywork")], by=therapist)

    def test_nobody_says_that_somebody_left_but_a_discharge(self, positive, therapist):
        with pytest.raises(NotAllowed):
            actions.take_on(screening=positive, steps=[Step("left")], by=therapist)

    def test_the_same_form_twice_is_one(self, positive, therapist):
        step = [Step("discussed")]
        actions.take_on(screening=positive, steps=step, by=therapist, submission="sub_1")
        with pytest.raises(Duplicate) as repeated:
            actions.take_on(screening=positive, steps=step, by=therapist, submission="sub_1")
        assert repeated.value.existing == positive

    def test_whoever_saw_an_earlier_state_is_told(self, positive, therapist):
        actions.take_on(screening=positive, steps=[Step("discussed")], by=therapist)
        with pytest.raises(Stale):
            actions.take_on(screening=positive, steps=[Step("offered", "A group")], seen="positive", by=therapist)

    def test_it_may_start_with_a_question_to_the_other_team(self, positive, person, therapist):
        to = person.world.riverside.id
        asked = consultation.ask(registration=person.northside, answering_service=to, text="Cut down?", by=therapist)
        said = [Step("discussed"), Step("offered", "Ask Riverside"), Step("started", thing=asked)]
        actions.take_on(screening=positive, steps=said, by=therapist)
        assert queries.screening(positive, access=therapist).steps[-1].thing == asked

    def test_or_with_nothing_of_somebody_elses(self, positive, person, therapist):
        other = factories.Referred(person.world, given_name="Sam").referral
        said = [Step("discussed"), Step("offered", "Ask Riverside"), Step("started", thing=other)]
        with pytest.raises(NotThere):
            actions.take_on(screening=positive, steps=said, by=therapist)


class TestPuttingRight:
    def test_a_slip_is_put_right_and_begins_again(self, positive, person, therapist):
        actions.take_on(screening=positive, steps=[Step("discussed")], by=therapist)
        new = actions.correct(screening=positive, found="negative", why=WHY, by=therapist)
        [stands] = queries.screenings([person.northside], access=therapist)
        assert (stands.id, stands.state) == (new, "negative")
        assert owed(person.northside, therapist) == []
        assert not queries.screening(positive, access=therapist).stands

    def test_a_no_that_was_a_yes_is_owed(self, ask, person, therapist):
        [wrong] = ask(("alcohol", "negative"))
        new = actions.correct(screening=wrong, found="positive", why=WHY, by=therapist)
        assert [one.about for one in owed(person.northside, therapist)] == [new]

    def test_two_open_ones_about_the_same_never_stand(self, ask, therapist):
        [first] = ask(("alcohol", "negative"))
        ask(("alcohol", "positive"))
        with pytest.raises(Invalid) as refused:
            actions.correct(screening=first, found="positive", why=WHY, by=therapist)
        assert refused.value.field == "found"

    def test_about_somebody_else_it_leaves_the_record(self, positive, person, therapist):
        actions.wrong_person(screening=positive, why=WHY, by=therapist)
        assert queries.screenings([person.northside], access=therapist) == []
        assert owed(person.northside, therapist) == []
        [noted] = people.corrections([person.northside], access=therapist)
        assert noted.record == positive

    def test_whoever_comes_second_is_told(self, positive, therapist):
        actions.wrong_person(screening=positive, why=WHY, by=therapist)
        for act in (
            lambda: actions.wrong_person(screening=positive, why=WHY, by=therapist),
            lambda: actions.correct(screening=positive, found="negative", why=WHY, by=therapist),
            lambda: actions.take_on(screening=positive, steps=[Step("discussed")], by=therapist),
        ):
            with pytest.raises(Stale):
                act()

    def test_a_reason_is_needed(self, positive, therapist):
        with pytest.raises(Invalid, match="what was wrong"):
            actions.correct(screening=positive, found="negative", why=Correcting(" "), by=therapist)
        assert state_of(positive, therapist) is State.POSITIVE

    @pytest.mark.parametrize(
        ("changes", "field"), [({"found": "maybe"}, "found"), ({"asked_at": NOW + timedelta(days=1)}, "date")]
    )
    def test_what_is_wrong_is_named(self, positive, therapist, changes, field):
        usual = {"screening": positive, "found": "negative", "why": WHY, "by": therapist}
        with pytest.raises(Invalid) as refused:
            actions.correct(**usual | changes)
        assert refused.value.field == field


class TestWhoMaySee:
    def test_the_other_service_sees_what_the_person_opened(self, ask, person):
        ask(("alcohol", "positive"), ("gambling", "negative"))
        seen = {one.topic for one in queries.screenings([person.northside], access=person.keyworker)}
        assert seen == {"alcohol", "gambling"}

    @pytest.mark.parametrize(
        ("closed", "seen"),
        [
            ("use_pattern", {"gambling", "mood"}),
            ("assessment", {"alcohol", "mood"}),
            ("mood_scores", {"alcohol", "gambling"}),
        ],
    )
    def test_a_kind_that_is_closed_shows_nothing(self, ask, person, closed, seen):
        ask(("alcohol", "positive"), ("gambling", "negative"), ("mood", "positive"))
        left = policy.bundles()["both_teams"].mask & ~policy.categories_mask(closed)
        sharing.agree(
            registration=person.northside,
            choice=factories.choice(left, recipient=f"service:{person.world.riverside.id}"),
            by=person.therapist,
        )
        assert {one.topic for one in queries.screenings([person.northside], access=person.keyworker)} == seen
        assert {one.topic for one in queries.screenings([person.northside], access=person.therapist)} == {
            "alcohol",
            "gambling",
            "mood",
        }

    def test_nothing_of_it_moves_when_sharing_ends(self, positive, person, therapist):
        sharing.stop(registration=person.northside, recipient=f"service:{person.world.riverside.id}", by=therapist)
        assert [one.holder for one in owed(person.northside, therapist)] == [therapist.actor]
        assert queries.screenings([person.northside], access=person.keyworker) == []

    def test_the_other_service_neither_moves_nor_corrects_it(self, positive, person):
        for act in (
            lambda by: queries.screening(positive, access=by),
            lambda by: actions.take_on(screening=positive, steps=[Step("discussed")], by=by),
            lambda by: actions.correct(screening=positive, found="negative", why=WHY, by=by),
            lambda by: actions.wrong_person(screening=positive, why=WHY, by=by),
            lambda by: actions.record(registration=person.northside, asked=[Asked("mood", "negative")], by=by),
        ):
            with pytest.raises(NotThere):
                act(person.keyworker)


class TestLeaving:
    def test_a_discharge_closes_what_is_open_as_left(self, positive, person, therapist):
        # Northside leads the journey, so the lead is handed over first.
        _hand_over_and_discharge(person)
        assert Screening.objects.get(pk=positive).state == State.LEFT
        assert list(everywhere.nowhere(access=SYSTEM)) == []

    def test_what_is_over_stays_as_it_was(self, ask, person):
        [made] = ask(("alcohol", "negative"))
        _hand_over_and_discharge(person)
        assert Screening.objects.get(pk=made).state == State.NEGATIVE

    def test_a_colleague_takes_over_what_a_leaver_owes(self, positive, person, therapist):
        colleague = person.world.northside.sign_in("step2_practitioner")
        where = person.world.northside.id
        sharing.leaver(practitioner=therapist.actor, service=where, to=colleague.actor, by=SYSTEM)
        assert [one.holder for one in owed(person.northside, colleague)] == [colleague.actor]
        actions.take_on(screening=positive, steps=[Step("discussed")], by=colleague)


def _hand_over_and_discharge(person):
    handover = transitions.propose_handover(
        registration=person.northside, to=person.keyworker.actor, words="Over to you", by=person.therapist
    )
    transitions.accept_handover(handover=handover, by=person.keyworker)
    episode = journeys.open_episode(person.northside, access=person.therapist)
    transitions.discharge(
        episode=episode.id,
        end_code="46",
        ended_on=clock.today(),
        return_route="Ring us",
        version=episode.version,
        by=person.therapist,
    )


class TestTheCascade:
    def test_people_by_topic_and_step(self, ask, positive, person, therapist):
        ask(("drugs", "negative"))
        actions.take_on(screening=positive, steps=[Step("discussed"), Step("offered", "Group")], by=therapist)
        assert queries.cascade(LONG_AGO, access=therapist) == {
            "alcohol": Cascade(asked=1, positive=1, discussed=1, offered=1, started=0, waiting=1),
            "drugs": Cascade(asked=1),
        }

    def test_what_was_put_right_does_not_count(self, positive, therapist):
        actions.wrong_person(screening=positive, why=WHY, by=therapist)
        assert queries.cascade(LONG_AGO, access=therapist) == {}

    def test_only_the_readers_own_service_and_people(self, positive, person):
        other = factories.partnership().northside.sign_in("team_lead")
        assert queries.cascade(LONG_AGO, access=person.keyworker) == {}
        assert queries.cascade(LONG_AGO, access=other) == {}
        assert queries.cascade(LONG_AGO, access=person.world.northside.sign_in("team_lead")) != {}

    def test_only_since_the_day_that_was_asked_for(self, positive, therapist):
        assert queries.cascade(NOW + timedelta(seconds=1), access=therapist) == {}
