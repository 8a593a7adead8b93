"""Pages: who may open them, what the browser is told, and how our own errors are answered."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import RequestFactory

from alongside.kernel.errors import Duplicate, Invalid, NotAllowed, NotThere, Several, Stale
from alongside.web import health, pages, refusals, ways
from alongside.web.accounts import hats
from tests import factories

PASSWORD = "correct horse battery"


@pytest.fixture
def riverside(db):
    return factories.partnership().riverside


@pytest.fixture
def signed_in(client, riverside):
    """A keyworker's browser."""
    client.force_login(factories.User.objects.get(practitioner=riverside.sign_in("keyworker").actor))
    return client


# --- what the browser is told


def test_no_page_may_run_or_fetch_what_is_not_ours(client, db):
    policy = client.get("/account/sign-in/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_pages_stay_out_of_caches_frames_and_other_peoples_logs(client, db):
    headers = client.get("/account/sign-in/").headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_real_installation_speaks_https_only():
    """Settings are read in a process of their own, as an installation reads them."""
    code = (
        "import django; from django.conf import settings as s; django.setup();"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SECURE_SSL_REDIRECT;"
        "assert s.SECURE_HSTS_SECONDS >= 31536000 and s.SESSION_COOKIE_NAME.startswith('__Host-');"
        "assert not s.DEBUG and not s.DEMONSTRATION"
    )
    real = {"ALONGSIDE_SECRET_KEY": "s" * 50, "DJANGO_SETTINGS_MODULE": "alongside.config.settings", "PATH": ""}
    subprocess.run([sys.executable, "-c", code], env=real, check=True)  # noqa: S603


# --- errors


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (NotThere(), 404, "That is not there"),
        (NotAllowed("Only the lead practitioner may end a journey."), 403, "Only the lead practitioner"),
        (Stale("Priya Nair changed this plan a minute ago."), 409, "Priya Nair changed this plan"),
        (Duplicate("You sent this twice.", existing="con_x"), 409, "You sent this twice."),
        (Invalid("page", "There is no such page."), 400, "There is no such page."),
        (Several([Invalid("a", "One."), Invalid("b", "Two.")]), 400, "One."),
    ],
)
def test_our_own_errors_become_pages_in_plain_english(error, status, words):
    answer = refusals.refuse(RequestFactory().get("/x"), error)
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_what_does_not_exist_and_what_is_not_for_you_read_alike(client, db):
    """The second is `NotThere` raised by a page; the first has no page."""
    nowhere = client.get("/nowhere/")
    hidden = refusals.refuse(nowhere.wsgi_request, NotThere())
    assert nowhere.status_code == hidden.status_code == 404
    assert nowhere.content == hidden.content


def test_a_fault_of_ours_is_answered_without_the_database(client):
    answer = refusals.broken(RequestFactory().get("/x"))
    assert answer.status_code == 500
    assert "Nothing" not in answer.content.decode()
    assert "was not saved" in answer.content.decode()


def test_a_form_without_its_cookie_explains_itself(db):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/account/sign-in/", {"login": "a@example.org"})
    assert answer.status_code == 403
    assert "This page was open for too long" in answer.content.decode()


# --- who may open a page


@pages.page(purpose="direct_care")
def _a_page(request):
    return HttpResponse(request.access.purpose)


def _asked(user, session=None, method="get"):
    request = getattr(RequestFactory(), method)("/x")
    request.user, request.session = user, session or {}
    return request


def test_a_page_declares_a_purpose_that_the_policy_knows():
    with pytest.raises(ValueError, match="'curiosity' is not a purpose"):
        pages.page(purpose="curiosity")


def test_a_page_declares_an_act_that_some_role_may_start():
    with pytest.raises(ValueError, match="'meddle' is not an act"):
        pages.page(purpose="direct_care", acts=("meddle",))


@pages.page(purpose="direct_care", acts=("lead", "correct"))
def _an_act(request):
    return HttpResponse("done")


@pytest.mark.parametrize(("role", "opens"), [("keyworker", True), ("team_lead", True), ("duty_worker", False)])
def test_a_page_for_an_act_opens_for_whoever_may_start_one_of_them(riverside, role, opens):
    access = riverside.sign_in(role, "direct_care")
    request = _asked(factories.User.objects.get(practitioner=access.actor))
    assert ways.opens(_an_act, access) is opens
    if opens:
        assert _an_act(request).content == b"done"
    else:
        with pytest.raises(NotAllowed, match="Your role cannot do this"):
            _an_act(request)


@pytest.mark.parametrize(
    ("role", "places"),
    [
        ("keyworker", "Home Caseload Referrals Consultations"),
        ("administrator", "Home Referrals"),
        ("evaluator", "Home Evaluation"),
        ("privacy_lead", "Home"),
    ],
)
def test_the_navigation_names_the_places_that_open_for_the_role(client, riverside, role, places):
    access = riverside.sign_in(role)
    client.force_login(factories.User.objects.get(practitioner=access.actor))
    header = client.get("/account/").content.decode().split("<main")[0]
    assert re.findall(r'data-key="\w">(\w+)</a>', header) == places.split()
    assert ("Find a person" in header) is (role != "evaluator")


