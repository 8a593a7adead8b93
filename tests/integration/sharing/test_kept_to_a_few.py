"""A registration that is kept to a few: nothing about it becomes nowhere, and whoever leaves is replaced."""

import pytest

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Effect
from alongside.consultation import actions as consultation
from alongside.kernel.errors import Invalid, NotAllowed, NotThere, Stale
from alongside.organisations import actions as organisations
from alongside.people import queries as people
from alongside.sharing import actions, queries
from alongside.tasks import queries as tasks
from alongside.tasks.models import Task
from tests import factories
from tests.factories import SETTING_UP

pytestmark = pytest.mark.django_db
SYSTEM = Access.system("test")


@pytest.fixture
def lead(person):
    return person.world.northside.sign_in("privacy_lead")


def keep(person, lead, *more, keeper=None):
    named = [person.therapist.actor, *(one.actor for one in more)]
    actions.restrict(
        registration=person.northside,
        named=named,
        keeper=(keeper or person.therapist).actor,
        reason="Works here",
        by=lead,
    )


def asks(person):
    there = person.world.northside.id
    return consultation.ask(registration=person.riverside, answering_service=there, text="Slowly?", by=person.keyworker)


def owed(person):
    rows = Task.objects.filter(registration=person.northside, closed_at=None)
    return set(rows.values_list("holder_practitioner", "holder_team"))


def test_what_the_team_owed_is_the_keepers_and_so_is_what_comes(person, lead):
    asks(person)
    assert any(team for _, team in owed(person))
    keep(person, lead)
    assert owed(person) == {(person.therapist.actor, "")}
    asks(person)
    assert owed(person) == {(person.therapist.actor, "")}
    assert list(queries.nowhere(access=SYSTEM)) == []


def test_the_keeper_can_do_what_they_owe(person, lead, colleague):
    question = asks(person)
    keep(person, lead, colleague, keeper=colleague)
    assert [one.about for one in tasks.owed(access=colleague) if one.room == "consultation"] == [question]
    consultation.accept(consultation=question, version=1, by=colleague)


@pytest.mark.parametrize("role", ["team_lead", "duty_worker", "step2_practitioner", "administrator", "prescriber"])
def test_to_everybody_else_of_the_service_the_person_is_not_there(person, lead, role):
    other = person.world.northside.sign_in(role)
    keep(person, lead)
    assert people.headers([person.northside], access=other) == {}
    assert people.find("Reed", access=other) == []
    assert tasks.about([person.northside], access=other) == []
    with pytest.raises(NotThere):
        allowed.require_own(other, person.northside, "identity")


def test_a_named_colleague_finds_them(person, lead, colleague):
    keep(person, lead, colleague)
    assert people.find("Reed", access=colleague)
    keep(person, lead)
    assert not people.find("Reed", access=colleague)


def test_lifting_it_opens_it_as_before(person, lead, colleague):
    before = bool(people.headers([person.northside], access=colleague))
    keep(person, lead, colleague)
    actions.lift_restriction(registration=person.northside, reason="Left", by=lead)
    assert bool(people.headers([person.northside], access=colleague)) is before
    with pytest.raises(Stale):
        actions.lift_restriction(registration=person.northside, reason="Left", by=lead)
    assert [one.restricted for one in people.kept_of(person.northside, access=lead)] == [False, True]
    assert people.kept(access=lead) == []


def test_whoever_leaves_is_replaced_by_whoever_takes_over(person, lead, colleague):
    asks(person)
    keep(person, lead)
    actions.leaver(
        practitioner=person.therapist.actor, service=person.world.northside.id, to=colleague.actor, by=SYSTEM
    )
    organisations.leave(practitioner=person.therapist.actor, by=SETTING_UP)
    [kept] = people.kept(access=lead)
    assert (kept.named, kept.keeper) == ((colleague.actor,), colleague.actor)
    assert people.headers([person.northside], access=colleague)
    assert owed(person) == {(colleague.actor, "")}
    assert list(queries.nowhere(access=SYSTEM)) == []


def test_whoever_it_is_closed_to_by_name_is_replaced_too(person, lead, colleague):
    keep(person, lead, colleague, keeper=colleague)
    no = factories.choice(recipient=f"practitioner:{colleague.actor}", effect=Effect.DENY)
    with pytest.raises(Invalid) as refused:
        actions.refuse(registration=person.northside, choice=no, by=person.therapist)
    assert refused.value.field == "to"
    actions.refuse(registration=person.northside, choice=no, to=person.therapist.actor, by=person.therapist)
    [kept] = people.kept(access=lead)
    assert (kept.named, kept.keeper) == ((person.therapist.actor,), person.therapist.actor)


@pytest.mark.parametrize("who", ["therapist", "team_lead"])
def test_only_whoever_oversees_privacy_may(person, who):
    with pytest.raises(NotAllowed):
        keep(person, person.world.northside.sign_in(who))


def test_of_their_own_service_alone(person):
    with pytest.raises(NotThere):
        keep(person, person.world.riverside.sign_in("privacy_lead"))


def test_a_colleague_who_treats_nobody_is_nobody_to_keep_it_to(person, lead):
    desk = person.world.northside.sign_in("administrator")
    with pytest.raises(Invalid) as refused:
        keep(person, lead, desk)
    assert refused.value.field == "named"
    assert people.kept(access=lead) == []
