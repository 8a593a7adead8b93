"""What allauth asks us: nobody signs up by themselves, and refusals are said in our words."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.web.accounts import hats


class Adapter(DefaultAccountAdapter):
    """Accounts are made by the service."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The email address or the password is not right. Check both and try again."),
        "too_many_login_attempts": _("There were too many tries. Wait 5 minutes, then try again."),
        "rate_limited": _("There were too many tries. Wait 5 minutes, then try again."),
        "account_inactive": _("This sign-in is closed. Ask your service's administrator."),
        "enter_current_password": _("Enter your present password"),
        "incorrect_password": _("The password is not right"),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return (
            reverse(hats.first_page(request)) if hats.is_own(request.user) else super().get_login_redirect_url(request)
        )

    def format_email_subject(self, subject: str) -> str:
        return subject


class SecondFactor(DefaultMFAAdapter):
    """The second step of signing in."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is not right, or it has run out. Enter the one that the app shows now."),
        "cannot_generate_recovery_codes": _("Set up the authenticator app first. The codes stand in for it."),
    }