def test_nobody_is_shown_the_way_to_a_page_of_the_record():
    assert ways.way("caseload", access=None) == ""
    assert ways.way("start", access=None) == "/start/"


def test_a_page_gives_its_view_the_readers_access_for_its_purpose(riverside):
    user = factories.User.objects.get(practitioner=riverside.sign_in("keyworker").actor)
    assert _a_page(_asked(user)).content == b"direct_care"


def test_a_role_without_the_purpose_is_told_so(riverside):
    user = factories.User.objects.get(practitioner=riverside.sign_in("evaluator", "evaluation").actor)
    with pytest.raises(NotAllowed):
        _a_page(_asked(user))


def test_nobody_is_sent_to_sign_in(client, db):
    answer = client.get("/account/")
    assert answer.status_code == 302
    assert answer.url.startswith("/account/sign-in/")


def test_a_failed_page_keeps_nothing(riverside):
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    @pages.page(purpose="direct_care")
    def fails(request):
        Session.objects.create(session_key="disclosed", session_data="", expire_date=timezone.now())
        raise NotThere

    user = factories.User.objects.get(practitioner=riverside.sign_in("keyworker").actor)
    with pytest.raises(NotThere):
        fails(_asked(user, method="post"))
    assert not Session.objects.exists()


# --- hats


def test_nobody_can_wear_somebody_elses_role(riverside):
    mine = factories.User.objects.get(practitioner=riverside.sign_in("keyworker").actor)
    riverside.sign_in("prescriber")
    request = _asked(mine)
    theirs = "rol_" + "0" * 20
    with pytest.raises(NotThere):
        hats.wear(request, theirs)


def test_the_header_asks_for_the_name_of_the_service_once(signed_in, django_assert_max_num_queries):
    signed_in.get("/accessibility/")
    with django_assert_max_num_queries(4):  # session, user, roles, cover
        page = signed_in.get("/accessibility/")
    assert "Riverside Substance Use Service" in page.content.decode()


def test_whoever_has_lost_their_role_is_still_told_what_to_do(signed_in, riverside):
    from alongside.organisations import actions

    actions.leave(practitioner=riverside.staff["keyworker"], by=factories.SETTING_UP)
    answer = signed_in.get("/account/")
    assert answer.status_code == 302  # a closed sign-in is signed out


# --- left alone


def test_a_page_that_was_left_alone_signs_out(signed_in, settings, monkeypatch):
    from alongside.web import middleware

    assert signed_in.get("/account/").status_code == 200
    later = middleware.time.time() + settings.IDLE_SIGN_OUT_SECONDS + 1
    monkeypatch.setattr(middleware.time, "time", lambda: later)
    assert signed_in.get("/account/").status_code == 302


# --- the demonstration


@pytest.mark.parametrize("path", ["/account/personas/", "/design/"])
def test_the_demonstrations_pages_do_not_exist_in_a_real_installation(client, db, path):
    assert client.get(path).status_code == 404
    assert client.post(path, {"who": "anything"}).status_code == 404


def test_in_the_demonstration_one_click_is_a_sign_in(client, riverside, settings):
    settings.DEMONSTRATION = True
    riverside.sign_in("keyworker")
    page = client.get("/account/personas/")
    assert "Riverside Substance Use Service" in page.content.decode()
    assignment = page.content.decode().split('name="who" value="')[1].split('"')[0]
    assert client.post("/account/personas/", {"who": assignment}).status_code == 302
    assert "Keyworker" in client.get("/account/").content.decode()


def test_in_the_demonstration_nobody_else_can_be_chosen(client, riverside, settings):
    settings.DEMONSTRATION = True
    assert client.post("/account/personas/", {"who": "rol_" + "0" * 20}).status_code == 404


def test_the_demonstration_says_that_everybody_is_invented(client, db, settings):
    settings.DEMONSTRATION = True
    assert "Everybody here is invented" in client.get("/account/sign-in/").content.decode()


# --- health


def test_health_says_that_the_database_answers(client, db):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_health_says_so_when_the_database_does_not(rf, monkeypatch):
    def gone():
        raise DatabaseError("no such host: secret.example.org")

    monkeypatch.setattr(health.connection, "cursor", gone)
    answer = health.healthz(rf.get("/healthz"))
    assert answer.status_code == 503
    assert b"secret" not in answer.content


def test_what_a_worker_builds_and_counts_is_its_own():
    """Two workers that build one directory delete each other's files between writing and reading them."""
    home = Path(os.environ["ALONGSIDE_HOME"])
    assert Path(settings.STATIC_ROOT).parent == Path(settings.CACHES["default"]["LOCATION"]).parent == home
