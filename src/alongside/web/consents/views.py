"""What the person agreed to share: read, agree or change, stop."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import queries
from alongside.consent.queries import Agreed
from alongside.consent.rules import Given, Status, for_itself
from alongside.kernel import clock
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Place
from alongside.people import queries as people
from alongside.safety import queries as risks
from alongside.sharing import actions
from alongside.web import naming
from alongside.web.consents import finer, opening, present, recipients, shared, signing
from alongside.web.consents.forms import Agree, Withdraw, taking_back
from alongside.web.consents.glance import both
from alongside.web.consents.renewing import as_entered, chosen, handle, seen, standing
from alongside.web.consents.stopped import by_another_click, done_before
from alongside.web.pages import page, show
from alongside.web.people import places
from alongside.web.safety import disclosing
from alongside.web.subject import Subject, subject
from alongside.web.trying import attempt, sent_before
from alongside.web.ways import way


@page(purpose="direct_care", or_for=("legal",), methods=("GET",))
def sharing(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    past = queries.history(about.own, access=access) if about.own else []
    told = risks.disclosures(about.own, access=access) if about.own else []
    to_name = {one for each in told for one in disclosing.to_name(each)}
    placed = recipients.placed(past, access)
    names = naming.names({*present.everybody(past), *to_name}, access=access) | placed.called
    live = [one for one in reversed(past) if one.status is Status.ACTIVE and one.expires_at > clock.now()]
    partners = organisations.partners(access=access) if about.own else []
    joined = people.joined_to(about.own, access=access) if about.own else []
    services = {place.id: place.name for place in partners}
    pack = allowed.pack_of(access.service, access=access) if told else ""
    joined_here = both(about, access) if about.own else None
    said = shared.Said(live, shared.over(past), placed.within, names, joined_here)
    heard = risks.received_of(about.own, access=access) if about.own else []
    return show(
        request,
        "consents/sharing.jinja",
        person=about.person,
        about=about,
        tabs=places.tabs(about, "person-sharing", access),
        may=bool(about.own and way("sharing-agree", about.own, access=access)),
        sharings=shared.sharings(partners, said, about.own),
        both=joined_here,
        closed=present.closed([one for one in live if one.refuses], about.own, names),
        history=present.history(past, names),
        unnamed=recipients.unnamed(live, access),
        joined=[(one, services.get(one.service, "")) for one in joined],
        told=[disclosing.in_words(one, names, pack) for one in told],
        heard=[disclosing.heard(one, access) for one in heard],
        tell=way("disclosure-new", about.own, access=access) if about.own else "",
        looked=way("sharing-looked", about.own, access=access) if about.own else "",
    )


@page(purpose="direct_care", acts=("consent",))
def agree(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    partners = organisations.partners(access=access)
    place = organisations.place(access.service, access=access)
    preset = {} if place.part2 else {"given": Given.VERBAL}  # what is said by voice is what has to be quick
    wanted = request.GET.get("with") or _likely(about, partners, access)
    found = standing(about.mine, handle(wanted), access=access)
    form = Agree(
        request.POST or None,
        recipients=partners,
        part2=place.part2,
        intermediary=place.intermediary,
        initial=preset | as_entered(found) | {"recipient": wanted, "witness": access.name},
        version=found.version,
    )
    if signing.is_to_be_read(request):
        return _agree_page(request, about, form, signing.preview(form, about.mine, partners, access=access))
    another = signing.is_another(form, about.mine, partners, access=access)
    if attempt(form, lambda: _save(form, about, another, access), stands=reverse("person-sharing", args=[about.mine])):
        if not sent_before(request, form):
            messages.success(request, _said(form, about, partners, access))
        return redirect("person-sharing", about.mine)
    return _agree_page(request, about, form, signing.shown_again(form, about.mine, partners, access=access))


def _likely(about: Subject, partners: list[Place], access: Access) -> str:
    """Whom it is with where nobody was named: the service whose record is joined with ours, or the only one."""
    joined = {one.service for one in people.joined_to(about.mine, access=access)}
    fitting = [one.id for one in partners if one.id in joined] or [one.id for one in partners]
    return fitting[0] if len(fitting) == 1 else ""


def _save(form: Agree, about: Subject, another: bool, access: Access) -> str:
    found = standing(about.mine, form.handle(), access=access)
    once = {"submission": form.submission, "seen": seen(form, found.recipient)}
    made = actions.agree_all(registration=about.mine, choices=chosen(form, found), by=access, **once)
    signing.refuse_another(another)
    return made


def _said(form: Agree, about: Subject, partners: list[Place], access: Access) -> str:
    """What they see from now on, what of it a no that stands keeps closed, and that the evaluation is another thing."""
    whom = signing.recipient(form.handle(), form.recipient_name(), partners)
    live = queries.in_force(about.mine, access=access)
    counted = bool(shared.opened(whom.handle, whom.kind, live, shared.EVALUATION).opens)
    apart = [_("What was agreed for the evaluation of the pathway stands apart from that.")] if counted else []
    return " ".join([*_said_for_care(whom, live, about, counted, access), *apart])


def _said_for_care(
    whom: signing.Recipient, live: list[Agreed], about: Subject, counted: bool, access: Access
) -> list[str]:
    sees, name = shared.opened(whom.handle, whom.kind, live), {"service": whom.name}
    two = both(about, access)
    if two and not two.confirmed and sees.opens:
        said = _("Saved with this record, which is joined with another one of the same person here.")
        held = _("Until the person says that both are theirs, %(service)s sees for care what is agreed at both.")
        return [said, held % name]
    closed = signing.stays_closed(about.mine, whom, access=access)
    if not sees.opens:
        nothing = _("Saved. %(service)s sees nothing of our record from now on.")
        nothing = _("Saved. For care %(service)s sees nothing of our record from now on.") if counted else nothing
        return [nothing % name, *finer.besides(about.mine, whom.handle, live, access=access)]
    if closed:
        said = _("Saved. What the person chose for %(service)s holds from now on, but a no stands beside it.")
        return [said % name, *closed]
    if sees.classes:
        said = _(
            "Saved. From now on %(service)s sees for care what the person chose, and what is agreed for: %(whom)s."
        )
        return [said % (name | {"whom": "; ".join(present.class_words(sees.classes))})]
    return [_("Saved. From now on %(service)s sees for care what the person chose, and nothing else.") % name]


def _agree_page(request: HttpRequest, about: Subject, form: Agree, preview: present.Preview | None) -> HttpResponse:
    live = queries.current(about.mine, access=request.access)
    classes = any(Handle.kind(one.recipient) == "class" and one.categories for one in live)
    return show(
        request, "consents/agree.jinja", form=form, person=about.person, about=about, preview=preview, classes=classes
    )


def _stop(about: Subject, found: Agreed, form: Withdraw, access: Access) -> str:
    said = {"reason": form.cleaned_data["reason"], "how": form.how(), "also": form.also()}
    actions.stop(registration=about.mine, recipient=found.recipient, by=access, **said)
    return found.id


@page(purpose="direct_care", acts=("consent",))
def withdraw(request: HttpRequest, registration: str, consent: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    live = queries.in_force(about.mine, access=access)
    found = next((one for one in live if one.id == consent), None)
    stands = reverse("person-sharing", args=[about.mine])
    if found is None:
        return done_before(request, about.mine, consent, stands)
    if found.refuses:
        return _open_again(request, about, found)
    if for_itself(found.said):
        return redirect("sharing-purpose-stop", about.mine, found.id)
    named = finer.of_service(about.mine, found.recipient, access=access)
    form = taking_back(request, finer.offered(named))
    if attempt(form, lambda: _stop(about, found, form, access)):
        messages.success(request, _("Stopped. Nobody sees through it any more, from this moment."))
        return redirect(stands)
    if again := by_another_click(request, form, about.mine, consent, stands):
        return again
    names = naming.names(present.everybody([found]), access=access) | recipients.placed([found], access).called
    return show(
        request,
        "consents/stop.jinja",
        form=form,
        person=about.person,
        about=about,
        service=present.recipient_name(found, names),
        kinds=present.kinds(found.categories),
        through=shared.reaching_classes(organisations.partners(access=access), found.recipient, live),
        ending=finer.ending(found.recipient, live),
        named=bool(named),
        to_class=Handle.kind(found.recipient) == "class",
    )


def _open_again(request: HttpRequest, about: Subject, refused: Agreed) -> HttpResponse:
    """Taking back a refusal opens nothing by itself: it no longer stands in the way of what is agreed."""
    access = request.access
    form = taking_back(request)
    closed = opening.still_closed(refused, access=access)
    if attempt(form, lambda: _open(refused, form, access)):
        messages.success(request, opening.said(closed))
        return redirect("person-sharing", about.mine)
    stands = reverse("person-sharing", args=[about.mine])
    if again := by_another_click(request, form, about.mine, refused.id, stands):
        return again
    names = naming.names(present.everybody([refused]), access=access) | recipients.placed([refused], access).called
    [shown] = present.closed([refused], about.mine, names)
    return show(request, "consents/open.jinja", form=form, person=about.person, about=about, closed=shown, still=closed)


def _open(refused: Agreed, form: Withdraw, access: Access) -> str:
    actions.withdraw(consent_id=refused.id, reason=form.cleaned_data["reason"], how=form.how(), by=access)
    return refused.id
