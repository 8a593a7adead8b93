"""Every page of signing in is one of ours, and every account page that we do not offer is not there."""

import pytest
from allauth.account import urls as account_urls
from allauth.mfa.base import urls as mfa_urls
from django.core import mail
from django.urls import NoReverseMatch, reverse

from alongside.web.accounts.urls import urlpatterns
from tests import factories

PASSWORD = "correct horse battery"
NOT_OFFERED = {
    "account_signup",
    "account_email",
    "account_email_verification_sent",
    "account_set_password",
    "account_confirm_login_code",
    "account_confirm_email",
}


@pytest.fixture
def sam(db):
    from alongside.organisations import actions

    northside = factories.partnership().northside
    practitioner = actions.join(name="Sam Reed", email="sam@example.org", password=PASSWORD, by=factories.SETTING_UP)
    actions.assign_role(
        practitioner=practitioner, service=northside.id, team=northside.team, role="therapist", by=factories.SETTING_UP
    )
    return factories.User.objects.get(practitioner=practitioner)


def test_every_account_page_of_the_library_is_offered_in_our_design_or_not_at_all():
    theirs = {pattern.name for pattern in [*account_urls.urlpatterns, *mfa_urls.urlpatterns]}
    ours = {pattern.name for pattern in urlpatterns}
    assert theirs - ours == NOT_OFFERED


@pytest.mark.parametrize("name", sorted(NOT_OFFERED))
def test_nobody_can_sign_themselves_up_or_change_who_they_are(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("sign-in/", "Sign in"),
        ("closed/", "This sign-in is closed"),
        ("password/forgotten/", "Choose a password"),
        ("password/forgotten/sent/", "Look in your email"),
        ("password/new/x-set-password/", "This link does not work any more"),
        ("password/new/done/", "Your new password is kept"),
    ],
)
def test_pages_for_somebody_who_is_not_signed_in(client, db, path, heading):
    assert f"<h1>{heading}</h1>" in client.get(f"/account/{path}").content.decode()


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("", "Your account"),
        ("password/", "Change your password"),
        ("sign-out/", "Sign out"),
        ("confirm/", "Enter your password again"),
        ("second-step/", "Second step of signing in"),
        ("second-step/app/", "Turn on the authenticator app"),
    ],
)
def test_pages_for_somebody_who_is(client, sam, path, heading):
    client.post("/account/sign-in/", {"login": sam.email, "password": PASSWORD})
    client.post("/account/confirm/", {"password": PASSWORD})
    assert f"<h1>{heading}</h1>" in client.get(f"/account/{path}").content.decode()


def test_changing_how_one_signs_in_asks_for_the_password_again(client, sam):
    client.post("/account/sign-in/", {"login": sam.email, "password": PASSWORD})
    assert client.get("/account/second-step/app/").url.startswith("/account/confirm/")


def test_a_second_step_from_turning_it_on_to_signing_in_with_it(client, sam):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    def code(secret):
        return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    client.post("/account/sign-in/", {"login": sam.email, "password": PASSWORD})
    client.post("/account/confirm/", {"password": PASSWORD})
    client.get("/account/second-step/app/")
    secret = client.session["mfa.totp.secret"]
    codes = client.post("/account/second-step/app/", {"code": code(secret)}, follow=True).content.decode()
    assert "<h1>Recovery codes</h1>" in codes
    assert client.get("/account/second-step/recovery-codes/file/").headers["Content-Type"].startswith("text/plain")
    for path, heading in [
        ("recovery-codes/new/", "Make new recovery codes"),
        ("app/remove/", "Turn off the authenticator app"),
        ("confirm/", "Enter a code again"),
    ]:
        assert f"<h1>{heading}</h1>" in client.get(f"/account/second-step/{path}").content.decode()
    client.post("/account/sign-out/")
    answer = client.post("/account/sign-in/", {"login": sam.email, "password": PASSWORD}, follow=True)
    assert "<h1>Enter your code</h1>" in answer.content.decode()
    assert client.get("/account/").status_code == 302  # the password alone opens nothing
    recovery = codes.split('class="al-codes al-figures">')[1].split("<li>")[1].split("</li>")[0]
    client.post("/account/second-step/code/", {"code": recovery})
    assert client.get("/account/").status_code == 200


def test_a_forgotten_password_is_renewed_through_the_mailbox(client, sam):
    client.post("/account/password/forgotten/", {"email": sam.email})
    letter = mail.outbox[0]
    assert letter.subject == "Alongside: choose a new password"
    link = next(line for line in letter.body.splitlines() if line.startswith("http"))
    asked = client.get(link, follow=True)
    assert "<h1>Choose a new password</h1>" in asked.content.decode()
    done = client.post(
        asked.redirect_chain[-1][0], {"password1": "three odd words here", "password2": "three odd words here"}
    )
    assert done.status_code == 302
    assert client.login(email=sam.email, password="three odd words here")
    assert "your password was changed" in mail.outbox[1].body


def test_asking_for_an_unknown_address_says_the_same_and_sends_nothing(client, sam):
    known = client.post("/account/password/forgotten/", {"email": sam.email}, follow=True)
    unknown = client.post("/account/password/forgotten/", {"email": "nobody@example.org"}, follow=True)
    assert known.content == unknown.content
    assert [letter.to for letter in mail.outbox] == [[sam.email]]


def test_a_password_that_anybody_would_guess_is_refused_in_words(client, sam):
    client.post("/account/sign-in/", {"login": sam.email, "password": PASSWORD})
    page = client.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": "password1234", "password2": "password1234"}
    ).content.decode()
    assert "too common" in page
