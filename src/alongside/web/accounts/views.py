"""Your own account: who you are here as, and how you sign in."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from alongside.web.accounts import hats
from alongside.web.pages import show


@require_safe
@login_required
def your_account(request: HttpRequest) -> HttpResponse:
    return show(request, "account/your_account.jinja", hats=hats.hats(request))


@login_required
def change_password(request: HttpRequest) -> HttpResponse:
    """Whoever never set a password sets their first one by email: there is none to enter."""
    if not request.user.has_usable_password():
        return redirect("account_reset_password")
    return account.password_change(request)


@require_POST
@login_required
def change_hat(request: HttpRequest) -> HttpResponse:
    """Be here in another of your roles."""
    hats.wear(request, request.POST.get("role", ""))
    return redirect(hats.first_page(request))
