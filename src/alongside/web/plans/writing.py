"""What every form of the plan does: act, say it, return to the plan."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.kernel.errors import NotThere
from alongside.plan import queries
from alongside.plan.queries import Action, Goal, Plan
from alongside.web.forms import Form
from alongside.web.pages import show
from alongside.web.subject import Subject
from alongside.web.trying import attempt


def write(
    request: HttpRequest,
    about: Subject,
    form: Form,
    act: Callable[[], object],
    *,
    template: str,
    done: str,
    **shown: object,
) -> HttpResponse:
    """Back to the plan once it is done; on the form again, with what was written, where it was refused."""
    if attempt(form, lambda: act() or about.mine):
        messages.success(request, done)
        return redirect("plan", about.mine)
    return show(request, template, form=form, person=about.person, about=about, **shown)


def plan_of(request: HttpRequest, about: Subject) -> Plan:
    return queries.plan([about.mine, *(one for one in about.all if one != about.mine)], access=request.access)


def goal_in(found: Plan, goal: str) -> Goal:
    return _the_one(found.goals, goal)


def action_in(found: Plan, action: str) -> Action:
    every = [*found.others, *(one for goal in found.goals for one in goal.actions)]
    return _the_one(every, action)


def _the_one(items, wanted: str):
    """An own item of this plan; anybody else's, and one that does not exist, are not there."""
    found = next((one for one in items if one.id == wanted and one.own), None)
    if found is None:
        raise NotThere
    return found
