"""What others may see of my record: read, choose with a preview of the whole record, take back."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import queries
from alongside.consent.queries import Agreed
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel.clock import LONDON
from alongside.kernel.errors import NotThere
from alongside.kernel.periods import FOR_EVER, Period
from alongside.organisations import queries as organisations
from alongside.sharing import actions
from alongside.web import naming
from alongside.web.consents import present as consents
from alongside.web.consents.forms import Withdraw
from alongside.web.consents.previewing import would_see
from alongside.web.consents.views import as_entered
from alongside.web.own import asked, present
from alongside.web.own.forms import Choose
from alongside.web.own.less import require_all
from alongside.web.pages import page, show
from alongside.web.trying import attempt


@page(purpose="own_access", acts=("consent",), methods=("GET",))
def sharing(request: HttpRequest) -> HttpResponse:
    access = request.access
    require_all(access)
    mine = access.own_registration
    past = queries.history(mine, access=access)
    names = naming.names(consents.everybody(past), access=access)
    chosen = queries.in_force(mine, access=access)
    standing = [one for one in chosen if not one.refuses]
    found = consents.sharings(organisations.partners(access=access), standing, mine, names)
    return show(
        request,
        "own/sharing.jinja",
        sharings=present.mine(found),
        closed=consents.closed([one for one in chosen if one.refuses], mine, names),
        history=consents.history(past, names),
    )


@page(purpose="own_access", acts=("consent",))
def choose(request: HttpRequest) -> HttpResponse:
    access = request.access
    require_all(access)
    place = organisations.place(access.service, access=access)
    form = Choose(
        request.POST or None,
        recipients=organisations.partners(access=access),
        part2=place.part2,
        initial=_initial(request, access),
    )
    if "preview" in request.POST:
        return _page(request, form, place.name, _preview(form, access))
    if attempt(form, lambda: _save(form, access)):
        asked.settle(request, form.cleaned_data["recipient"])
        messages.success(request, _("Saved. It holds from this moment. You can change it on any day."))
        return redirect("own-sharing")
    return _page(request, form, place.name, None if form.is_bound else _previewed(request, access))


def _previewed(request: HttpRequest, access: Access) -> consents.Preview | None:
    """What they would see who asked for more, before anything is signed."""
    found = asked.carried(request)
    if found is None:
        return None
    mask = found.kinds | _standing(found.service, access)
    seen = would_see(access.own_registration, mask, Period(), access=access)
    return consents.preview(naming.names({found.service}, access=access).get(found.service, ""), mask, seen)


def _standing(service: str, access: Access) -> Mask:
    """What a service sees for care already, which a newer signature would replace."""
    agreed = queries.current(access.own_registration, access=access)
    same = (one for one in agreed if one.recipient == Handle.service(service) and one.purpose == "direct_care")
    return next((one.categories for one in same), 0)


def _page(request: HttpRequest, form: Choose, service: str, preview: consents.Preview | None) -> HttpResponse:
    return show(request, "own/choose.jinja", form=form, service=service, preview=preview)


def _initial(request: HttpRequest, access: Access) -> dict[str, object]:
    """What is in force with the chosen service, to be changed rather than chosen again."""
    chosen = request.GET.get("with", "")
    if request.method != "GET" or not chosen:
        return {}
    handle = Handle.of_class(chosen) if chosen in policy.classes() else Handle.service(chosen)
    agreed = queries.current(access.own_registration, access=access)
    standing = {one.purpose: one for one in agreed if one.recipient == handle}
    care, counted = standing.get("direct_care"), standing.get("evaluation")
    initial: dict[str, object] = {"recipient": chosen, "evaluate": bool(counted and counted.categories)}
    found = asked.carried(request)
    return initial | (as_entered(care) if care else {}) | (found.entered(_standing(chosen, access)) if found else {})


def _preview(form: Choose, access: Access) -> consents.Preview | None:
    if not form.usable_for_preview():
        return None
    mask = form.mask("share")
    found = would_see(access.own_registration, mask, form.period(), access=access)
    return consents.preview(form.recipient_name(), mask, found)


def _save(form: Choose, access: Access) -> str:
    counted = policy.roles()["evaluator"].other if form.cleaned_data["evaluate"] else 0
    recipient, until = form.handle(), _until(form)
    care = form.chosen(recipient, form.mask("share"), expires=until)
    evaluation = form.chosen(recipient, counted, purpose="evaluation", expires=until)
    return actions.agree_all(registration=access.own_registration, choices=[care, evaluation], by=access)


def _until(form: Choose) -> datetime:
    """The end of the last day, which still counts."""
    last = form.cleaned_data["expires"]
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=LONDON) if last else FOR_EVER


@page(purpose="own_access", acts=("consent",))
def stop(request: HttpRequest, consent: str) -> HttpResponse:
    """Taking back what was agreed, or that it was closed to somebody."""
    access = request.access
    found = queries.in_force(access.own_registration, access=access)
    standing = next((one for one in found if one.id == consent), None)
    if standing is None:
        raise NotThere
    form = Withdraw(request.POST or None)
    if attempt(form, lambda: _take_back(standing, form.data.get("reason", ""), access)):
        messages.success(request, _("Saved. It holds from this moment."))
        return redirect("own-sharing")
    names = naming.names(consents.everybody([standing]), access=access)
    return show(
        request,
        "own/stop.jinja",
        form=form,
        refused=standing.refuses,
        who=consents.recipient_name(standing, names),
        kinds=consents.kinds(standing.categories),
    )


def _take_back(standing: Agreed, reason: str, access: Access) -> str:
    if standing.refuses:
        actions.withdraw(consent_id=standing.id, reason=reason, by=access)
    else:
        actions.stop(registration=standing.registration, recipient=standing.recipient, reason=reason, by=access)
    return standing.id
