"""Why the reader sees what they see: for them, and for the person who asks them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access import queries as allowed
from alongside.access.queries import Why
from alongside.access.rules import NeedKind, Reason
from alongside.definitions import policy
from alongside.web import naming
from alongside.web.pages import page, show
from alongside.web.people import places
from alongside.web.subject import subject

NEEDS = {
    NeedKind.REGISTERED: gettext_lazy("Your team takes what comes in, or you look after the whole service's record."),
    NeedKind.REFERRAL: gettext_lazy("Your team decides about their referral."),
    NeedKind.CARE_TEAM: gettext_lazy("You, or somebody you speak for, treat them."),
    NeedKind.CONSULTATION: gettext_lazy("You were asked about them, or asked."),
    NeedKind.COVER: gettext_lazy("You cover for somebody who treats them."),
    NeedKind.SUPERVISION: gettext_lazy("You supervise somebody who treats them."),
    NeedKind.EVALUATION: gettext_lazy("You evaluate the service."),
    NeedKind.SELF: gettext_lazy("It is your own record."),
}
REASONS = {
    Reason.CONSENT: gettext_lazy("They agreed that you may, and you need it for their care."),
    Reason.EMERGENCY: gettext_lazy("You declared an emergency."),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What is open of one service's record for one reason; of the reader's own service since when. When somebody signed
    what opens another's is not the reader's to know: that they changed their mind today would be told by it."""

    service: str
    why: str
    since: datetime | None
    kinds: list[str]


@page(purpose="direct_care", or_for=("legal",), methods=("GET",))
def why(request: HttpRequest, registration: str) -> HttpResponse:
    access = request.access
    about = subject(registration, access=access)
    found = allowed.why(about.all, access=access)
    names = naming.names({one.service for one in found}, access=access)
    return show(
        request,
        "consents/why.jinja",
        person=about.person,
        about=about,
        tabs=places.tabs(about, "person-sharing", access),
        seen=seen(found, names),
    )


def seen(found: Iterable[Why], names: Mapping[str, str]) -> list[Seen]:
    """The kinds that are open for one reason together, a service after the other."""
    gathered: dict[tuple[str, str, datetime | None], list[str]] = {}
    for one in found:
        why = REASONS.get(one.reason) or NEEDS[one.need or NeedKind.CARE_TEAM]
        key = (names.get(one.service, ""), str(why), one.since if one.need else None)
        gathered.setdefault(key, []).append(_(policy.categories()[one.kind].words))
    return [Seen(*key, kinds) for key, kinds in gathered.items()]
