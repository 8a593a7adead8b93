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
from alongside.consent.rules import for_itself
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Place
from alongside.sharing import actions
from alongside.web import naming
from alongside.web.consents import finer, opening, recipients, signing
from alongside.web.consents import present as consents
from alongside.web.consents import shared as shares
from alongside.web.consents.renewing import Standing, as_entered, chosen, handle, seen, standing
from alongside.web.consents.stopped import by_another_click, done_before
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
    placed = recipients.placed(past, access)
    names = naming.names(consents.everybody(past), access=access) | placed.called
    live = queries.in_force(mine, access=access)
    said = shares.Said(live, shares.over(past), placed.within, names)
    return show(
        request,
        "own/sharing.jinja",
        sharings=present.mine(shares.sharings(organisations.partners(access=access), said, mine)),
        named=present.named(said),
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
    more = asked.carried(request)
    form = Choose(
        request.POST or None,
        recipients=partners,
        alone=alone,
        more=more.added_to(found) if more else 0,
        part2=place.part2,
        intermediary=place.intermediary,
        initial=_initial(request, wanted, found),
        version=found.version,
    )
    if signing.is_to_be_read(request):
        return _page(request, form, place.name, signing.preview(form, access.own_registration, partners, access=access))
    another = signing.is_another(form, access.own_registration, partners, access=access)
    if attempt(form, lambda: _save(form, another, access), stands=reverse("own-sharing")):
        asked.settle(request, form.cleaned_data["recipient"])
        if not sent_before(request, form):
            messages.success(request, _said(form, partners, access))
        return redirect("own-sharing")
    again = signing.shown_again(form, access.own_registration, partners, access=access) if form.is_bound else None
    return _page(request, form, place.name, again or _previewed(request, form, found, partners, access))


def _said(form: Choose, partners: list[Place], access: Access) -> str:
    said = _("Saved. It holds from this moment. You can change it on any day.")
    if not form.mask("share"):
        live = queries.in_force(access.own_registration, access=access)
        return " ".join([said, *finer.besides(access.own_registration, form.handle(), live, access=access)])
    whom = signing.recipient(form.handle(), form.recipient_name(), partners)
    return " ".join([said, *signing.stays_closed(access.own_registration, whom, access=access)])


def _previewed(
    request: HttpRequest, form: Choose, found: Standing, partners: list[Place], access: Access
) -> consents.Preview | None:
    """What they would see who asked for more, by that and by all that stands, before anything is signed."""
    more = asked.carried(request)
    if more is None or form.is_bound:
        return None
    name = naming.names({more.service}, access=access).get(more.service, "")
    whom = signing.recipient(handle(more.service), name, partners)
    choices = [form.alone.signs(one) for one in more.choices(found)]
    return signing.previewed(access.own_registration, whom, choices, access=access)


def _page(request: HttpRequest, form: Choose, service: str, preview: consents.Preview | None) -> HttpResponse:
    live = queries.current(request.access.own_registration, access=request.access)
    classes = any(Handle.kind(one.recipient) == "class" and one.categories for one in live)
    return show(request, "own/choose.jinja", form=form, service=service, preview=preview, classes=classes)


def _initial(request: HttpRequest, wanted: str, found: Standing) -> dict[str, object]:
    """What is in force with the chosen service, to be changed rather than chosen again. The signature is new."""
    more = asked.carried(request)
    initial = as_entered(found) | {"recipient": wanted, "signed_by": ""}
    return initial | (more.entered(found) if more else {})


def _save(form: Choose, another: bool, access: Access) -> str:
    mine = access.own_registration
    found = standing(mine, form.handle(), access=access)
    once = {"submission": form.submission, "seen": seen(form, found.recipient)}
    made = actions.agree_all(registration=mine, choices=chosen(form, found), by=access, **once)
    signing.refuse_another(another)
    return made


@page(purpose="own_access", acts=("consent",))
def stop(request: HttpRequest, consent: str) -> HttpResponse:
    """Taking back what was agreed, or that it was closed to somebody."""
    access = request.access
    live = queries.in_force(access.own_registration, access=access)
    found = next((one for one in live if one.id == consent), None)
    stands = reverse("own-sharing")
    if found is None:
        return done_before(request, access.own_registration, consent, stands)
    whole = not found.refuses and not for_itself(found.said)
    named = finer.of_service(access.own_registration, found.recipient, access=access) if whole else []
    form = TakeBack(request.POST or None, named=finer.offered(named))
    still = opening.still_closed(found, access=access) if found.refuses else []
    if attempt(form, lambda: _take_back(found, form, access)):
        messages.success(request, opening.said(still) if still else _("Saved. It holds from this moment."))
        return redirect(stands)
    if again := by_another_click(request, form, access.own_registration, consent, stands):
        return again
    names = naming.names(consents.everybody([found]), access=access) | recipients.placed([found], access).called
    return show(
        request,
        "own/stop.jinja",
        form=form,
        refused=found.refuses,
        still=still,
        who=consents.recipient_name(found, names),
        kinds=consents.kinds(found.categories),
        through=shares.reaching_classes(organisations.partners(access=access), found.recipient, live) if whole else [],
        ending=finer.ending(found.recipient, live) if whole else [],
        named=bool(named),
        alone=not whole,
        to_class=Handle.kind(found.recipient) == "class",
    )


def _take_back(found: Agreed, form: TakeBack, access: Access) -> str:
    said = {"reason": form.cleaned_data["reason"], "how": form.how()}
    if found.refuses or for_itself(found.said):
        actions.withdraw(consent_id=found.id, by=access, **said)
    else:
        actions.stop(registration=found.registration, recipient=found.recipient, also=form.also(), by=access, **said)
    return found.id
