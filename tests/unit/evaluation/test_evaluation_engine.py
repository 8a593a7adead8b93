"""One small partnership, every part of its evaluation: flow, use, response times, retention, what was left out."""

from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from alongside.evaluation.engine import Evaluation, evaluate
from alongside.evaluation.quality import Fault
from alongside.evaluation.record import arrow
from alongside.evaluation.report import grounds
from alongside.evaluation.report.figures import Figures
from alongside.evaluation.retention import Curve
from alongside.evaluation.rules.audience import Audience
from alongside.evaluation.rules.wanted import ALL, Wanted, Why
from alongside.evaluation.scores import judged
from alongside.evaluation.tables import Tables as EvaluationTables
from alongside.kernel import clock
from tests.unit.evaluation.evaluating import QUIET, Tables

pytestmark = pytest.mark.filterwarnings(QUIET)


def partnership() -> Tables:
    tables = Tables()
    _referrals(tables)
    _use(tables)
    _journeys(tables)
    _questions(tables)
    _faults(tables)
    return tables


def _referrals(tables: Tables) -> None:
    open_, no_end = {"discharged": "", "end_code": ""}, {"end_code": "46"}
    tables.episode("no", accepted="false", declined_reason="over 15 units", **open_)
    tables.episode("no, in words", accepted="", declined_reason="moved away", **open_)
    tables.episode("waiting", accepted="", **open_)
    tables.episode("not begun", accepted="2025-01-09", **open_)
    tables.episode("in treatment", accepted="", **open_)
    tables.contact("in treatment", "2025-01-20")
    tables.episode("left early", **no_end)
    tables.contact("left early", "2025-01-20")
    for name, phq9, gad7 in (("better", (15, 5), (12, 3)), ("stuck", (15, 14), (12, 11)), ("once", (15, None), (9, 7))):
        tables.course(name, phq9=phq9, gad7=gad7)


def _days(tables: Tables, person: str, substance: str, *records: tuple[str, int]) -> None:
    for date, days in records:
        tables.add("substance_use", person_id=person, date=date, substance=substance, days_used_of_28=days)


def _use(tables: Tables) -> None:
    # Outside the window on both sides; most days at the start decides the substance.
    _days(tables, "p-better", "alcohol", ("2024-12-01", 28), ("2025-01-20", 10), ("2025-06-16", 14), ("2025-08-01", 0))
    _days(tables, "p-better", "cannabis", ("2025-01-20", 4), ("2025-06-16", 0))
    # Equal days at the start: the first in the alphabet.
    _days(tables, "p-stuck", "heroin", ("2025-01-20", 20), ("2025-06-16", 0))
    _days(tables, "p-stuck", "crack", ("2025-01-20", 20), ("2025-06-16", 20))
    # Two records of one day are one look, not a change.
    _days(tables, "p-once", "alcohol", ("2025-01-20", 9), ("2025-01-20", 3))


def _journeys(tables: Tables) -> None:
    for number, (opened, closed, planned) in enumerate(
        (
            ("2025-01-01", "2025-03-01", "2025-07-01"),  # doses to day 9, then left
            ("2025-01-01", "2025-07-01", "2025-01-29"),  # dosed to within a week of the plan: not left
            ("2025-01-01", "", ""),  # still open: seen to day 30
            ("2025-01-01", "2025-02-01", ""),  # never a dose: left on day 0
        )
    ):
        tables.person(f"j{number}", history_mood_anxiety=("true", "false", "", "true")[number])
        tables.add(
            "journeys",
            journey_id=f"J{number}",
            person_id=f"j{number}",
            pathway="joint",
            arm="one-to-one" if number < 3 else "",
            opened=opened,
            closed=closed,
            planned_end=planned,
        )
    for journey, date, covers in (("J0", "2025-01-01", ""), ("J0", "2025-01-10", ""), ("J1", "2025-01-01", 28)):
        tables.add("doses", person_id=f"j{journey[1]}", journey_id=journey, date=date, days_covered=covers)
    tables.add("doses", person_id="j2", journey_id="J2", date="2025-01-31", days_covered="")
    for kind, service in (("talking_therapies", "north"), ("substance_use", "river")):
        tables.episode(f"J0 {kind}", "j0", service_kind=kind, service_id=service, journey_id="J0")


