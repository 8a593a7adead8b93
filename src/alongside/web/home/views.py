"""My work: the page that everybody begins at, each in their own role."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alongside.access.context import Access
from alongside.consultation import queries as consultation
from alongside.contacts import queries as contacts
from alongside.journey import queries as journey
from alongside.kernel import clock
from alongside.people import queries as people
from alongside.people.queries import Known
from alongside.plan import queries as plan
from alongside.tasks import queries as tasks
from alongside.web import naming
from alongside.web.accounts import hats
from alongside.web.forms import Paged
from alongside.web.home import present
from alongside.web.home.privacy import privacy
from alongside.web.pages import page, show

MOST = 50  # things owed on one page


@page(purpose="direct_care", or_for=("administration", "evaluation", "legal"), methods=("GET",))
def home(request: HttpRequest) -> HttpResponse:
    access = request.access
    if access.purpose == "legal":
        return privacy(request)
    if access.purpose == "evaluation":
        return show(request, "home/evaluation.jinja")
    owed, counted = tasks.owed(access=access, most=MOST), tasks.count_owed(access=access)
    desk = access.may("book")
    everything = sum(counted.values())
    day = contacts.today(access=access, everybody=desk)
    named = _names({one.registration for one in [*owed, *day]}, access)
    known = naming.names({one.holder for one in owed} | {one.practitioner for one in day}, access=access)
    return show(
        request,
        "home/home.jinja",
        groups=present.groups(owed, counted, named, known, access),
        owed_said=present.count(counted, len(owed)),
        everything=everything if everything > len(owed) else 0,
        many=everything == tasks.MOST,
        today=present.slots(day, named, known, access),
        desk=desk,
        care=access.may("care"),
        consults=access.may("consult"),
    )


@wraps(home)
def front(request: HttpRequest) -> HttpResponse:
    """The address of the whole site: whoever signs in to a record of their own begins there."""
    return redirect(hats.first_page(request)) if hats.is_own(request.user) else home(request)


@page(purpose="direct_care", or_for=("administration",), methods=("GET",))
def owed(request: HttpRequest) -> HttpResponse:
    """Everything that the reader owes, a page at a time, by when it is due."""
    access = request.access
    counted = tasks.count_owed(access=access)
    pages = present.pages(Paged(request.GET).number, sum(counted.values()), MOST)
    shown = tasks.owed(access=access, start=pages.first - 1, most=MOST)
    named = _names({one.registration for one in shown}, access)
    known = naming.names({one.holder for one in shown}, access=access)
    groups = present.groups(shown, counted, named, known, access)
    return show(request, "home/owed.jinja", groups=groups, pages=pages, many=pages.of == tasks.MOST)


def _names(registrations: set[str], access: Access) -> dict[str, str]:
    found = people.known(registrations, access=access)
    return {registration: one.header.name for registration, one in found.items()}


@page(purpose="direct_care", methods=("GET",))
def since_yesterday(request: HttpRequest) -> HttpResponse:
    """What the other team did with my people: drawn into the first page where scripts run, else a page of its own."""
    access = request.access
    since = _yesterday()
    mine = people.known([one.registration for one in journey.caseload(access=access)], access=access)
    theirs = [one for found in mine.values() for one in found.joined[1:]]
    met = contacts.timeline(theirs, access=access, since=since)
    answered = consultation.answered_since(since, access=access)
    added = plan.added_since(theirs, since=since, access=access)
    ids = {id_ for one in met for id_ in (one.practitioner, one.service)}
    ids |= {one.answerer for one in answered} | {one.service for one in added}
    news = present.news(met, answered, added, _named(mine.values()), naming.names(ids, access=access))
    template = "home/news.jinja" if request.htmx else "home/since.jinja"
    return show(request, template, news=news, since=since)


def _yesterday() -> datetime:
    return timezone.make_aware(datetime.combine(clock.today() - timedelta(days=1), time()))


def _named(mine: Iterable[Known]) -> dict[str, tuple[str, str]]:
    return {one: (found.header.name, found.header.registration) for found in mine for one in found.joined}
