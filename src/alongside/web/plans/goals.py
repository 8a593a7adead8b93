"""Adding and ending goals, and agreeing the plan."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.plan import actions
from alongside.web.pages import page
from alongside.web.plans.forms import Agree, EndGoal, NewGoal
from alongside.web.plans.writing import goal_in, plan_of, write
from alongside.web.subject import subject
from alongside.web.versions import shown


@page(purpose="direct_care", acts=("care",))
def add(request: HttpRequest, registration: str) -> HttpResponse:
    about = subject(registration, access=request.access)
    form = NewGoal(request.POST or None)
    return write(
        request,
        about,
        form,
        lambda: actions.add_goal(registration=about.mine, submission=form.submission, by=request.access, **form.values),
        template="plans/goal.jinja",
        done=_("The goal is in the plan. Add what will be done for it, and by whom."),
    )


@page(purpose="direct_care", acts=("care",))
def end(request: HttpRequest, registration: str, goal: str) -> HttpResponse:
    about = subject(registration, access=request.access)
    found = goal_in(plan_of(request, about), goal)
    form = EndGoal(request.POST or None, version=found.version)
    return write(
        request,
        about,
        form,
        lambda: actions.end_goal(
            goal=goal,
            reached=form.cleaned_data["ended"] == "reached",
            why=form.cleaned_data["why"],
            version=shown(form),
            by=request.access,
        ),
        template="plans/end_goal.jinja",
        done=_("Written down. Actions for this goal that are still open stay owed."),
        goal=found,
    )


@page(purpose="direct_care", acts=("care",))
def agree(request: HttpRequest, registration: str) -> HttpResponse:
    about = subject(registration, access=request.access)
    found = plan_of(request, about)
    form = Agree(request.POST or None)
    return write(
        request,
        about,
        form,
        lambda: actions.agree(registration=about.mine, by=request.access, **form.values),
        template="plans/agree.jinja",
        done=_("Agreed as it stands now. What is added later is not agreed until somebody agrees again."),
        plan=found,
    )