def _questions(tables: Tables) -> None:
    for number, (asked, due, answered) in enumerate(
        (
            ("2025-02-03T09:00", "2025-02-04T09:00", "2025-02-03T11:00"),  # 2 hours, in time
            ("2025-02-03T09:00", "2025-02-04T09:00", "2025-02-05T09:00"),  # 48 hours, late
            ("2025-02-03T09:00", "2025-02-04T09:00", ""),  # due time passed unanswered
            ("2025-02-03T09:00", "2030-02-04T09:00", ""),  # not due yet: not judged
            ("2025-02-03T09:00", "", "2025-02-03T13:00"),  # no due time: not judged
        )
    ):
        tables.add(
            "consultations",
            consultation_id=f"q{number}",
            asked_by="north",
            asked_to="river",
            asked_at=asked,
            due_at=due,
            answered_at=answered,
        )


def _faults(tables: Tables) -> None:
    tables.episode("backwards", discharged="2024-12-31")
    early = tables.contact("better", "2025-01-01")
    tables.score("better", "phq9", "2025-01-01", 27, early)
    tables.score("better", "phq9", "2025-06-20", 28)
    tables.score("better", "gad7", "2025-06-20", "7.5")
    tables.score("better", "mood", "2025-06-20", 3)
    tables.score("better", "phq9", "2025-06-21", "")
    tables.score("", "phq9", "2025-06-21", 5)
    tables.contact("stuck", "2025-02-01", attendance="")


@pytest.fixture(scope="module")
def found() -> Evaluation:
    with clock.at(datetime(2026, 1, 1, tzinfo=UTC)):
        return evaluate(EvaluationTables.from_arrow(partnership().arrow()))


def test_flow(found: Evaluation) -> None:
    total = found.flows[0]
    assert total.steps == {
        "referred": 11,
        "declined": 2,
        "undecided": 1,
        "accepted": 8,
        "never_started": 3,  # not begun, and the two episodes of the journey
        "started": 5,
        "ended": 4,
        "completed": 0,
        "finished": 3,
        "open": 1,
    }
    assert total.declined_reasons == (("moved away", 1), ("over 15 units", 1))
    assert [flow.service for flow in found.flows] == ["total", "north", "river"]


def test_use(found: Evaluation) -> None:
    assert {use.cohort: dict(use.counts) for use in found.uses} == {
        "finished": {"less": 0, "same": 1, "more": 1, "not_known": 1},
        "recovery": {"less": 0, "same": 0, "more": 1, "not_known": 0},
        "substance_use": {"less": 0, "same": 0, "more": 0, "not_known": 0},
    }
    assert {pair: count for pair, count in found.matrix.items() if count} == {
        ("recovery", "more"): 1,
        ("no_reliable_change", "same"): 1,
        ("not_paired", "not_known"): 1,
    }


def test_completeness(found: Evaluation) -> None:
    assert (found.completeness.finished, found.completeness.phq9, found.completeness.both) == (3, 2, 2)


def test_response_times(found: Evaluation) -> None:
    [north] = found.responses
    assert (north.asked, north.answered, north.judged, north.in_time) == (5, 3, 3, 1)
    assert (north.median_hours, north.longest_hours) == (4.0, 48.0)


def curve(found: Evaluation, breakdown: str, group: str) -> Curve:
    [one] = [one for one in found.curves if (one.breakdown, one.group) == (breakdown, group)]
    return one


def test_retention(found: Evaluation) -> None:
    total = curve(found, "total", "")
    assert [(point.day, point.at_risk, point.left, point.censored) for point in total.points] == [
        (0, 4, 1, 0),
        (9, 3, 1, 0),
        (28, 2, 0, 1),
        (30, 1, 0, 1),
    ]
    assert [point.retained for point in total.points] == pytest.approx([0.75, 0.5, 0.5, 0.5])
    assert total.median == 9
    assert curve(found, "history_mood_anxiety", "unknown").median is None
    assert curve(found, "arm_in_pathway", "joint / unknown").people == 1


