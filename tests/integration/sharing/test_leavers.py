"""Somebody leaves: what they held is a colleague's from that moment, and what they left behind would be found."""

from datetime import timedelta

import pytest

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consultation import actions as consultation
from alongside.consultation import queries as questions
from alongside.contacts import actions as contacts
from alongside.contacts.rules import Meeting
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed
from alongside.organisations import actions as organisations
from alongside.people import queries as people
from alongside.plan import actions as plan
from alongside.plan import queries as plans
from alongside.sharing import actions, queries
from alongside.tasks import queries as tasks
from alongside.transitions import actions as transitions
from tests.factories import SETTING_UP

pytestmark = pytest.mark.django_db
SYSTEM = Access.system("test")


def leave(person, colleague):
    held = actions.leaver(
        practitioner=person.therapist.actor, service=person.world.northside.id, to=colleague.actor, by=SYSTEM
    )
    organisations.leave(practitioner=person.therapist.actor, by=SETTING_UP)
    return held


def book(person):
    soon = Meeting("treatment", clock.now() + timedelta(days=1), "video")
    episode = person.accepted.episode
    return contacts.plan_contact(registration=person.northside, episode=episode, meeting=soon, by=person.therapist)


def do(person, owner, by):
    own = person.northside if by is person.therapist else person.riverside
    due = clock.today() + timedelta(days=7)
    return plan.add_action(registration=own, text="Ring", owner=owner.actor, due_on=due, by=by)


def asks(person, by):
    here = by is person.keyworker
    own, to = (person.riverside, person.world.northside) if here else (person.northside, person.world.riverside)
    return consultation.ask(registration=own, answering_service=to.id, text="Slowly?", by=by)


def test_everything_is_the_colleagues_and_nothing_is_nowhere(person, colleague):
    book(person)
    do(person, person.therapist, person.therapist)
    answering, asking = asks(person, person.keyworker), asks(person, person.therapist)
    consultation.accept(consultation=answering, version=1, by=person.therapist)
    consultation.accept(consultation=asking, version=1, by=person.keyworker)
    owed = [one.about for one in tasks.owed(access=person.therapist)]
    assert leave(person, colleague) == len(owed)
    assert {one.about for one in tasks.owed(access=colleague)} == set(owed)
    assert [one.id for one in journeys.caseload(access=colleague)] == [person.accepted.episode]
    team = journeys.journey_for([person.riverside, person.northside], access=person.keyworker)
    assert team.lead == colleague.actor
    assert list(queries.nowhere(access=SYSTEM)) == []


def test_the_colleague_reads_what_the_person_agreed_to(person, colleague):
    assert not people.headers([person.riverside], access=colleague)
    leave(person, colleague)
    assert people.headers([person.riverside], access=colleague)


def test_the_colleague_is_answered_instead(person, colleague):
    question = asks(person, person.therapist)
    consultation.accept(consultation=question, version=1, by=person.keyworker)
    leave(person, colleague)
    consultation.answer(consultation=question, recommendations=["Slowly"], version=3, by=person.keyworker)
    [owed] = [one for one in tasks.owed(access=colleague) if one.room == "consultation"]
    assert owed.about == question
    thread = questions.thread(question, access=colleague)
    assert [one.recommendation for one in thread.advice[0].recommendations] == ["Slowly"]


def test_a_lead_that_was_offered_to_the_leaver_goes_back(person):
    to = person.keyworker
    said = {"registration": person.northside, "to": to.actor, "words": "Over to you"}
    transitions.propose_handover(**said, by=person.therapist)
    stays = person.world.riverside.sign_in("prescriber")
    actions.leaver(practitioner=to.actor, service=person.world.riverside.id, to=stays.actor, by=SYSTEM)
    assert list(queries.nowhere(access=SYSTEM)) == []
    assert not [one for one in tasks.owed(access=stays) if one.room == "transitions"]


@pytest.mark.parametrize("handed_over", [True, False])
def test_a_withdrawal_brings_back_what_the_leaver_gave_away(person, colleague, handed_over):
    """To whoever took over, or else to whoever writes the withdrawal down: it is never refused for want of a leaver."""
    do(person, person.keyworker, person.therapist)
    if handed_over:
        leave(person, colleague)
    else:
        organisations.leave(practitioner=person.therapist.actor, by=SETTING_UP)
    riverside = Handle.service(person.world.riverside.id)
    actions.stop(registration=person.northside, recipient=riverside, by=colleague)
    [back] = [one for one in plans.plan([person.northside], access=colleague).others if one.state == "open"]
    assert back.owner == colleague.actor


def test_what_a_leaver_left_behind_is_found(person):
    organisations.leave(practitioner=person.therapist.actor, by=SETTING_UP)
    found = list(queries.nowhere(access=SYSTEM))
    assert any(person.accepted.episode in one and "left" in one for one in found)


@pytest.mark.parametrize("wrong", ["the leaver", "somebody of the other service", "nobody"])
def test_it_goes_to_somebody_who_works_there(person, wrong):
    to = {
        "the leaver": person.therapist.actor,
        "somebody of the other service": person.keyworker.actor,
        "nobody": "pra_00000000000000000000",
    }[wrong]
    with pytest.raises(Invalid) as refused:
        actions.leaver(practitioner=person.therapist.actor, service=person.world.northside.id, to=to, by=SYSTEM)
    assert refused.value.field == "to"


@pytest.mark.parametrize(
    ("role", "fits"), [("evaluator", False), ("administrator", False), ("step2_practitioner", True)]
)
def test_who_treats_people_is_taken_over_by_somebody_who_does(person, role, fits):
    to = person.world.northside.sign_in(role, "evaluation" if role == "evaluator" else None)
    one = {"practitioner": person.therapist.actor, "service": person.world.northside.id, "to": to.actor}
    if fits:
        assert actions.leaver(**one, by=SYSTEM)
        return
    with pytest.raises(Invalid, match="treats people"):
        actions.leaver(**one, by=SYSTEM)
    assert journeys.caseload(access=person.therapist)  # nothing was handed over


def test_who_treats_nobody_is_taken_over_by_anybody_who_works_there(person):
    leaver, to = (person.world.northside.sign_in(role) for role in ("administrator", "privacy_lead"))
    assert actions.leaver(practitioner=leaver.actor, service=person.world.northside.id, to=to.actor, by=SYSTEM) == 0


def test_a_colleague_may_not_and_a_team_lead_may(person, colleague):
    one = {"practitioner": person.therapist.actor, "service": person.world.northside.id, "to": colleague.actor}
    for by in (colleague, person.world.riverside.sign_in("team_lead")):
        with pytest.raises(NotAllowed):
            actions.leaver(**one, by=by)
    actions.leaver(**one, by=person.world.northside.sign_in("team_lead"))
