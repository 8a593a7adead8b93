"""The person: who they are, how they are doing in both services, and what comes next."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.access.context import Access
from alongside.access.queries import read_together
from alongside.consent import queries as consent
from alongside.consultation import queries as consultation
from alongside.contacts import queries as contacts
from alongside.definitions import policy
from alongside.definitions.instruments import instruments
from alongside.journey import queries as journey
from alongside.kernel import clock
from alongside.measures import queries as measures
from alongside.medication import queries as medication
from alongside.people import queries as people
from alongside.plan import queries as plans
from alongside.safety import queries as safety
from alongside.safety.queries import Prompt
from alongside.tasks import queries as tasks
from alongside.web import naming, typed
from alongside.web.consents import recipients
from alongside.web.dependence import dependence, listings
from alongside.web.pages import page, show
from alongside.web.people import happened, joint, present
from alongside.web.people.forms import Find
from alongside.web.people.places import tabs, to_add
from alongside.web.people.same import also
from alongside.web.safety.present import open_ones
from alongside.web.subject import Subject, subject
from alongside.web.ways import sees, way

FIND = "find-person"
LATEST = 8
EVERY = tuple(one.key for one in instruments())


@page(purpose="direct_care", or_for=("administration", "legal"))
def find(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        typed.keep(request, FIND)
        return redirect(FIND)
    form = Find({"q": typed.kept(request, FIND), "page": request.GET.get("page", "")})
    found = people.find(form.text, access=request.access, page=form.number)
    return show(request, "people/find.jinja", search=form, found=found, full=len(found) == people.PAGE)


@page(purpose="direct_care", or_for=("administration", "legal"), methods=("GET",))
def person(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    who = subject(registration, access=access)
    if who.own and who.own != registration:
        return redirect("person", who.own)
    now = _now(who, access)
    return show(
        request,
        "people/person.jinja",
        person=who.person,
        subject=who,
        tabs=tabs(who, "person", access),
        add=to_add(who, access),
        twin=also(who, access),
        sees={kind for kind in policy.categories() if sees(kind, access)},
        **now,
    )


def _now(who: Subject, access: Access) -> dict[str, object]:
    everywhere = list(who.all)
    met = contacts.timeline(everywhere, access=access)
    courses, how, harm, told, lived, changed, owed, prompts = read_together(
        measures.listing(everywhere, access=access, instruments=EVERY),
        measures.answered(everywhere, access=access),
        measures.told_of_harm(everywhere, access=access),
        *listings(everywhere, access),
        medication.listing(everywhere, access=access),
        tasks.listing(everywhere, access=access),
        safety.listing(everywhere, access=access),
    )
    stays = journey.episodes(everywhere, access=access)
    joined = journey.journey_for(everywhere, access=access)
    asked = consultation.about(everywhere, access=access)
    planned = plans.plan(everywhere, access=access)
    agreed = consent.current(who.own, access=access) if who.own else []
    known = naming.names(
        present.to_name(
            (one.practitioner for one in [*met, *stays]),
            (one.service for one in [*met, *stays, *lived, *changed]),
            (one.owner for goal in planned.goals for one in goal.actions),
            (one.owner for one in planned.others),
            (one for line in asked for one in (line.asking_service, line.answering_service, line.holder)),
            (one.holder for one in owed),
            [joined.lead] if joined else [],
            present.recipients(agreed),
        ),
        access=access,
    )
    places = {one.registration: known.get(one.service, "") for one in [*met, *stays]}
    events = happened.events(met, stays, asked, lived, changed, known, access)
    beside, today = joint.Beside(how, harm), clock.today()
    return {
        "coming": present.coming(met, known, access),
        "prompts": open_ones(prompts, access),
        "talked": _talked(prompts, who, access),
        "dependence": dependence(told, lived, access.jurisdiction),
        "tasks": present.owed(owed, known, access),
        "goals": present.plan_on_a_page(planned, known, access),
        "questions": present.questions(asked, known, access),
        "team": present.team(joined, stays, known, access),
        "sharing": present.sharing(agreed, known | recipients.placed(agreed, access).called),
        "joint": joined is not None,
        "chart": joint.picture(courses, beside, events, who.own or who.registration, who.whose, today),
        "numbers": joint.table(courses, beside, places, events, today, access.jurisdiction),
        "events": events[:LATEST],
        "more": len(events) > LATEST,
    }


def _talked(prompts: Iterable[Prompt], who: Subject, access: Access) -> str:
    """Where every conversation about an answer on self-harm that was had is listed; empty where none was."""
    measured = way("person-measures", who.own or who.registration, access=access)
    return f"{measured}#self-harm" if measured and not all(one.open for one in prompts) else ""