def test_joint_measures(found: Evaluation) -> None:
    counts = {row.measure: (row.numerator, row.denominator) for row in found.joint_rows if row.breakdown == "total"}
    assert counts == {"journeys": (4, None), "inducted": (3, 4), "both_services": (1, 4)}


def test_what_was_left_out_is_counted_and_named(found: Evaluation) -> None:
    assert {one.fault: (one.count, one.examples) for one in found.findings} == {
        Fault.DISCHARGE_BEFORE_REFERRAL: (1, ("backwards",)),
        Fault.CONTACT_BEFORE_REFERRAL: (1, ("c8",)),
        Fault.SCORE_BEFORE_REFERRAL: (1, ("better",)),
        Fault.IMPOSSIBLE_SCORE: (2, ("better",)),
        Fault.UNKNOWN_INSTRUMENT: (1, ("mood",)),
        Fault.SCORE_WITHOUT_VALUE: (1, ("better",)),
        Fault.SCORE_WITHOUT_EPISODE: (1, ("phq9",)),
        Fault.CONTACT_WITHOUT_ATTENDANCE: (1, ("c9",)),
    }


def test_what_was_not_given_is_said(found: Evaluation) -> None:
    assert found.absent == ("events", "status", "tests")
    assert "contacts.minutes" in found.absent_columns


def test_unverified_definitions_are_named(found: Evaluation) -> None:
    standing = {one.name: one.unverified for one in found.used}
    assert "Reliable deterioration, finished courses" in standing["Talking Therapies outcomes and access"]


def test_the_same_tables_may_be_evaluated_twice() -> None:
    tables = Tables()
    tables.course("e1", phq9=(14, 8), gad7=(9, 7))
    read = EvaluationTables.from_arrow(tables.arrow())
    assert evaluate(read).rows == evaluate(read).rows


def test_a_population_without_talking_therapies_needs_no_scores() -> None:
    person = pa.table({"person_id": ["p"], "sex": ["f"], "ethnicity": ["A"], "deprivation_decile": [3.0]})
    tables = Tables()
    tables.episode("e1", "p", service_kind="substance_use")
    only = EvaluationTables.from_arrow({"persons": person, "episodes": tables.arrow()["episodes"]})
    found = evaluate(only)
    assert found.row("referrals", "deprivation_decile", "3").numerator == 1  # not 3.0
    assert not found.row("recovery").applies


def test_a_score_whose_ids_disagree_counts_in_its_episode_and_is_reported() -> None:
    tables = Tables()
    for name in ("e1", "e2"):
        tables.course(name, phq9=(14, 8), gad7=(9, 7))
    tables.score("e1", "phq9", "2025-06-19", 9, tables.contact("e2", "2025-06-19"))
    tables.add("scores", person_id="p-e2", episode_id="e1", instrument="phq9", date="2025-06-20", score=9)
    found = evaluate(EvaluationTables.from_arrow(tables.arrow()))
    assert {one.fault: (one.count, one.column) for one in found.findings} == {
        Fault.SCORE_OF_SOMEBODY_ELSE: (1, "scores.person_id"),
        Fault.SCORE_AT_ANOTHER_EPISODE: (1, "scores.contact_id"),
    }
    assert not any(one.fault.leaves_out for one in found.findings)


