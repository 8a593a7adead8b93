"""Adding, finishing and passing on actions."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Colleague
from alongside.plan import actions
from alongside.plan.rules import GoalState
from alongside.web import naming
from alongside.web.pages import page
from alongside.web.plans.forms import Finish, NewAction, PassOn
from alongside.web.plans.writing import action_in, plan_of, write
from alongside.web.subject import subject
from alongside.web.versions import shown


@page(purpose="direct_care", acts=("care",))
def add(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    goals = [goal for goal in plan_of(request, about).goals if goal.state is GoalState.ACTIVE]
    owners, services = owners_for(about.all, access)
    form = NewAction(
        request.POST or None,
        initial={"owner": access.actor, "goal": request.GET.get("goal", "none")},
        goals=goals,
        owners=owners,
        services=services,
    )
    return write(
        request,
        about,
        form,
        lambda: actions.add_action(registration=about.mine, submission=form.submission, by=access, **form.entered),
        template="plans/action.jinja",
        done=_("The action is in the plan and on its owner's list."),
    )


def owners_for(registrations: tuple[str, ...], access: Access) -> tuple[list[Colleague], dict[str, str]]:
    """Who may own an action: carers here, and in the partner services where the person is linked to another."""
    services = [access.service]
    if len(registrations) > 1:
        services += [place.id for place in organisations.partners(access=access)]
    found = [one for service in services for one in organisations.colleagues(service, access=access)]
    return list({one.id: one for one in found}.values()), naming.names(services, access=access)


@page(purpose="direct_care", acts=("care",))
def finish(request: HttpRequest, registration: str, action: str) -> HttpResponse:
    about = subject(registration, access=request.access)
    found = action_in(plan_of(request, about), action)
    form = Finish(request.POST or None, version=found.version)
    return write(
        request,
        about,
        form,
        lambda: actions.finish_action(
            action=action,
            done=form.cleaned_data["done"] == "yes",
            why=form.cleaned_data["why"],
            version=shown(form),
            by=request.access,
        ),
        template="plans/finish.jinja",
        done=_("Written down. Nobody owes it any more."),
        action=found,
    )


@page(purpose="direct_care", acts=("care",))
def pass_on(request: HttpRequest, registration: str, action: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    found = action_in(plan_of(request, about), action)
    owners, services = owners_for(about.all, access)
    others = [one for one in owners if one.id != found.owner]
    form = PassOn(request.POST or None, version=found.version, owners=others, services=services)
    return write(
        request,
        about,
        form,
        lambda: actions.hand_over_action(
            action=action, version=shown(form), submission=form.submission, by=access, **form.values
        ),
        template="plans/pass_on.jinja",
        done=_("Passed on. It is on the new owner's list from now on."),
        action=found,
    )
