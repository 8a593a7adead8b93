"""Who is here, in which roles, covering whom: the statement that every request runs, as the roles begin and end."""

from datetime import timedelta

import pytest

from alongside.access.rules import Handle
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed
from alongside.organisations import actions, queries
from alongside.organisations.models import Service, User
from tests.factories import SETTING_UP, partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    made = partnership().northside
    made.sign_in("therapist")
    return made


@pytest.fixture
def user(service):
    return User.objects.get(practitioner=service.staff["therapist"])


def assignment(user):
    return queries.signed_in(user.pk).live[0]


def test_the_user_is_the_stored_one_in_every_field_that_was_read(user):
    found = queries.signed_in(user.pk)
    read = [one.attname for one in User._meta.concrete_fields if one.attname not in found.get_deferred_fields()]
    assert {name: getattr(found, name) for name in read} == {name: getattr(user, name) for name in read}
    assert set(read) >= {"id", "email", "password", "is_active", "practitioner_id"}


def test_saving_them_changes_nothing_that_was_not_read(user):
    user.last_login = clock.now()
    user.save()
    queries.signed_in(user.pk).save()
    user.refresh_from_db()
    assert user.last_login is not None


def test_a_role_is_held_with_its_names(service, user):
    one = assignment(user)
    named = (one.role, one.practitioner, one.service, one.service_name, one.team, one.covers)
    assert named == ("therapist", user.practitioner_id, service.id, service.name, service.team, ())


def test_nobody_is_nobody():
    assert queries.signed_in("use_00000000000000000000") is None


def test_the_user_and_the_practitioner_give_the_same_access(user):
    assert queries.access_for(queries.signed_in(user.pk), None) == queries.access_for(user, None)


def test_the_access_knows_what_kind_of_service_it_is_and_where(service, user):
    Service.objects.filter(pk=service.id).update(kind="substance_use", jurisdiction="us")
    access = queries.access_for(user, None)
    assert (access.kind, access.jurisdiction) == ("substance_use", "us")


def test_a_role_that_ended_is_not_there_at_the_next_request(user):
    actions.end_role(assignment=assignment(user).id, by=SETTING_UP)
    found = queries.signed_in(user.pk)
    assert found.live == []
    with pytest.raises(NotAllowed):
        queries.access_for(found, None)


def test_somebody_without_a_role_is_still_who_they_are(user):
    actions.end_role(assignment=assignment(user).id, by=SETTING_UP)
    assert queries.signed_in(user.pk) == user


@pytest.mark.parametrize(
    ("begins", "ends", "covers"),
    [
        (-1, 1, True),
        (0, 1, True),  # the first moment of a cover is in it
        (1, 2, False),
        (-2, 0, False),  # the last is not
    ],
)
def test_a_cover_holds_from_its_first_moment_to_before_its_last(service, user, begins, ends, covers):
    now = clock.now()
    absent = service.sign_in("step2_practitioner").actor
    with clock.at(now):
        actions.cover(
            absent=absent,
            covered_by=user.practitioner_id,
            from_at=now + timedelta(hours=begins),
            until_at=now + timedelta(hours=ends),
            by=SETTING_UP,
        )
        access = queries.access_for(queries.signed_in(user.pk), None)
    assert (Handle.caseload(absent, service.id) in access.speaks_for) is covers


def test_two_covers_and_two_roles_are_each_there_once(service, user):
    now = clock.now()
    absent = {service.sign_in(role).actor for role in ("step2_practitioner", "duty_worker")}
    for one in absent:
        actions.cover(
            absent=one, covered_by=user.practitioner_id, from_at=now, until_at=now + timedelta(days=1), by=SETTING_UP
        )
    actions.assign_role(
        practitioner=user.practitioner_id, service=service.id, team=service.team, role="team_lead", by=SETTING_UP
    )
    live = queries.signed_in(user.pk).live
    assert [one.role for one in live] == ["therapist", "team_lead"]
    assert all(set(one.covers) == absent and len(one.covers) == 2 for one in live)


def test_the_desk_covers_nobody(service):
    desk = service.sign_in("administrator")
    now = clock.now()
    absent = service.staff["therapist"]
    actions.cover(absent=absent, covered_by=desk.actor, from_at=now, until_at=now + timedelta(days=1), by=SETTING_UP)
    user = User.objects.get(practitioner=desk.actor)
    assert Handle.caseload(absent, service.id) not in queries.access_for(queries.signed_in(user.pk), None).speaks_for
