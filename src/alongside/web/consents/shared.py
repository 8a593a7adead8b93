"""What each service may see by all that is agreed and closed, for the sharing pages. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.rules import Handle
from alongside.consent.queries import Agreed
from alongside.consent.rules import Reached, for_itself, reached
from alongside.definitions import policy
from alongside.organisations.queries import Place
from alongside.web.consents.bundles import bundle_words
from alongside.web.consents.present import class_words, how, kinds
from alongside.web.consents.saying import elements

CARE, EVALUATION = "direct_care", "evaluation"


@dataclass(frozen=True, slots=True)
class Sharing:
    """One other service or class of services, and what it may see of our record."""

    service: str
    bundle: str  # what is agreed with it by name
    sees: list[str]  # by that and by what is agreed for a class that it is one of
    hidden: list[str]
    through: list[str]  # those classes
    closed: list[str]
    how: str
    since: datetime | None
    elements: list[str]
    counted: bool  # may count the person in the evaluation
    counted_elements: list[str]  # where that was agreed otherwise
    agree_href: str
    stop_href: str
    but_not_href: str
    excepted: bool  # but for some by name, or some of it


def sharings(
    places: Iterable[Place], live: Sequence[Agreed], registration: str, names: Mapping[str, str]
) -> list[Sharing]:
    """Every service of the partnership, the same list for everybody, and the classes that something is agreed for."""
    named = {one.recipient for one in live if not one.refuses}
    services = [(Handle.service(one.id), one.name, one.kind) for one in places]
    classes = [(Handle.of_class(one.key), _(one.words), "") for one in policy.classes().values()]
    shown = [*services, *(one for one in classes if one[0] in named)]
    return [_sharing(handle, name, kind, live, registration, names) for handle, name, kind in shown]


def _sharing(
    handle: str, name: str, kind: str, live: Sequence[Agreed], registration: str, names: Mapping[str, str]
) -> Sharing:
    named = (one for one in live if one.recipient == handle and not one.refuses)
    own = {one.purpose: one for one in named if not for_itself(one.said)}
    agreed, opens = own.get(CARE), opened(handle, kind, live)
    any_kind = agreed.categories if agreed else 0
    return Sharing(
        service=name,
        bundle=bundle_words(any_kind) if agreed else "",
        sees=kinds(opens.opens),
        hidden=kinds(policy.offered() & ~opens.opens) if opens.opens else [],
        through=class_words(opens.classes),
        closed=kinds(opens.closed),
        how=how(agreed, names) if agreed else "",
        since=agreed.signed_at if agreed else None,
        elements=elements(agreed.said, names) if agreed else [],
        counted=bool(opened(handle, kind, live, EVALUATION).opens),
        counted_elements=_otherwise(own.get(EVALUATION), agreed, names),
        agree_href=f"{reverse('sharing-agree', args=[registration])}?with={handle.partition(':')[2]}",
        stop_href=reverse("sharing-withdraw", args=[registration, agreed.id]) if agreed and any_kind else "",
        but_not_href=reverse("sharing-but-not", args=[registration, agreed.id]) if agreed and any_kind and kind else "",
        excepted=bool(agreed and agreed.said.exceptions),
    )


def _otherwise(counted: Agreed | None, care: Agreed | None, names: Mapping[str, str]) -> list[str]:
    said = elements(counted.said, names) if counted and counted.categories else []
    return [] if care and said == elements(care.said, names) else said


def opened(handle: str, kind: str, live: Iterable[Agreed], purpose: str = CARE) -> Reached:
    """What reaches a recipient by everything in force."""
    return reached(handle, kind, [one.said for one in live], purpose)


def reaching_classes(places: Iterable[Place], handle: str, live: Iterable[Agreed]) -> list[str]:
    """The classes, in words, whose choices open something to a service; where one is stopped, it is closed by name."""
    kind = next((one.kind for one in places if Handle.service(one.id) == handle), "")
    held = list(live)
    found = (key for purpose in policy.purposes() for key in opened(handle, kind, held, purpose).classes)
    return class_words(dict.fromkeys(found))
