"""A session is found while it lasts, and no longer."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from alongside.web.accounts.sessions import SessionStore
from tests import factories
from tests.integration.web.visiting import Browser, browser

pytestmark = pytest.mark.django_db
HOME = "/"


@pytest.fixture
def therapist():
    return browser(factories.JointJourney().world.northside, "therapist")


def key(client):
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_whoever_signed_in_stays_signed_in(therapist):
    assert therapist.get(HOME).status_code == 200


def test_a_session_past_its_end_is_nobodys(therapist):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert therapist.get(HOME).status_code == 302


def test_who_signed_out_is_signed_out_in_every_copy_of_the_cookie(therapist):
    copy = Browser()
    copy.cookies[settings.SESSION_COOKIE_NAME] = key(therapist)
    assert copy.get(HOME).status_code == 200
    therapist.logout()
    assert copy.get(HOME).status_code == 302


@pytest.mark.parametrize("made_up", ["", "x", "0" * 32, "' OR 1=1 --"])
def test_a_key_that_somebody_made_up_opens_nothing_and_is_not_kept(therapist, made_up):
    stranger = Browser()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = made_up
    assert stranger.get(HOME).status_code == 302
    store = SessionStore(made_up)
    store["kept"] = "x"
    store.save()
    assert store.session_key not in ("", made_up)


def test_what_a_session_keeps_is_read_as_it_was_written(therapist):
    session = therapist.session
    session["kept"] = {"a": [1, "é"]}
    session.save()
    assert therapist.session["kept"] == {"a": [1, "é"]}