class TestScoresThatWereClouded:
    @pytest.fixture
    def tables(self) -> Tables:
        """Recovered by its last score, which was answered while intoxicated; the one before it was at caseness."""
        tables = Tables()
        tables.course("one", phq9=(18, 14), gad7=(12, 6))
        contact = tables.contact("one", "2025-06-23")
        tables.score("one", "phq9", "2025-06-23", 4, contact)
        tables.score("one", "gad7", "2025-06-23", 3, contact)
        for row in tables.rows["scores"]:
            row["clouded"] = "true" if row["date"] == "2025-06-23" else None
        return tables

    def test_they_count_where_nobody_asks(self, tables: Tables) -> None:
        found = evaluate(EvaluationTables.from_arrow(tables.arrow()))
        assert (found.row("recovery").numerator, found.left_out) == (1, {})

    def test_they_are_left_out_where_somebody_does_and_the_report_says_so(self, tables: Tables) -> None:
        found = evaluate(EvaluationTables.from_arrow(tables.arrow()), wanted=Wanted(without_clouded=True))
        assert (found.row("recovery").numerator, found.left_out) == (0, {Why.CLOUDED: 2})
        said = grounds.left_out(found, Figures(Audience.INTERNAL))
        assert said[0] == "Scores answered while intoxicated or in withdrawal were left out, as asked: 2."

    def test_where_nobody_said_every_score_counts(self, tables: Tables) -> None:
        for row in tables.rows["scores"]:
            row["clouded"] = None
        found = evaluate(EvaluationTables.from_arrow(tables.arrow()), wanted=Wanted(without_clouded=True))
        assert (found.row("recovery").numerator, found.left_out) == (1, {Why.CLOUDED: 0})


def answered(**cells: str) -> EvaluationTables:
    """Recovered by its last two scores, of which `cells` say how they were answered."""
    tables = Tables()
    tables.course("one", phq9=(18, 14), gad7=(12, 6))
    contact = tables.contact("one", "2025-06-23")
    tables.score("one", "phq9", "2025-06-23", 4, contact)
    tables.score("one", "gad7", "2025-06-23", 3, contact)
    for row in tables.rows["scores"]:
        row |= cells if row["date"] == "2025-06-23" else {}
    return EvaluationTables.from_arrow(tables.arrow())


NOBODY_SAID: dict[str, str] = {}
HELPED, RECENT, WELSH = {"helped": "true"}, {"weeks_since_use": "1"}, {"language": "cy"}


class TestScoresLeftOutByHowTheyWereAnswered:
    @pytest.mark.parametrize(
        ("cells", "wanted", "recovered", "left_out"),
        [
            (HELPED | RECENT, ALL, 1, {}),
            (HELPED, Wanted(without_helped=True), 0, {Why.HELPED: 2}),
            ({"helped": "false"}, Wanted(without_helped=True), 1, {Why.HELPED: 0}),
            (NOBODY_SAID, Wanted(without_helped=True), 1, {Why.HELPED: 0}),
            (RECENT, Wanted(without_use_within=2), 0, {Why.RECENT_USE: 2}),
            ({"weeks_since_use": "0"}, Wanted(without_use_within=1), 0, {Why.RECENT_USE: 2}),
            (RECENT, Wanted(without_use_within=1), 1, {Why.RECENT_USE: 0}),  # a whole week ago is not within it
            (NOBODY_SAID, Wanted(without_use_within=5200), 1, {Why.RECENT_USE: 0}),
            (WELSH, Wanted(only_language=""), 0, {Why.LANGUAGE: 2}),
            ({"language": "en-GB"}, Wanted(only_language=""), 1, {Why.LANGUAGE: 0}),
            (NOBODY_SAID, Wanted(only_language=""), 1, {Why.LANGUAGE: 0}),
            (WELSH, Wanted(only_language="cy"), 0, {Why.LANGUAGE: 4}),  # the first scores were in English
            (NOBODY_SAID, Wanted(only_language="cy"), 0, {Why.LANGUAGE: 6}),
            (HELPED | RECENT, Wanted(False, True, 2), 0, {Why.HELPED: 2, Why.RECENT_USE: 2}),
        ],
    )
    def test_only_where_somebody_asks(
        self, cells: dict[str, str], wanted: Wanted, recovered: int, left_out: dict[Why, int]
    ) -> None:
        found = evaluate(answered(**cells), wanted=wanted)
        assert (found.row("recovery").numerator, found.left_out) == (recovered, left_out)

    def test_the_report_says_how_many_and_why(self) -> None:
        wanted = Wanted(without_clouded=True, without_helped=True, without_use_within=2, only_language="")
        found = evaluate(answered(**HELPED | RECENT), wanted=wanted)
        assert grounds.answers_left_out(found, Figures(Audience.INTERNAL)) == (
            "Scores answered while intoxicated or in withdrawal were left out, as asked: 0.",
            "Scores answered with somebody's help were left out, as asked: 2.",
            "Scores answered less than 2 weeks after the last use were left out, as asked: 2.",
            "Scores answered in another language version than English were left out, as asked: 0.",
            "Some scores are left out for more than one of these reasons. In all: 2.",
        )
        assert grounds.answers_left_out(found, Figures(Audience.PUBLIC))[1].endswith("as asked: *.")

    def test_a_score_that_would_not_have_counted_is_not_left_out(self) -> None:
        tables = Tables()
        tables.course("one", phq9=(18, 14), gad7=(12, 6))
        tables.score("one", "phq9", "2025-01-01", 4)  # before the referral
        tables.rows["scores"][-1]["helped"] = "true"
        found = evaluate(EvaluationTables.from_arrow(tables.arrow()), wanted=Wanted(without_helped=True))
        assert found.left_out == {Why.HELPED: 0}


