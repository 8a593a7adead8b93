"""Answers that are more than a total: parts, labels, gaps, one substance at a time, and how somebody was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from alongside.kernel.errors import Invalid, Several
from alongside.measures import actions, queries
from alongside.measures.models import Condition, Response
from alongside.measures.rules import Context, Helper, Mode, Noticed
from alongside.organisations.models import Service
from alongside.people.rules import Correcting
from tests.spec import instrument_cases as cases

pytestmark = pytest.mark.django_db

YESTERDAY = datetime(2026, 3, 5, 15, tzinfo=UTC)


@pytest.fixture
def respond(person, therapist):
    def record(instrument, answers, **changes):
        usual = {"registration": person, "completed_at": YESTERDAY, "by": therapist}
        return actions.record_response(instrument=instrument, answers=answers, **usual | changes)

    return record


@pytest.mark.parametrize("key", sorted({case.instrument for case in cases.every() if case.answers is not None}))
def test_every_instrument_is_kept_as_it_was_answered(respond, person, therapist, key):
    case = next(one for one in cases.of(key) if one.answers is not None and one.status.startswith("scored"))
    respond(key, case.answers, **({"substance": "alcohol"} if key == "sds" else {}))
    [result] = queries.results([person], access=therapist)
    assert (result.instrument, result.value, result.band, result.flags) == (
        key,
        case.score,
        case.band or "",
        case.flags,
    )
    assert {name: result.parts[name] for name in case.parts} == case.parts
    assert queries.rederive(access=therapist) == []


@pytest.mark.parametrize(
    ("key", "answers", "uk", "us"),
    [
        ("ciwa_ar", [1] * 5 + [0] * 5, "below_moderate", "mild"),
        ("audit_c", [2, 2, 2], "screen_positive", ""),  # nobody drew bands for the United States
        ("phq9", [1] * 9, "mild", "mild"),
    ],
)
def test_a_score_has_the_band_of_where_the_service_is(respond, person, therapist, key, answers, uk, us):
    respond(key, answers)
    Service.objects.filter(pk=therapist.service).update(jurisdiction="us")
    respond(key, answers, completed_at=YESTERDAY + timedelta(hours=1))
    assert [one.band for one in queries.results([person], access=therapist)] == [us, uk]
    drawn_elsewhere = queries.rederive(access=therapist)
    assert len(drawn_elsewhere) == (uk != us)  # whoever moves a service to another country is told of the older one


def test_what_has_no_total_stays_out_of_the_series(respond, person, therapist):
    respond("itq", [0] * 18)
    respond("gad7", [1] * 7)
    assert set(queries.series([person], access=therapist)) == {"gad7"}
    assert {one.instrument for one in queries.results([person], access=therapist)} == {"gad7", "itq"}


def test_a_gap_that_may_be_is_kept_as_a_gap(respond, person, therapist):
    respond("ldq", [1, 2, 3, 1, 2, 3, 1, 2, "", None])
    [result] = queries.results([person], access=therapist)
    assert result.answers == (1, 2, 3, 1, 2, 3, 1, 2, None, None)
    assert result.value == Decimal("18.75")  # 15 from eight: the mean of them for the two others


def test_a_scale_is_asked_about_one_substance_at_a_time(respond, person, therapist):
    respond("sds", [1, 1, 1, 0, 0], substance="alcohol")
    respond("sds", [2, 2, 2, 2, 2], substance="opiates")
    assert {one.substance: one.value for one in queries.results([person], access=therapist)} == {
        "alcohol": 3,
        "opiates": 10,
    }


@pytest.mark.parametrize(
    ("instrument", "substance"),
    [("sds", ""), ("sds", "tea"), ("gad7", "alcohol")],
    ids=["none", "unknown", "not asked"],
)
def test_a_substance_that_cannot_be_names_its_field(respond, instrument, substance):
    with pytest.raises((Invalid, Several)) as caught:
        respond(instrument, [0] * (5 if instrument == "sds" else 7), substance=substance)
    problems = getattr(caught.value, "problems", [caught.value])
    assert [one.field for one in problems] == [f"{instrument}_substance"]
    assert not Response.objects.exists()


DRUNK = Context(language="bfi", helper=Helper.INTERPRETER, mode=Mode.PAPER, noticed=Noticed(True, False, 0))
KEPT = replace(DRUNK, mode=Mode.IN_ROOM)  # where it was answered is told with the result


def test_how_somebody_was_is_kept_beside_the_score(respond, person, therapist):
    made = respond("gad7", [1] * 7, context=DRUNK)
    [result] = queries.results([person], access=therapist)
    assert (result.context.language, result.context.helper, result.context.mode) == ("bfi", "interpreter", "paper")
    assert queries.circumstances([person], access=therapist) == {made: KEPT}


def test_whoever_may_see_moods_alone_does_not_learn_who_was_drunk(respond):
    respond("gad7", [1] * 7, context=DRUNK)
    [mood], [noticed] = Response.objects.all(), Condition.objects.all()
    assert mood.needs == 1 << 4
    assert noticed.needs == 1 << 5


def test_putting_right_keeps_how_somebody_was(respond, person, therapist):
    old = respond("gad7", [1] * 7, context=DRUNK)
    new = actions.correct_response(response=old, answers=[2] * 7, why=Correcting("The paper says 2."), by=therapist)
    [result] = queries.results([person], access=therapist)
    assert (result.id, result.value, result.context.language) == (new, 14, "bfi")
    assert queries.circumstances([person], access=therapist) == {new: KEPT}


@pytest.mark.parametrize(
    ("context", "field"),
    [
        (Context(noticed=Noticed(weeks_since_use=-1)), "weeks_since_use"),
        (Context(noticed=Noticed(weeks_since_use=5201)), "weeks_since_use"),
        (Context(language="<b>"), "language"),
        (Context(language="a" * 13), "language"),
    ],
)
def test_a_context_that_cannot_be_names_its_field(respond, context, field):
    with pytest.raises(Invalid, match=f"^{field}: "):
        respond("gad7", [1] * 7, context=context)
    assert not Response.objects.exists()


def test_both_faults_of_a_context_are_said_at_once(respond):
    with pytest.raises(Several) as caught:
        respond("gad7", [1] * 7, context=Context(language="1", noticed=Noticed(weeks_since_use=-2)))
    assert [one.field for one in caught.value.problems] == ["weeks_since_use", "language"]
