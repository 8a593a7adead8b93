"""What came in, what was sent, and one referral with everything that belongs beside a decision about it."""

from django.http import HttpRequest, HttpResponse

from alongside.access.context import Access
from alongside.definitions import policy
from alongside.definitions.help_now import help_now
from alongside.people import queries as people
from alongside.referral import queries
from alongside.tasks import queries as tasks
from alongside.web import naming
from alongside.web.pages import page, show
from alongside.web.people import places
from alongside.web.referrals import present
from alongside.web.subject import Subject, subject
from alongside.web.ways import way


@page(purpose="direct_care", or_for=("administration",), methods=("GET",))
def triage(request: HttpRequest) -> HttpResponse:
    access = request.access
    found = queries.to_triage(access=access)
    known = people.headers([one.registration for one in found], access=access)
    rows = present.waiting(found, known)
    checked = help_now(access.jurisdiction).verified
    return show(request, "referrals/triage.jinja", rows=rows, numbers_checked=checked, sees_use=_sees_use(access))


@page(purpose="direct_care", or_for=("administration",), methods=("GET",))
def sent(request: HttpRequest) -> HttpResponse:
    access = request.access
    found = queries.sent(access=access)
    rows = _sent_rows(found, access)
    return show(request, "referrals/sent.jinja", rows=rows)


def _sent_rows(found: list[queries.Sent], access: Access) -> list[present.SentRow]:
    registrations = [one.registration for one in found]
    return present.sent_rows(
        found,
        naming.names({one.to for one in found}, access=access),
        people.headers(registrations, access=access),
        tasks.about(registrations, access=access),
        access,
    )


@page(purpose="direct_care", or_for=("administration",), methods=("GET",))
def of_person(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    came = queries.about(about.all, access=access)
    went = queries.sent(access=access, registrations=about.all)
    return show(
        request,
        "referrals/of_person.jinja",
        person=about.person,
        about=about,
        tabs=places.tabs(about, "person-referrals", access),
        came=present.waiting(came, {}),
        states=[present.words.state(one.state) for one in came],
        went=_sent_rows(went, access),
    )


@page(purpose="direct_care", or_for=("administration",), methods=("GET",))
def received(request: HttpRequest, referral: str) -> HttpResponse:
    access = request.access
    found = queries.received(referral, access=access)
    about = subject(found.registration, access=access)
    return show(
        request,
        "referrals/received.jinja",
        person=about.person,
        about=about,
        page=detail(found, access),
        same=_same(about, access),
        may=found.service == access.service and bool(way("referral-accept", referral, access=access)),
    )


def detail(found: queries.Received, access: Access) -> present.Detail:
    names = naming.names({found.decision.by}, access=access) if found.decision else {}
    return present.detail(found, names, sees_use=_sees_use(access))


def _sees_use(access: Access) -> bool:
    """Whether this role may ever see what people drink and use: where it may not, the pages do not speak of it."""
    return bool(access.own & policy.categories_mask("use_pattern"))


def _same(about: Subject, access: Access) -> list[present.Duplicate]:
    """Only of our own service: whether anybody else knows the person is not for this page."""
    if not about.own:
        return []
    identity, _version = people.identity(about.own, access=access)
    return present.duplicates(people.possible_duplicates(identity, access=access), about.own)