class TestAnsweredInAnotherLanguageVersion:
    """PHQ-9 in British Sign Language counts from 8 and GAD-7 from 6."""

    @pytest.fixture
    def tables(self) -> Tables:
        tables = Tables()
        tables.course("one", phq9=(9, 7), gad7=(7, 5))
        tables.course("other", phq9=(20, 9), gad7=(15, 7))
        for row in tables.rows["scores"]:
            row["language"] = "BFI" if row["episode_id"] == "one" else None
        return tables

    def counts(self, tables: Tables) -> dict[str, int]:
        found = evaluate(EvaluationTables.from_arrow(tables.arrow()))
        return {name: found.row(name).numerator for name in ("at_caseness", "recovery", "reliable_improvement")}

    def test_each_is_held_against_the_cutoff_of_its_version(self, tables: Tables) -> None:
        assert self.counts(tables) == {"at_caseness": 2, "recovery": 2, "reliable_improvement": 1}

    def test_without_a_language_it_is_english(self, tables: Tables) -> None:
        for row in tables.rows["scores"]:
            row["language"] = " en-GB "
        assert self.counts(tables) == {"at_caseness": 1, "recovery": 1, "reliable_improvement": 1}

    def test_between_two_versions_no_change_is_claimed_and_the_report_says_so(self, tables: Tables) -> None:
        tables.rows["scores"][-1]["language"] = "bfi"
        assert self.counts(tables) == {"at_caseness": 2, "recovery": 1, "reliable_improvement": 0}
        found = evaluate(EvaluationTables.from_arrow(tables.arrow()))
        assert found.completeness.two_versions == 1
        said = grounds.completeness(found.completeness, Figures(Audience.INTERNAL))
        assert said[-1].startswith(
            "Of those, first and last answered in two language versions, so no change is claimed"
        )

    def test_tables_without_other_languages_are_judged_as_they_ever_were(self, tables: Tables) -> None:
        read = EvaluationTables.from_arrow(tables.arrow())
        assert "language" in judged(read).columns
        for row in tables.rows["scores"]:
            row["language"] = None
        assert "language" not in judged(EvaluationTables.from_arrow(tables.arrow())).columns
        for row in tables.rows["scores"]:
            del row["language"]
        assert "language" not in judged(EvaluationTables.from_arrow(tables.arrow())).columns


@pytest.mark.parametrize(
    ("first", "last", "recovered"), [("2.740741", "2.296296", 1), ("2.740741", "2.302", 0), ("5.000001", "1.5", 0)]
)
def test_a_mean_counts_with_all_its_decimals(first, last, recovered):
    """A Mobility Inventory of 74/27 is the measure in force; 2.302 is above the cut-off of 2.3, and nothing above 5 is
    a mean at all, so that GAD-7 counts there, which nobody answered."""
    tables = Tables()
    tables.episode("e", problem_descriptor="F400")
    tables.treat("e", phq9=(12, 5), mi=(first, last))
    assert evaluate(EvaluationTables.from_arrow(tables.arrow())).row("recovery").numerator == recovered


def test_the_record_hands_over_scores_as_fine_as_it_keeps_them():
    kept = {"episode_id": "e", "instrument": "mi", "score": Decimal("2.740741")}
    assert arrow.table("scores", [kept]).column("score").to_pylist() == [kept["score"]]
