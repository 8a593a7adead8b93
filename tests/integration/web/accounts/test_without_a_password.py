"""Somebody who was given a sign-in and never set a password, or asks for codes before there is an app."""

import pytest

from tests import factories
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer():
    return browser(factories.partnership().northside, "therapist")


def test_changing_a_password_that_was_never_set_sets_one_by_email(newcomer):
    answer = newcomer.get("/account/password/")
    assert (answer.status_code, answer.url) == (302, "/account/password/forgotten/")


def test_recovery_codes_without_an_app_say_what_to_do_first(newcomer):
    answer = newcomer.post("/account/second-step/recovery-codes/new/")
    assert answer.status_code in (200, 302)
    if answer.status_code == 200:
        assert "Set up the authenticator app first" in words(answer)
