"""What others may see of my record: read, choose with a preview of the whole record, take back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import queries
from alongside.consent.queries import Agreed
from alongside.consent.rules import Alone, Reached, for_itself
from alongside.kernel.errors import NotThere
from alongside.kernel.periods import Period
from alongside.organisations import queries as organisations
from alongside.sharing import actions
from alongside.web import naming
from alongside.web.consents import present as consents
from alongside.web.consents import recipients
from alongside.web.consents import shared as shares
from alongside.web.consents.previewing import would_see
from alongside.web.consents.renewing import Standing, as_entered, chosen, handle, seen, standing, would_open
from alongside.web.own import asked, present
from alongside.web.own.forms import Choose, TakeBack
from alongside.web.own.less import require_all
from alongside.web.own.young import who_decides
from alongside.web.pages import page, show
from alongside.web.trying import attempt, sent_before


@page(purpose="own_access", acts=("consent",), methods=("GET",))
def sharing(request: HttpRequest) -> HttpResponse:
    access = request.access
    require_all(access)
    mine = access.own_registration
    past = queries.history(mine, access=access)
    names = naming.names(consents.everybody(past), access=access) | recipients.team_names(past, access)
    live = queries.in_force(mine, access=access)
    found = shares.sharings(organisations.partners(access=access), live, mine, names)
    return show(
        request,
        "own/sharing.jinja",
        sharings=present.mine(found),
        closed=consents.closed([one for one in live if one.refuses], mine, names),
        history=consents.history(past, names),
    )


@page(purpose="own_access", acts=("consent",))
def choose(request: HttpRequest) -> HttpResponse:
    access = request.access
    require_all(access)
    alone = queries.alone(access.own_registration, access=access)
    if not alone.may:
        return who_decides(request, alone)
    place = organisations.place(access.service, access=access)
    partners = organisations.partners(access=access)
    wanted = request.GET.get("with", partners[0].id if len(partners) == 1 else "")
    found = standing(access.own_registration, handle(wanted), access=access)
    form = Choose(
        request.POST or None,
        recipients=partners,
        part2=place.part2,
        initial=_initial(request, wanted, found),
        version=found.version,
    )
    if "preview" in request.POST:
        return _page(request, form, place.name, _preview(form, access))
    if attempt(form, lambda: _save(form, alone, access), stands=reverse("own-sharing")):
        asked.settle(request, form.cleaned_data["recipient"])
        if not sent_before(request, form):
            messages.success(request, _("Saved. It holds from this moment. You can change it on any day."))
        return redirect("own-sharing")
    return _page(request, form, place.name, None if form.is_bound else _previewed(request, access))


def _previewed(request: HttpRequest, access: Access) -> consents.Preview | None:
    """What they would see who asked for more, before anything is signed."""
    found = asked.carried(request)
    if found is None:
        return None
    stands = standing(access.own_registration, handle(found.service), access=access)
    mask = found.kinds | stands.kinds
    data = stands.care.said.data if stands.care else Period()
    seen = would_see(access.own_registration, mask, data, access=access)
    name = naming.names({found.service}, access=access).get(found.service, "")
    return consents.preview(name, mask, Reached(mask, 0, ()), seen)


def _page(request: HttpRequest, form: Choose, service: str, preview: consents.Preview | None) -> HttpResponse:
    live = queries.current(request.access.own_registration, access=request.access)
    classes = any(Handle.kind(one.recipient) == "class" and one.categories for one in live)
    return show(request, "own/choose.jinja", form=form, service=service, preview=preview, classes=classes)


def _initial(request: HttpRequest, wanted: str, found: Standing) -> dict[str, object]:
    """What is in force with the chosen service, to be changed rather than chosen again. The signature is new."""
    more = asked.carried(request)
    initial = as_entered(found) | {"recipient": wanted, "signed_by": ""}
    return initial | (more.entered(found) if more else {})


def _preview(form: Choose, access: Access) -> consents.Preview | None:
    if not form.usable_for_preview():
        return None
    live = queries.in_force(access.own_registration, access=access)
    opens = would_open(form, organisations.partners(access=access), live)
    found = would_see(access.own_registration, opens.opens, form.period(), access=access)
    return consents.preview(form.recipient_name(), form.mask("share"), opens, found)


def _save(form: Choose, alone: Alone, access: Access) -> str:
    mine = access.own_registration
    found = standing(mine, form.handle(), access=access)
    once = {"submission": form.submission, "seen": seen(form, found.recipient)}
    choices = [alone.signs(one) for one in chosen(form, found)]
    return actions.agree_all(registration=mine, choices=choices, by=access, **once)


@page(purpose="own_access", acts=("consent",))
def stop(request: HttpRequest, consent: str) -> HttpResponse:
    """Taking back what was agreed, or that it was closed to somebody."""
    access = request.access
    live = queries.in_force(access.own_registration, access=access)
    found = next((one for one in live if one.id == consent), None)
    if found is None:
        raise NotThere
    form = TakeBack(request.POST or None)
    if attempt(form, lambda: _take_back(found, form.data.get("reason", ""), access)):
        messages.success(request, _("Saved. It holds from this moment."))
        return redirect("own-sharing")
    names = naming.names(consents.everybody([found]), access=access) | recipients.team_names([found], access)
    return show(
        request,
        "own/stop.jinja",
        form=form,
        refused=found.refuses,
        who=consents.recipient_name(found, names),
        kinds=consents.kinds(found.categories),
        through=shares.reaching_classes(organisations.partners(access=access), found.recipient, live),
        to_class=Handle.kind(found.recipient) == "class",
    )


def _take_back(found: Agreed, reason: str, access: Access) -> str:
    if found.refuses or for_itself(found.said):
        actions.withdraw(consent_id=found.id, reason=reason, by=access)
    else:
        actions.stop(registration=found.registration, recipient=found.recipient, reason=reason, by=access)
    return found.id
