"""A response put right by its questions: scored anew, every version kept, read by everybody as it stands now."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alongside.access import queries as allowed
from alongside.audit import queries as ledger
from alongside.definitions import policy
from alongside.definitions.instruments import instrument
from alongside.kernel import clock
from alongside.kernel.errors import Duplicate, Invalid, NotAllowed, NotThere, Several, Stale
from alongside.measures import actions, queries
from alongside.measures.models import Condition, Response, Score
from alongside.measures.rules import Context, Helper, Mode, Noticed
from alongside.organisations.models import Service
from alongside.people import queries as people
from alongside.people.rules import Correcting
from alongside.safety.models import RiskPrompt
from tests import factories, racing
from tests.spec import instrument_cases as cases

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)
ANSWERS = [1, 1, 1, 1, 1, 1, 1, 1, 0]
WHY = Correcting("The paper says 3 for the first question.")
BEEN_DRINKING = Context("cy", Helper.WORKER, Mode.IN_ROOM, Noticed(intoxicated=True, weeks_since_use=0))
WITHOUT_TOTAL = sorted(
    {case.instrument for case in cases.every() if case.answers is not None and not instrument(case.instrument).range}
)


@pytest.fixture
def respond(person, therapist):
    def record(instrument="phq9", answers=ANSWERS, **changes):
        usual = {"registration": person, "completed_at": YESTERDAY, "by": therapist}
        return actions.record_response(instrument=instrument, answers=answers, harm=False, **usual | changes)

    return record


@pytest.fixture
def correct(therapist):
    def put_right(response, **changes):
        return actions.correct_response(**{"response": response, "why": WHY, "by": therapist} | changes)

    return put_right


def only(person, access):
    [result] = queries.results([person], access=access)
    return result


class TestScoredAnew:
    @pytest.mark.parametrize("key", WITHOUT_TOTAL)
    def test_what_has_no_total_is_put_right_too(self, respond, correct, person, therapist, key):
        case = next(one for one in cases.of(key) if one.answers is not None and one.status.startswith("scored"))
        respond(key, case.answers)
        before = only(person, therapist)
        correct(before.id, answers=before.answers, completed_at=YESTERDAY - timedelta(days=1))
        after = only(person, therapist)
        assert replace(after, id=before.id, at=before.at, put_right=False) == before
        assert after.at == YESTERDAY - timedelta(days=1)

    def test_score_band_parts_and_flags_are_worked_out_again(self, respond, correct, person, therapist):
        old = respond("bam", [0, 0, 0, 0, *[None] * 9, 0, 2, *[None] * 8])
        given = list(queries.response(old, access=therapist).answers)
        correct(old, answers=[4, *given[1:]])
        assert only(person, therapist).answers[0] == 4
        assert queries.rederive(access=therapist) == []

    def test_the_band_is_that_of_where_the_service_is(self, respond, correct, person, therapist):
        old = respond("ciwa_ar", [1] * 4 + [0] * 6)
        Service.objects.filter(pk=therapist.service).update(jurisdiction="us")
        correct(old, answers=[1] * 5 + [0] * 5)
        assert only(person, therapist).band == "mild"

    def test_the_substance_is_put_right(self, respond, correct, person, therapist):
        correct(respond("sds", [1] * 5, substance="alcohol"), answers=[1] * 5, substance="cannabis")
        assert list(queries.series([person], access=therapist)) == ["sds:cannabis"]

    def test_how_they_were_is_put_right(self, respond, correct, person, therapist):
        correct(respond(), answers=ANSWERS, context=BEEN_DRINKING)
        assert only(person, therapist).context == replace(BEEN_DRINKING, noticed=Noticed())
        assert [one.noticed for one in queries.circumstances([person], access=therapist).values()] == [
            BEEN_DRINKING.noticed
        ]

    def test_what_was_noticed_by_mistake_is_taken_out(self, respond, correct, person, therapist):
        correct(respond(context=BEEN_DRINKING), answers=ANSWERS, context=Context("cy"))
        assert list(queries.circumstances([person], access=therapist).values()) == [Context("cy")]
        assert list(queries.every_noticed(access=therapist)) == []

    def test_nobody_takes_away_what_they_cannot_see(self, respond, correct, person, therapist):
        mood_only = replace(therapist, own=therapist.own & ~policy.categories_mask("use_pattern"))
        old = respond(context=BEEN_DRINKING)
        new = correct(old, answers=[3, *ANSWERS[1:]], context=Context("cy"), by=mood_only)
        assert queries.circumstances([person], access=therapist)[new].noticed.intoxicated
        with pytest.raises(NotThere):
            correct(new, answers=ANSWERS, context=Context(noticed=Noticed(in_withdrawal=True)), by=mood_only)

    def test_where_and_by_whom_it_was_answered_stays(self, respond, correct, therapist):
        new = correct(respond(entered_by="person", context=Context(mode=Mode.REMOTE)), answers=[0] * 9)
        row = Response.objects.get(pk=new)
        assert (row.entered_by, row.mode, row.author) == ("person", "remote", therapist.actor)


class TestBadInput:
    @pytest.mark.parametrize(
        ("change", "fields"),
        [
            ({"answers": ANSWERS}, [""]),  # nothing differs
            ({"answers": ["1", *ANSWERS[1:]], "context": Context()}, [""]),
            ({"answers": [9, *ANSWERS[1:]]}, ["phq9_item1"]),
            ({"answers": ["", *ANSWERS[1:7], "", 0]}, ["phq9_item1", "phq9_item8"]),
            ({"answers": [0] * 9, "why": Correcting(" ")}, ["reason"]),
            ({"answers": [0] * 9, "completed_at": NOW + timedelta(minutes=1)}, ["date"]),
            ({"answers": [0] * 9, "substance": "alcohol"}, ["phq9_substance"]),
            ({"answers": [0] * 9, "context": Context("<b>")}, ["language"]),
            ({"answers": [0] * 9, "context": Context(noticed=Noticed(weeks_since_use=-1))}, ["weeks_since_use"]),
            ({"answers": [0] * 9, "total": 0}, ["phq9"]),
            ({}, ["phq9"]),
        ],
    )
    def test_what_cannot_be_names_its_field_and_changes_nothing(self, respond, correct, change, fields):
        old = respond()
        with pytest.raises((Invalid, Several)) as refused:
            correct(old, **change)
        found = refused.value.problems if isinstance(refused.value, Several) else [refused.value]
        assert [problem.field for problem in found] == fields
        assert Response.objects.get().superseded_by == ""
        assert not RiskPrompt.objects.exists()

    def test_a_total_that_is_as_it_was(self, respond, correct):
        with pytest.raises(Invalid, match="Nothing to put right"):
            correct(respond(answers=None, total="9"), total="9")

    def test_a_total_may_turn_out_to_tell_of_harm(self, respond, correct, person, therapist):
        correct(respond(answers=None, total="9"), total="9", harm=True)
        assert only(person, therapist).flags == ("self_harm_item",)
        assert RiskPrompt.objects.count() == 1

    def test_the_other_service_and_the_desk_put_nothing_right(self, northside, respond, correct):
        old = respond()
        with pytest.raises(NotThere):
            correct(old, answers=[0] * 9, by=factories.partnership().riverside.sign_in("keyworker"))
        with pytest.raises(NotAllowed):
            correct(old, answers=[0] * 9, by=northside.sign_in("administrator", "administration"))


class TestTwice:
    def test_the_second_is_told_and_nothing_is_lost(self, respond, correct, person, therapist):
        old = respond()
        correct(old, answers=[0] * 9)
        with pytest.raises(Stale):
            correct(old, answers=[2] * 9)
        assert only(person, therapist).value == 0

    def test_one_form_is_one_correction(self, respond, correct):
        old = respond()
        new = correct(old, answers=[0] * 9, submission="one")
        with pytest.raises(Duplicate) as refused:
            correct(old, answers=[0] * 9, submission="one")
        assert refused.value.existing == new
        assert Response.objects.count() == 2


class TestHistory:
    def test_every_version_stays_readable(self, respond, correct, person, therapist):
        first = respond(context=BEEN_DRINKING)
        second = correct(first, answers=[2] * 9)
        third = correct(second, answers=[3] * 9, context=Context())
        for asked in (first, second, third):
            found = queries.history(asked, access=therapist)
            assert [(one.id, one.value, one.stands) for one in found] == [
                (third, 27, True),
                (second, 18, False),
                (first, 8, False),
            ]
        assert [one.context for one in found] == [Context(), BEEN_DRINKING, BEEN_DRINKING]
        assert found[-1].answers == tuple(ANSWERS)
        reasons = {one.record: (one.replacement, one.reason) for one in people.corrections([person], access=therapist)}
        assert reasons == {first: (second, WHY.reason), second: (third, WHY.reason)}
        assert only(person, therapist).put_right

    def test_what_was_never_put_right_has_one_version(self, respond, person, therapist):
        one = respond()
        assert [each.id for each in queries.history(one, access=therapist)] == [one]
        assert not only(person, therapist).put_right

    def test_it_is_shown_to_nobody_unnoted(self, respond, correct, person, therapist):
        from alongside.access.reading import read

        new = correct(respond(), answers=[0] * 9)
        read(therapist, "history", lambda: queries.history(new, access=therapist))
        looked = ledger.about(person)[0]
        assert (looked.act, looked.kinds) == ("shown", policy.categories_mask("mood_scores"))

    def test_what_was_taken_out_and_what_is_closed_is_not_there(self, respond, correct, therapist):
        new = correct(respond(), answers=[0] * 9)
        with pytest.raises(NotThere):
            queries.history(new, access=factories.partnership().riverside.sign_in("keyworker"))
        actions.withdraw_wrong_person(record=new, why=WHY, by=therapist)
        for one in (new, "rsp_00000000000000000000"):
            with pytest.raises(NotThere):
                queries.history(one, access=therapist)


def test_nobody_reads_what_was_put_right(respond, correct, person, therapist):
    """Every list, chart and evaluation reads what stands and nothing else."""
    old = respond(context=BEEN_DRINKING)
    new = correct(old, answers=[0] * 9, completed_at=YESTERDAY - timedelta(days=2), context=Context())
    anybody = {"access": therapist}
    counts = replace(therapist, purpose="direct_care")
    assert [one.response for one in queries.series([person], **anybody)["phq9"]] == [new]
    assert [one.id for one in queries.results([person], **anybody)] == [new]
    assert [one.response for one in queries.taken([person], **anybody)[person]] == [new]
    course = queries.latest([person], **anybody)[person]
    assert [step.value for step in course.scores["phq9"]] == [0]
    assert queries.circumstances([person], **anybody) == {}
    assert [one.response for _key, one in queries.every_score(access=counts)] == [new]
    assert queries.every_noticed(access=counts) == {}
    assert queries.rederive(access=therapist) == []
    for model in (Response, Score, Condition):
        assert allowed.visible_with_superseded(therapist, model.objects.all()).count() == (model is not Condition) + 1


@racing.on_postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_at_one_moment_the_second_is_told(respond, correct, person, therapist):
    old = respond()

    def held(answers):
        def act():
            with clock.at(NOW):
                return correct(old, answers=answers)

        return act

    made, told = racing.overlapping(held([0] * 9), held([3] * 9))
    assert isinstance(told, Stale)
    assert [(one.id, one.value) for one in queries.results([person], access=therapist)] == [(made, 0)]
    assert not RiskPrompt.objects.exists()
    assert Response.objects.count() == 2
