"""Somebody young who cannot choose by themselves here: who decides with them, and whom to ask."""

from django.http import HttpRequest, HttpResponse

from alongside.consent.rules import Alone
from alongside.organisations import queries as organisations
from alongside.web.own.views import care
from alongside.web.pages import show


def who_decides(request: HttpRequest, alone: Alone) -> HttpResponse:
    """Instead of the form. To say no needs nobody at any age, and stays where it was."""
    access = request.access
    place = organisations.place(access.service, access=access)
    people = care(access.own_registration, access)["team"]
    return show(request, "own/young.jinja", rule=alone.rule, place=place, team=people)
