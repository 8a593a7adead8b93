"""The evaluation of the record: nine people, lived through the actions, counted by the one engine."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.access.rules import Handle
from alongside.audit import queries as ledger
from alongside.contacts import actions as contacts
from alongside.contacts.rules import Meeting
from alongside.definitions import policy
from alongside.evaluation import actions, queries
from alongside.evaluation.record import Cohort
from alongside.evaluation.rules.audience import Audience, Stamp
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed
from alongside.measures import actions as measures
from alongside.measures.rules import Context, Use
from alongside.measures.rules import Given as Measure
from alongside.sharing import actions as sharing
from alongside.transitions import actions as transitions
from tests import factories

pytestmark = pytest.mark.django_db

ALL = policy.offered()
BOTH = policy.bundles()["both_teams"].mask
START = datetime(2026, 1, 5, 10, tzinfo=UTC)
# PHQ-9 first and last, GAD-7 first and last, drinking days first and last.
NINE = [
    (16, 6, 14, 5, 20, 8),
    (18, 7, 15, 4, 24, 10),
    (14, 5, 12, 6, 16, 16),
    (20, 9, 16, 7, 28, 12),
    (15, 4, 11, 3, 12, 20),  # better in mood, and drinking more
    (17, 8, 13, 6, 18, 6),
    (19, 3, 17, 2, 22, 4),
    (21, 13, 18, 12, 25, 20),  # improved, not below
    (16, 15, 13, 13, 14, 14),  # left early
]


def meeting(kind):
    return Meeting(kind, clock.now() - timedelta(minutes=50), "face_to_face")


def contact(person, by, registration, episode, kind, phq9, gad7, days):
    contacts.record(
        registration=registration,
        episode=episode,
        meeting=meeting(kind),
        attendance="attended",
        responses=[Measure("phq9", total=str(phq9), harm=False), Measure("gad7", total=str(gad7))],
        uses=[Use("alcohol", days)],
        by=by,
    )


def lived(world, row):
    """One joint journey from referral to the end of therapy."""
    phq9, phq9_last, gad7, gad7_last, days, days_last = row
    person = factories.JointJourney(world, categories=BOTH, back=BOTH)
    episode = person.accepted.episode
    by = person.therapist
    for week, kind, phq, gad, used in (
        (1, "assessment_and_treatment", phq9, gad7, days),
        (4, "treatment", phq9_last, gad7_last, days_last),
    ):
        with clock.at(START + timedelta(weeks=week)):
            contact(person, by, person.northside, episode, kind, phq, gad, used)
    return person


def ended(person):
    with clock.at(START + timedelta(weeks=6)):
        handed = transitions.propose_handover(
            registration=person.northside, to=person.keyworker.actor, words="Therapy is done.", by=person.therapist
        )
        transitions.accept_handover(handover=handed, by=person.keyworker)
        version = journeys.episode(person.accepted.episode, access=person.therapist).version
        transitions.discharge(
            episode=person.accepted.episode,
            end_code="46",
            ended_on=clock.today(),
            return_route="Call us.",
            version=version,
            by=person.therapist,
        )


@pytest.fixture
def world():
    with clock.at(START - timedelta(days=30)):
        return factories.partnership()


@pytest.fixture
def nine(world):
    with clock.at(START):
        world.northside.sign_in("therapist")
        world.riverside.sign_in("keyworker")
    people = []
    for row in NINE:
        with clock.at(START):
            people.append(lived(world, row))
    for person in people:
        ended(person)
    world.people = people
    return world


def test_seven_of_nine(nine):
    evaluator = nine.northside.sign_in("evaluator", "evaluation")
    found = queries.internal(Cohort(), access=evaluator)
    row = found.row("recovery")
    assert (row.numerator, row.denominator) == (7, 9)
    assert [round(100 * one, 1) for one in (row.value, row.lower, row.upper)] == [77.8, 45.3, 93.7]
    assert found.row("finished_course").numerator == 9
    assert found.row("recovery", "arm", "One-to-one").numerator == 7


@pytest.fixture
def signed(world):
    """Two who sign: one answered in British Sign Language throughout, the other in English first."""
    with clock.at(START):
        world.northside.sign_in("therapist")
        world.riverside.sign_in("keyworker")
    for languages in (("bfi", "bfi"), ("", "bfi")):
        with clock.at(START):
            person = factories.JointJourney(world, categories=BOTH, back=BOTH)
        for week, phq9, gad7, language in ((1, 9, 7, languages[0]), (4, 7, 5, languages[1])):
            with clock.at(START + timedelta(weeks=week)):
                met(person, phq9, gad7, language)
        ended(person)
    return world


def met(person, phq9, gad7, language):
    """A contact, and both questionnaires in a language version."""
    episode = person.accepted.episode
    contacts.record(
        registration=person.northside,
        episode=episode,
        meeting=meeting("assessment_and_treatment"),
        attendance="attended",
        by=person.therapist,
    )
    for key, total in (("phq9", phq9), ("gad7", gad7)):
        measures.record_response(
            registration=person.northside,
            instrument=key,
            total=total,
            harm=False,
            completed_at=clock.now(),
            episode=episode,
            context=Context(language=language),
            by=person.therapist,
        )


def test_a_version_in_sign_language_is_held_against_its_own_cutoffs(signed):
    """9 and 7 are cases in British Sign Language and not in English; 7 and 5 are no cases in either."""
    found = queries.internal(Cohort(), access=signed.northside.sign_in("evaluator", "evaluation"))
    counted = {name: found.row(name).numerator for name in ("at_caseness", "not_at_caseness", "recovery")}
    assert counted == {"at_caseness": 1, "not_at_caseness": 1, "recovery": 1}
    assert found.row("no_reliable_change").numerator == 1  # of the other nothing is claimed
    assert (found.completeness.both, found.completeness.two_versions) == (2, 1)


def test_never_mood_alone(nine):
    evaluator = nine.northside.sign_in("evaluator", "evaluation")
    released = actions.release(stamp=Stamp(), cohort=Cohort(arm="one_to_one"), by=evaluator)
    assert "77.8 % (45.3 to 93.7)" in released.files["report.html"]
    assert "Of those, 5 used on fewer days, 1 on as many and 1 on more" in released.files["report.html"]


def closed(person, stay, reason):
    """The keyworker ends the stay today."""
    transitions.discharge(
        episode=stay.id,
        end_code=reason,
        ended_on=clock.today(),
        return_route="Call us.",
        version=stay.version,
        by=person.keyworker,
    )


def test_who_ended_as_agreed_has_not_left(nine):
    """Therapy ended by agreement for all nine, and the keyworker closes six: five as complete, one who lost touch."""
    for person, reason in zip(nine.people[:6], [*["completed_alcohol_free"] * 5, "dropped_out"], strict=True):
        with clock.at(START + timedelta(weeks=10)):
            stay = journeys.open_episode(person.riverside, access=person.keyworker)
            contact(person, person.keyworker, person.riverside, stay.id, "treatment", 5, 5, 4)
        with clock.at(START + timedelta(weeks=14)):
            closed(person, stay, reason)
    with clock.at(START + timedelta(weeks=20)):
        found = queries.internal(Cohort(), access=nine.riverside.sign_in("evaluator", "evaluation"))
    [everybody] = [one for one in found.curves if one.breakdown == "total"]
    assert (everybody.people, everybody.left) == (9, 1)


def test_completed_treatment_is_a_step_of_the_flow(nine):
    with clock.at(START + timedelta(weeks=10)):
        stays = [journeys.open_episode(person.riverside, access=person.keyworker) for person in nine.people[:2]]
        for person, stay in zip(nine.people, stays, strict=False):
            contact(person, person.keyworker, person.riverside, stay.id, "treatment", 5, 5, 4)
    with clock.at(START + timedelta(weeks=14)):
        for person, stay, reason in zip(nine.people, stays, ("completed_alcohol_free", "dropped_out"), strict=False):
            closed(person, stay, reason)
        found = queries.internal(Cohort(), access=nine.riverside.sign_in("evaluator", "evaluation"))
    river = next(flow for flow in found.flows[1:] if flow.service == nine.riverside.name)
    assert (river["ended"], river["completed"], river["finished"]) == (2, 1, 0)


def test_an_arm_nobody_was_on_counts_nobody(nine):
    evaluator = nine.northside.sign_in("evaluator", "evaluation")
    assert queries.internal(Cohort(arm="group"), access=evaluator).persons == 0


def test_a_service_counts_its_own_without_consent_and_anothers_only_with_it(world):
    with clock.at(START):
        person = lived(world, NINE[0])
        evaluator = world.northside.sign_in("evaluator", "evaluation")
        alone = queries.internal(Cohort(), access=evaluator)
        assert {flow.service for flow in alone.flows} <= {"total", world.northside.name}
        everybody = factories.choice(ALL, recipient=Handle.service(world.northside.id), purpose="evaluation")
        sharing.agree(registration=person.riverside, choice=everybody, by=person.keyworker)
        together = queries.internal(Cohort(), access=evaluator)
    assert (alone.row("referrals").numerator, together.row("referrals").numerator) == (1, 2)
    assert together.persons == 1  # one human, because the link and the consent are both there


def test_what_a_person_agreed_to_for_evaluation_outlives_the_journey(nine):
    """Outcomes are counted when treatment is over; the care team is gone by then, and the evaluator is not."""
    evaluator = nine.northside.sign_in("evaluator", "evaluation")
    person = nine.people[0]
    everybody = factories.choice(ALL, recipient=Handle.service(nine.northside.id), purpose="evaluation")
    sharing.agree(registration=person.riverside, choice=everybody, by=person.keyworker)
    with clock.at(START + timedelta(weeks=8)):
        closed(person, journeys.open_episode(person.riverside, access=person.keyworker), "completed_alcohol_free")
    assert queries.internal(Cohort(), access=evaluator).row("referrals").numerator == 10
    assert journeys.episodes([person.riverside], access=person.therapist) == []


def test_a_release_leaves_its_digest_in_the_ledger(world):
    with clock.at(START):
        lived(world, NINE[0])
        evaluator = world.northside.sign_in("evaluator", "evaluation")
        released = actions.release(stamp=Stamp(Audience.PUBLIC), cohort=Cohort(), by=evaluator)
        [given] = queries.releases(access=evaluator)
    assert (given.id, given.audience, given.persons) == (released.id, "public", 1)
    assert len(given.digest) == 64
    assert list(ledger.problems()) == []


def test_a_therapist_cannot_release(world):
    with pytest.raises(NotAllowed):
        actions.release(stamp=Stamp(), cohort=Cohort(), by=world.northside.sign_in("therapist"))
