"""Somebody left: their next request, by whatever they had open, finds nothing."""

from datetime import date

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.test import Client

from alongside.organisations import actions as organisations
from alongside.organisations.models import User
from alongside.people.rules import Typed
from alongside.safety.rules import Declaration
from alongside.sharing import actions as sharing
from tests import factories
from tests.factories import SETTING_UP
from tests.integration.web.visiting import browser

pytestmark = pytest.mark.django_db
PASSWORD = "invented-people-only"


@pytest.fixture
def both():
    return factories.partnership()


@pytest.fixture
def user(both):
    found = User.objects.get(practitioner=both.northside.sign_in("therapist").actor)
    found.set_password(PASSWORD)
    found.save(update_fields=["password"])
    return found


def leave(user):
    organisations.leave(practitioner=user.practitioner_id, by=SETTING_UP)


def come_back(user, both):
    """Somebody opens the sign-in again, with a job."""
    User.objects.filter(pk=user.pk).update(is_active=True)
    organisations.assign_role(
        practitioner=user.practitioner_id,
        service=both.northside.id,
        team=both.northside.team,
        role="therapist",
        by=SETTING_UP,
    )


def test_no_session_token_or_link_of_somebody_who_left_survives_the_next_request(both, user):
    person = factories.registered(both.riverside)
    desk, telephone = browser(both.northside, "therapist"), browser(both.northside, "therapist")
    attempt = sharing.look_in_emergency(
        typed=Typed("Jordan", "Reed", date(1988, 5, 17)),
        why=Declaration("Found unconscious"),
        by=both.northside.sign_in("therapist"),
    )
    link = f"/account/password/new/{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}/"
    assert desk.get(f"/people/{person}/").status_code == 200
    leave(user)
    for open_page in (desk, telephone):
        for address in ("/", f"/people/{person}/", "/emergency/open/"):
            answer = open_page.get(address)
            assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/account/sign-in/"), address
        assert open_page.post(f"/emergency/open/{attempt}/end/").url.startswith("/account/sign-in/")
    answer = Client().post("/account/sign-in/", {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in answer.wsgi_request.session
    used = Client().get(link, follow=True)
    assert "password1" not in used.content.decode()


def test_nothing_of_before_comes_back_with_somebody_who_does(both, user):
    person = factories.registered(both.riverside)
    desk = browser(both.northside, "therapist")
    link = f"/account/password/new/{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}/"
    leave(user)
    come_back(user, both)
    assert desk.get(f"/people/{person}/").url.startswith("/account/sign-in/")
    assert "password1" not in Client().get(link, follow=True).content.decode()


def test_without_leaving_the_link_would_have_worked(user):
    """Or the two above would prove nothing."""
    link = f"/account/password/new/{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}/"
    assert "password1" in Client().get(link, follow=True).content.decode()
