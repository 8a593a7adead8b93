"""The password once more, in the form of an act that must not be done from a desk that somebody left."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy

from alongside.web.forms import Form


class PasswordAgain(Form):
    """A form that only whoever is signed in can send. Tries are limited as those of signing in are."""

    password = forms.CharField(
        label=gettext_lazy("Your password"),
        help_text=gettext_lazy("So that nobody does this in your name."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: AbstractBaseUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Checked, and not kept."""
        if not get_adapter().reauthenticate(self.user, self.cleaned_data["password"]):
            raise get_adapter().validation_error("incorrect_password")
        return ""
