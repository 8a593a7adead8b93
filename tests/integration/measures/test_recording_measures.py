"""Measures and use recorded outside a contact, read, derived again, and put right."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from alongside.access.queries import visible_with_superseded
from alongside.journey import actions as journey
from alongside.kernel.errors import Duplicate, Invalid, NotAllowed, NotThere, Several, Stale
from alongside.measures import actions, queries
from alongside.measures.models import Response, Score, UseRecord
from alongside.measures.rules import Use
from alongside.people import queries as people
from alongside.people.rules import Correcting
from alongside.safety import queries as safety
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)
ANSWERS = [1, 1, 1, 1, 1, 1, 1, 1, 2]
WRONG = Correcting("The paper says 2 for the last question.")


@pytest.fixture
def respond(person, therapist):
    def record(**changes):
        usual = {"registration": person, "instrument": "phq9", "completed_at": YESTERDAY, "by": therapist}
        return actions.record_response(**usual | {"harm": False} | changes)

    return record


@pytest.fixture
def used(person, therapist):
    def record(*use, **changes):
        usual = {"registration": person, "asked_at": YESTERDAY, "by": therapist}
        return actions.record_use(use=Use(*use), **usual | changes)

    return record


def referred(person, northside, therapist, day):
    journey.open_episode(registration=person, team=northside.team, received_on=day, by=therapist)


class TestDays:
    """A mistyped year would make the last score the first, and turn round what changed."""

    @pytest.mark.parametrize("day", [datetime(1, 1, 1, tzinfo=UTC), datetime(1988, 5, 16, 12, tzinfo=UTC)])
    def test_not_before_they_were_born(self, respond, used, person, therapist, day):
        for act in (lambda: respond(total=9, completed_at=day), lambda: used("alcohol", 3, asked_at=day)):
            with pytest.raises(Invalid, match="before they were born") as refused:
                act()
            assert refused.value.field == "date"
        assert not Response.objects.exists()
        assert not UseRecord.objects.exists()

    def test_not_before_they_were_first_referred_here(self, respond, person, northside, therapist):
        referred(person, northside, therapist, NOW.date() - timedelta(days=7))
        with pytest.raises(Invalid, match="before they were first referred here, on 27 February 2026"):
            respond(total=9, completed_at=NOW - timedelta(days=8))
        assert respond(total=9, completed_at=NOW - timedelta(days=7))

    def test_until_they_are_referred_any_day_of_their_life(self, respond):
        assert respond(total=9, completed_at=NOW - timedelta(days=900))

    def test_nor_where_it_is_put_right(self, respond, used, person, northside, therapist):
        response, record = respond(total=9), used("alcohol", 3)
        day = NOW - timedelta(days=800)
        referred(person, northside, therapist, NOW.date() - timedelta(days=7))
        with pytest.raises(Invalid, match="before they were first referred here"):
            actions.correct_response(response=response, total=9, completed_at=day, why=WRONG, by=therapist)
        with pytest.raises(Invalid, match="before they were first referred here"):
            actions.correct_use(record=record, use=Use("alcohol", 4), asked_at=day, why=WRONG, by=therapist)

    def test_a_day_that_stood_does_not_keep_the_rest_from_being_put_right(self, respond, person, northside, therapist):
        response = respond(total=9, completed_at=NOW - timedelta(days=800))
        referred(person, northside, therapist, NOW.date() - timedelta(days=7))
        assert actions.correct_response(response=response, total=10, why=WRONG, by=therapist)


class TestRecording:
    def test_answers_are_scored_as_they_are_written(self, respond, person, therapist):
        made = respond(answers=["1", 1, "1.0", 1, 1, 1, 1, 1, 2], entered_by="person")
        [point] = queries.series([person], access=therapist)["phq9"]
        assert (point.at, point.value, point.band, point.flags) == (YESTERDAY, 10, "moderate", ("self_harm_item",))
        shown = queries.response(made, access=therapist)
        assert (shown.answers, shown.entered_by) == (tuple(ANSWERS), "person")

    def test_a_total_has_no_answers_and_no_flags(self, respond, therapist):
        shown = queries.response(respond(instrument="gad7", total="15"), access=therapist)
        assert (shown.answers, shown.value, shown.band, shown.flags) == (None, 15, "severe", ())

    def test_a_mean_keeps_its_decimals(self, respond, person, therapist):
        respond(instrument="mi", total="2.35")
        assert queries.series([person], access=therapist)["mi"][0].value == Decimal("2.35")

    def test_use_keeps_its_amount_and_unit(self, used, person, therapist):
        used("alcohol", "12", "7.5", "units")
        [days] = queries.uses([person], access=therapist)["alcohol"]
        assert (days.days, days.amount, days.unit) == (12, Decimal("7.5"), "units")

    @pytest.mark.parametrize(("instrument", "kind"), [("phq9", 4), ("wsas", 4), ("audit_c", 5)])
    def test_each_score_needs_its_kind_of_information(self, respond, instrument, kind):
        respond(instrument=instrument, total="7")
        assert Score.objects.get().needs == Response.objects.get().needs == 1 << kind

    def test_every_score_is_what_its_definition_gives(self, respond, therapist):
        respond(answers=ANSWERS)
        respond(instrument="gad7", total="3")
        assert queries.rederive(access=therapist) == []
        Score.objects.filter(instrument="phq9").update(value=9)  # a fault that it must find
        assert queries.rederive(access=therapist) == list(
            Score.objects.filter(instrument="phq9").values_list("pk", flat=True)
        )


class TestBadInput:
    @pytest.mark.parametrize(
        ("change", "fields"),
        [
            ({"answers": [*ANSWERS[:8], 4]}, {"phq9_item9"}),
            ({"answers": [*ANSWERS[:8], -1]}, {"phq9_item9"}),
            ({"answers": [*ANSWERS[:8], "2.5"]}, {"phq9_item9"}),
            ({"answers": [*ANSWERS[:7], "", None]}, {"phq9_item8", "phq9_item9"}),  # half answered
            ({"answers": [*ANSWERS, 1]}, {"phq9_item10"}),
            ({"total": "014"}, {"phq9"}),
            ({"total": "14.0"}, {"phq9"}),
            ({"total": "-1"}, {"phq9"}),
            ({"total": "28"}, {"phq9"}),
            ({"total": ""}, {"phq9"}),
            ({}, {"phq9"}),  # neither answers nor a total
            ({"answers": ANSWERS, "total": "10"}, {"phq9"}),
            ({"instrument": "mi", "total": "2"}, {"mi"}),  # a mean is written with its decimals
            ({"instrument": "biq", "answers": [1]}, {"instrument"}),  # we hold no items for it
            ({"instrument": "phq-9", "total": "3"}, {"instrument"}),
            ({"total": "3", "completed_at": NOW + timedelta(minutes=1)}, {"date"}),
        ],
    )
    def test_a_measure_that_cannot_be_names_its_field_and_saves_nothing(self, respond, change, fields):
        with pytest.raises((Invalid, Several)) as refused:
            respond(**change)
        found = refused.value.problems if isinstance(refused.value, Several) else [refused.value]
        assert {problem.field for problem in found} == fields
        assert not Response.objects.exists()

    @pytest.mark.parametrize(
        ("use", "field"),
        [
            (("alcohol", "29"), "alcohol_days"),
            (("alcohol", "-1"), "alcohol_days"),
            (("alcohol", "07"), "alcohol_days"),
            (("alcohol", "3.0"), "alcohol_days"),
            (("alcohol", ""), "alcohol_days"),
            (("alcohol", "3", "some", "units"), "alcohol_amount"),
            (("alcohol", "3", "1.234", "units"), "alcohol_amount"),
            (("alcohol", "3", "4"), "alcohol_unit"),
            (("alcohol", "3", "4", "grams"), "alcohol_unit"),
            (("other", "3"), "other_named"),
            (("glue", "3"), "substance"),
        ],
    )
    def test_use_that_cannot_be_names_its_field_and_saves_nothing(self, used, use, field):
        with pytest.raises(Several) as refused:
            used(*use)
        assert [problem.field for problem in refused.value.problems] == [field]
        assert not UseRecord.objects.exists()

    def test_the_same_form_twice_is_saved_once(self, respond, used):
        first, other = respond(total="3", submission="one"), used("crack", 2, submission="two")
        for again, existing in ((lambda: respond(total="3", submission="one"), first), (None, other)):
            with pytest.raises(Duplicate) as refused:
                (again or (lambda: used("crack", 2, submission="two")))()
            assert refused.value.existing == existing
        assert (Response.objects.count(), UseRecord.objects.count()) == (1, 1)

    def test_two_people_may_carry_one_token(self, northside, respond):
        respond(total="3", submission="one")
        respond(total="4", submission="one", by=northside.sign_in("team_lead"))
        assert Response.objects.count() == 2

    @pytest.mark.parametrize("unknown", ["nonsense", "reg_00000000000000000000"])
    def test_an_unknown_person_is_not_there(self, respond, unknown):
        with pytest.raises(NotThere):
            respond(registration=unknown, total="3")

    def test_another_services_person_is_not_there(self, respond):
        with pytest.raises(NotThere):
            respond(by=factories.partnership().riverside.sign_in("keyworker"), total="3")

    def test_the_desk_records_no_measures(self, northside, respond):
        with pytest.raises(NotAllowed):
            respond(by=northside.sign_in("administrator", "administration"), total="3")


class TestPuttingRight:
    def test_a_corrected_measure_stands_in_place_of_the_old_one(self, northside, respond, person, therapist):
        stay = {"registration": person, "team": northside.team, "received_on": YESTERDAY.date()}
        episode = journey.open_episode(**stay, by=therapist)
        old = respond(answers=ANSWERS, episode=episode)
        new = actions.correct_response(response=old, answers=[*ANSWERS[:8], 0], why=WRONG, by=therapist)
        [point] = queries.series([person], access=therapist)["phq9"]
        assert (point.response, point.value, point.flags) == (new, 8, ())
        assert (point.episode, point.at) == (episode, YESTERDAY)
        assert Response.objects.get(pk=old).superseded_by == new
        assert visible_with_superseded(therapist, Score.objects.all()).count() == 2
        [noted] = people.corrections([person], access=therapist)
        assert (noted.record, noted.replacement, noted.reason) == (old, new, WRONG.reason)

    def test_another_total_takes_back_nothing_about_self_harm(self, respond, person, therapist):
        old = respond(answers=[*ANSWERS[:8], 2])
        actions.correct_response(response=old, total="10", why=WRONG, by=therapist)
        [point] = queries.series([person], access=therapist)["phq9"]
        assert (point.value, point.flags) == (10, ("self_harm_item",))
        assert len(safety.open_prompts([person], access=therapist)) == 1

    def test_a_total_that_told_of_none_tells_of_none(self, respond, person, therapist):
        actions.correct_response(response=respond(total="9"), total="10", why=WRONG, by=therapist)
        [point] = queries.series([person], access=therapist)["phq9"]
        assert point.flags == ()

    def test_corrected_use_stands_in_place_of_the_old_one(self, used, person, therapist):
        old = used("alcohol", 21)
        actions.correct_use(record=old, use=Use("alcohol", 12), why=WRONG, by=therapist)
        assert [days.days for days in queries.uses([person], access=therapist)["alcohol"]] == [12]

    def test_an_entry_about_the_wrong_person_is_shown_no_longer(self, respond, used, person, therapist):
        for record in (respond(total="3"), used("alcohol", 3)):
            correction = actions.withdraw_wrong_person(record=record, why=WRONG, by=therapist)
            assert correction in {row.superseded_by for model in (Response, UseRecord) for row in model.objects.all()}
        assert queries.series([person], access=therapist) == queries.uses([person], access=therapist) == {}

    def test_a_page_that_showed_the_old_one_is_stale(self, respond, therapist):
        old = respond(total="3")
        actions.correct_response(response=old, total="4", why=WRONG, by=therapist)
        with pytest.raises(Stale):
            actions.correct_response(response=old, total="5", why=WRONG, by=therapist)
        with pytest.raises(Stale):
            actions.withdraw_wrong_person(record=old, why=WRONG, by=therapist)

    @pytest.mark.parametrize(
        ("change", "fields"),
        [({"total": "99"}, ["phq9"]), ({"total": "4", "why": Correcting("")}, ["reason"])],
    )
    def test_a_correction_that_cannot_be_changes_nothing(self, respond, therapist, change, fields):
        old = respond(total="3")
        with pytest.raises((Invalid, Several)) as refused:
            actions.correct_response(**{"response": old, "why": WRONG, "by": therapist} | change)
        found = refused.value.problems if isinstance(refused.value, Several) else [refused.value]
        assert [problem.field for problem in found] == fields
        assert Response.objects.get(pk=old).superseded_by == ""

    @pytest.mark.parametrize("unknown", ["nonsense", "rsp_00000000000000000000", "use_00000000000000000000"])
    def test_an_unknown_entry_is_not_there(self, therapist, unknown):
        with pytest.raises(NotThere):
            actions.withdraw_wrong_person(record=unknown, why=WRONG, by=therapist)


class TestManyPeople:
    def test_first_and_last_of_everybody_in_one_statement(
        self, northside, therapist, respond, used, person, django_assert_num_queries
    ):
        respond(total="18", completed_at=NOW - timedelta(days=50))
        respond(total="9")
        respond(instrument="wsas", total="20")  # not asked for
        used("alcohol", 20, "10", "units", asked_at=NOW - timedelta(days=50))
        used("alcohol", 4)
        others = [factories.registered(northside, given_name=f"Number {n}") for n in range(24)]
        with django_assert_num_queries(1):
            courses = queries.latest([person, *others], access=therapist)
        assert len(courses) == 25
        course = courses[person]
        assert [step.value for step in course.scores["phq9"]] == [18, 9]
        assert set(course.scores) == {"phq9"}
        assert [(step.value, step.amount, step.unit) for step in course.uses["alcohol"]] == [
            (20, 10, "units"),
            (4, None, ""),
        ]
        assert courses[others[0]].scores == {}

    def test_another_service_sees_none_of_it(self, respond, used, person):
        respond(total="18")
        used("alcohol", 20)
        stranger = factories.partnership().riverside.sign_in("keyworker")
        course = queries.latest([person], access=stranger)[person]
        assert course.scores == course.uses == {}

    def test_whoever_reads_a_list_is_noted(self, respond, person, therapist):
        from alongside.access.reading import read
        from alongside.audit import queries as ledger

        respond(total="18")
        read(therapist, "caseload", lambda: queries.latest([person], access=therapist))
        looked = ledger.about(person)[0]
        assert (looked.act, looked.kinds) == ("shown", 1 << 4)
