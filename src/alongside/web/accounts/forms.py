"""The sign-in forms: allauth's own rules, our words."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext as _

from alongside.web.forms.base import Worded


class _Ours(Worded):
    """Takes away the placeholders, which vanish while typing, and puts our labels and hints in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            label, hint = self.words().get(name, (field.label, ""))
            field.label, field.help_text = label, hint
            field.error_messages["required"] = _("Enter your %(field)s") % {"field": str(label).lower()}

    def words(self) -> dict[str, tuple[str, str]]:
        """Label and hint by field."""
        return {}


class SignIn(_Ours, account.LoginForm):
    def words(self) -> dict[str, tuple[str, str]]:
        return {"login": (_("Email address"), ""), "password": (_("Password"), "")}


class ForgottenPassword(_Ours, account.ResetPasswordForm):
    def words(self) -> dict[str, tuple[str, str]]:
        return {"email": (_("Email address"), "")}


class NewPassword(_Ours, account.ResetPasswordKeyForm):
    def words(self) -> dict[str, tuple[str, str]]:
        return _new_password()


class ChangePassword(_Ours, account.ChangePasswordForm):
    def words(self) -> dict[str, tuple[str, str]]:
        return {"oldpassword": (_("Present password"), ""), **_new_password()}


class ConfirmPassword(_Ours, account.ReauthenticateForm):
    def words(self) -> dict[str, tuple[str, str]]:
        return {"password": (_("Password"), "")}


class Code(_Ours, AuthenticateForm):
    def words(self) -> dict[str, tuple[str, str]]:
        return {"code": (_("Code"), _("6 numbers from your authenticator app, or one of your recovery codes"))}


class NewCodes(_Ours, GenerateRecoveryCodesForm):
    """Asks for nothing; refuses whoever has no app that the codes could stand in for."""


class ConfirmCode(_Ours, ReauthenticateForm):
    def words(self) -> dict[str, tuple[str, str]]:
        return {"code": (_("Code"), _("6 numbers from your authenticator app, or one of your recovery codes"))}


class ActivateApp(_Ours, ActivateTOTPForm):
    def words(self) -> dict[str, tuple[str, str]]:
        return {"code": (_("Code"), _("The 6 numbers that the app shows now"))}


def _new_password() -> dict[str, tuple[str, str]]:
    hint = _("At least 12 characters. Three words that do not belong together are easy to remember.")
    return {"password1": (_("New password"), hint), "password2": (_("New password again"), "")}
