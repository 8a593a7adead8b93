"""Recipients finer than a service: a team, or somebody by name; and "all of them, but not Kim"."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.rules import Handle
from alongside.consent import queries, rules
from alongside.consent.queries import Agreed
from alongside.consent.rules import Choice
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import NotThere
from alongside.organisations import queries as organisations
from alongside.organisations.queries import Place
from alongside.web import naming
from alongside.web.consents import present, purposes, read_back, recipients, shared
from alongside.web.consents.but_not import ButNot, left_out
from alongside.web.consents.grid import sum_of
from alongside.web.consents.purposes_form import CARE, OneConsent
from alongside.web.consents.renewing import Standing, as_entered, standing, version
from alongside.web.consents.saying import limited
from alongside.web.forms import Form
from alongside.web.pages import page, show
from alongside.web.subject import Subject, subject
from alongside.web.trying import done


@page(purpose="direct_care", acts=("consent",))
def named(request: HttpRequest, registration: str) -> HttpResponse:
    """What a team of another service, or somebody who works in one, may see: to name them is a need of its own."""
    access = request.access
    about = subject(registration, access=access)
    offered = recipients.named(access)
    live = _by_name(about, access)
    form = _form(request, live, offered, access)
    said = _said(form, live, about, access)
    made = _made(form, live, about, access) if said else None
    read = read_back.mark_of(about.mine, made, said) if made else ""
    if made and read_back.was_read(request, read) and _named(request, form, made, about):
        return redirect("sharing-named", about.mine)
    return show(
        request,
        "consents/named.jinja",
        form=form,
        person=about.person,
        about=about,
        sentence="" if form.errors else said,
        read=read,
        stands=_shown(live, offered, access),
    )


def _by_name(about: Subject, access: Access) -> list[Agreed]:
    live = queries.current(about.mine, access=access)
    return [one for one in live if Handle.kind(one.recipient) in ("team", "practitioner") and one.categories]


def _shown(live: list[Agreed], offered: recipients.Named, access: Access) -> list[tuple[Agreed, str, list[str], str]]:
    """(consent, with whom, which kinds, how it was said)"""
    names = naming.names(present.everybody(live), access=access)
    called = dict(offered)
    return [
        (
            one,
            called.get(one.recipient) or present.recipient_name(one, names),
            present.kinds(one.categories),
            present.how(one, names),
        )
        for one in live
    ]


def _form(request: HttpRequest, live: list[Agreed], offered: recipients.Named, access: Access) -> OneConsent:
    wanted = request.GET.get("with", "")
    before = next((one for one in live if one.recipient == wanted), None)
    entered = as_entered(Standing(wanted, before, None)) if before else {}
    entered["kinds"] = policy.category_keys(before.categories) if before else []
    return OneConsent(
        request.POST or None,
        offered=offered,
        part2=organisations.place(access.service, access=access).part2,
        initial=entered | {"recipient": wanted, "witness": access.name},
        version=version(live),
    )


def _made(form: OneConsent, live: list[Agreed], about: Subject, access: Access) -> Choice:
    """What was entered, with what stands beside it and the form does not ask about: who of a team is left out."""
    made = form.made()
    before = next((one.said for one in live if rules.replaces(made, one.said)), None)
    last = queries.shared_last(about.mine, made, access=access) if before is None else None
    if last:
        return rules.remembered(made, last)
    return rules.carried(made, before) if before else made


def _said(form: OneConsent, live: list[Agreed], about: Subject, access: Access) -> str:
    if not form.is_bound or not form.is_valid():
        return ""
    made = _made(form, live, about, access)
    complete = done(form, lambda: rules.check(made, clock.now(), allowed.pack_of(access.service, access=access)))
    if not complete:
        return ""
    names = naming.names({one.recipient.partition(":")[2] for one in made.exceptions}, access=access)
    besides = [one for one in (_stays_open(made, about, access), _stays_closed(made, about, access)) if one]
    return purposes.sentence(form.recipient_name(), made, names=names, besides=besides)


def _stays_open(made: Choice, about: Subject, access: Access) -> str:
    """Of what is limited here, what is agreed without that limit with what they are part of."""
    live, within = queries.in_force(about.mine, access=access), recipients.placed([made], access).within
    kinds = {Handle.service(one.id): one.kind for one in organisations.partners(access=access)}
    opened = sum_of(shared.opened(one, kinds.get(one, ""), live).opens for one in within.get(made.recipient, ()))
    if not opened & limited(made):
        return ""
    said = _("By what is agreed with their service or team this stays open whatever limits it here: %(kinds)s.")
    return said % {"kinds": "; ".join(present.kinds(opened & limited(made)))}


def _stays_closed(made: Choice, about: Subject, access: Access) -> str:
    """What a no to them or to their service, or "but not" them, keeps closed whatever is agreed with them by name."""
    live = queries.in_force(about.mine, access=access)
    within = recipients.placed([made], access).within
    closed = made.categories & shared.closed_over(made.recipient, live, within)
    return _("This stays closed to them: %(kinds)s.") % {"kinds": "; ".join(present.kinds(closed))} if closed else ""


def _named(request: HttpRequest, form: OneConsent, made: Choice, about: Subject) -> bool:
    stands = reverse("person-sharing", args=[about.mine])
    closed = _stays_closed(made, about, request.access)
    said = " ".join([_("Saved. It holds from this moment."), *([closed] if closed else [])])
    return read_back.saved(request, form, made, about, stands=stands, said=said)


def _saved(request: HttpRequest, form: Form, made: Choice, about: Subject) -> bool:
    stands = reverse("person-sharing", args=[about.mine])
    return read_back.saved(request, form, made, about, stands=stands, said=_("Saved. It holds from this moment."))


@page(purpose="direct_care", acts=("consent",))
def but_not(request: HttpRequest, registration: str, consent: str) -> HttpResponse:
    """Who of a service, or of one of its teams, does not see what it may see: of this one choice, for care."""
    access = request.access
    about = subject(registration, access=access)
    found = _for_care(about, consent, access)
    service = _service_of(found.recipient, access)
    drawn = standing(about.mine, found.recipient, access=access)
    place = [one for one in organisations.partners(access=access) if one.id == service]
    form = ButNot(
        request.POST or None,
        offered=_offered(place, access),
        initial={"names": left_out(found.said), "witness": access.name},
        version=drawn.version,
    )
    names = naming.names(present.everybody([found]), access=access) | recipients.placed([found], access).called
    who = present.recipient_name(found, names)
    made = form.made(found.said) if form.is_bound and form.is_valid() else None
    said = _without(form, who, made, access) if made else ""
    read = read_back.mark_of(about.mine, made, said) if made else ""
    if made and said and read_back.was_read(request, read) and _saved(request, form, made, about):
        return redirect("person-sharing", about.mine)
    return show(
        request,
        "consents/but_not.jinja",
        form=form,
        person=about.person,
        about=about,
        who=who,
        kinds=present.kinds(found.categories),
        one=found,
        sentence="" if form.errors else said,
        read=read,
    )


def _without(form: ButNot, who: str, made: Choice, access: Access) -> str:
    """What is read back; empty where something is missing, which then stands beside its field."""
    pack = allowed.pack_of(access.service, access=access)
    if not done(form, lambda: rules.check(made, clock.now(), pack)):
        return ""
    names = naming.names({one.recipient.partition(":")[2] for one in made.exceptions}, access=access)
    return purposes.sentence(who, made, names=names)


def _offered(place: list[Place], access: Access) -> recipients.Named:
    """Everybody who works there, but for those who also work here: the record is closed to them instead, which asks who
    has from then on what they hold here."""
    ours = {Handle.practitioner(one.id) for one in organisations.colleagues(access.service, access=access, act=None)}
    return [one for one in recipients.people(place, access) if one[0] not in ours]


def _for_care(about: Subject, consent: str, access: Access) -> Agreed:
    """What is agreed for care with a service or one of its teams; `NotThere` for all else."""
    live = (one for one in queries.current(about.mine, access=access) if one.id == consent and one.categories)
    found = next((one for one in live if one.purpose == CARE and not one.said.apart), None)
    if found is None or Handle.kind(found.recipient) not in ("service", "team"):
        raise NotThere
    return found


def _service_of(recipient: str, access: Access) -> str:
    kind, _colon, name = recipient.partition(":")
    partners = [one.id for one in organisations.partners(access=access)]
    if kind == "service":
        return name
    return next((one.service for one in organisations.teams(partners, access=access) if one.id == name), "")
