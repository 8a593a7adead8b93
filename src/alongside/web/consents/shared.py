"""What each service may see by all that is agreed and closed, for the sharing pages. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.rules import Facts, Handle
from alongside.consent.queries import Agreed
from alongside.consent.rules import Reached, Stands, Status, for_itself, reached, stands
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.organisations.queries import Place
from alongside.web.consents.bundles import bundle_words
from alongside.web.consents.present import class_words, how, kinds, recipient_name
from alongside.web.consents.saying import elements

CARE, EVALUATION = "direct_care", "evaluation"
BY_NAME = ("team", "practitioner")


@dataclass(frozen=True, slots=True)
class Joined:
    """That the service registered the same person twice: what stands is what the law makes of both records."""

    facts: Facts
    now: datetime

    @property
    def confirmed(self) -> bool:
        return self.facts.confirmed

    def stands(self, handle: str, kind: str, within: Collection[str]) -> Stands:
        return stands(self.facts, handle, kind, within, self.now)


def joined(facts: Facts, now: datetime) -> Joined | None:
    """None where they are registered once."""
    return Joined(facts, now) if facts.twin else None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one record: the choices in force, the newest for care with each recipient that came to an end
    (by handle), what those who are named are part of, and what to call everybody."""

    live: Sequence[Agreed]
    over: Mapping[str, Agreed]
    within: Mapping[str, frozenset[str]]  # handles, by the handle of a team or of somebody by name
    names: Mapping[str, str]
    joined: Joined | None = None

    def opened(self, handle: str, kind: str) -> Reached:
        """What reaches a recipient for care, at both records where there are two."""
        found = opened(handle, kind, self.live)
        if not self.joined:
            return found
        both = self.joined.stands(handle, kind, self.within.get(handle, ()))
        opens = found.opens & both.opens
        return Reached(opens, found.closed | both.closed, found.classes if opens else ())


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
    by_name: list[str]  # teams and people of it to whom something is open whatever it may see as a whole
    stopped: datetime | None  # when the person took back what stood last, where nothing stands now
    ended: datetime | None  # when it ended otherwise


def sharings(places: Iterable[Place], said: Said, registration: str) -> list[Sharing]:
    """Every service of the partnership, the same list for everybody, and the classes that something is agreed for."""
    named = {one.recipient for one in said.live if not one.refuses}
    services = [(Handle.service(one.id), one.name, one.kind) for one in places]
    classes = [(Handle.of_class(one.key), _(one.words), "") for one in policy.classes().values()]
    shown = [*services, *(one for one in classes if one[0] in named)]
    return [_sharing(handle, name, kind, said, registration) for handle, name, kind in shown]


def _sharing(handle: str, name: str, kind: str, said: Said, registration: str) -> Sharing:
    live, names = said.live, said.names
    named = (one for one in live if one.recipient == handle and not one.refuses)
    own = {one.purpose: one for one in named if not for_itself(one.said)}
    agreed, opens = own.get(CARE), said.opened(handle, kind)
    any_kind = agreed.categories if agreed else 0
    over = None if agreed else said.over.get(handle)
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
        by_name=by_name(handle, live, said.within, names, said.joined),
        stopped=over.ended_at if over and over.status is Status.WITHDRAWN else None,
        ended=min(over.ended_at, over.expires_at) if over and over.status is not Status.WITHDRAWN else None,
    )


def _otherwise(counted: Agreed | None, care: Agreed | None, names: Mapping[str, str]) -> list[str]:
    said = elements(counted.said, names) if counted and counted.categories else []
    return [] if care and said == elements(care.said, names) else said


def over(past: Iterable[Agreed]) -> dict[str, Agreed]:
    """Of everything that was ever said (the newest first), what was agreed last for care with each recipient."""
    found: dict[str, Agreed] = {}
    for one in past:
        if one.purpose == CARE and one.categories and not one.refuses and not for_itself(one.said):
            found.setdefault(one.recipient, one)
    return found


def by_name(
    handle: str,
    live: Sequence[Agreed],
    within: Mapping[str, frozenset[str]],
    names: Mapping[str, str],
    joined: Joined | None = None,
) -> list[str]:
    """The teams and the people of a service to whom something is open by name."""
    found = [one for one in live if handle in within.get(one.recipient, ()) and opens_by_name(one, live, within)]
    if joined:
        found = [one for one in found if joined.stands(one.recipient, "", within[one.recipient]).opens]
    return sorted(recipient_name(one, names) for one in found)


def opens_by_name(one: Agreed, live: Sequence[Agreed], within: Mapping[str, frozenset[str]]) -> bool:
    """Whether a choice for care opens something to the team, or the person, that it names."""
    if one.refuses or one.purpose != CARE or one.said.apart or Handle.kind(one.recipient) not in BY_NAME:
        return False
    return bool(one.categories & ~closed_over(one.recipient, live, within))


def closed_over(handle: str, live: Sequence[Agreed], within: Mapping[str, frozenset[str]]) -> Mask:
    """What is closed to a recipient by its name, or by that of whatever it is part of."""
    closed = 0
    for one in (handle, *within.get(handle, ())):
        closed |= opened(one, "", live).closed
    return closed


def opened(handle: str, kind: str, live: Iterable[Agreed], purpose: str = CARE) -> Reached:
    """What reaches a recipient by everything in force."""
    return reached(handle, kind, [one.said for one in live], purpose)


def reaching_classes(places: Iterable[Place], handle: str, live: Iterable[Agreed]) -> list[str]:
    """The classes, in words, whose choices open something to a service; where one is stopped, it is closed by name."""
    kind = next((one.kind for one in places if Handle.service(one.id) == handle), "")
    held = list(live)
    found = (key for purpose in policy.purposes() for key in opened(handle, kind, held, purpose).classes)
    return class_words(dict.fromkeys(found))
