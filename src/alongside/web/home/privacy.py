"""The privacy lead's first page: who looked at whom, what was agreed or taken back, and what was put right."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from alongside.audit.queries import Act
from alongside.consent import queries as consent
from alongside.consent.queries import Agreed
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.people import queries as people
from alongside.people.queries import Known
from alongside.safety import queries as safety
from alongside.safety.queries import Withholding
from alongside.safety.rules import Why
from alongside.sharing import queries as sharing
from alongside.sharing.queries import Look
from alongside.tasks import queries as tasks
from alongside.web import naming
from alongside.web.consents import recipients
from alongside.web.consents.bundles import bundle_words
from alongside.web.consents.present import kinds, recipient_name
from alongside.web.home import present
from alongside.web.pages import show
from alongside.web.safety.telling import WHYS

DAYS = 14
MOST = 25  # lines of a list
NAMED = 200  # looks from another service that are listed by name

DONE = {
    "contacts.correct": gettext_noop("A contact was put right"),
    "contacts.correct_note": gettext_noop("A note was put right"),
    "contacts.wrong_person": gettext_noop("A contact had been written about the wrong person"),
    "lives.correct": gettext_noop("An event was put right"),
    "lives.wrong_person": gettext_noop("An event had been written about the wrong person"),
    "measures.correct": gettext_noop("A measure was put right"),
    "measures.withdraw_wrong_person": gettext_noop("A measure had been written about the wrong person"),
    "medication.correct": gettext_noop("A change of medicine was put right"),
    "medication.wrong_person": gettext_noop("A change of medicine had been written about the wrong person"),
    "people.correct_identity": gettext_noop("Name, date of birth or how to reach them was put right"),
    "sharing.close": gettext_noop("A backup was restored: closed to others, as nobody knows what was taken back since"),
    "sharing.replay": gettext_noop("A backup was restored: what had been taken back since was ended again"),
    "screening.correct": gettext_noop("What screening found was put right"),
    "screening.wrong_person": gettext_noop("Screening had been written about the wrong person"),
}

JOINED = {
    "people.link": gettext_noop("Joined with another service’s record"),
    "people.unlink": gettext_noop("Taken apart from another service’s record"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """One of our people, and what somebody was shown about them."""

    name: str
    href: str
    kinds: list[str]
    last: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """One practitioner, and how many of our people they looked at; for those of another service, at whom."""

    who: str
    what: str
    said: str
    last: datetime
    people: list[Person]


@dataclass(frozen=True, slots=True)
class Line:
    """One choice, or one thing put right."""

    at: datetime
    name: str
    href: str
    what: str
    tone: str
    who: str


def privacy(request: HttpRequest) -> HttpResponse:
    access = request.access
    since = clock.now() - timedelta(days=DAYS)
    found = sharing.overseen(since=since, access=access)
    looks, done = found.looks, found.done
    theirs = [one for one in looks if one.service != access.service][:NAMED]
    chosen = consent.lately(since, access=access)[:MOST]
    mended, told, joined = done.put_right[:MOST], done.told[:MOST], done.joined[:MOST]
    held = safety.to_review(access=access, most=MOST)
    owed = tasks.owed(access=access)
    listed = [*theirs, *chosen, *mended, *told, *held, *owed, *joined]
    about = people.known({one.registration for one in listed}, access=access)
    placed = recipients.placed(chosen, access)
    acted = _everybody(looks, chosen, [*mended, *told, *joined]) | {one.service for one in joined}
    known = naming.names(acted | {one.author for one in held}, access=access)
    named = {registration: found.header.name for registration, found in about.items()}
    return show(
        request,
        "home/legal.jinja",
        days=DAYS,
        whole_since=found.whole_since,
        theirs=readers(theirs, known, about)[:MOST],
        ours=readers((one for one in looks if one.service == access.service), known)[:MOST],
        chosen=[_choice(one, about[one.registration], known | placed.called) for one in chosen],
        groups=present.groups(owed, Counter(one.when for one in owed), named, known, access),
        mended=[_mended(one, about[one.registration], known) for one in mended],
        joined=[_joined(one, about[one.registration], known, access.service) for one in joined],
        told=[_told(one, about[one.registration], known) for one in told],
        held=[_held(one, about[one.registration], known) for one in held if one.registration in about],
    )


def _everybody(looks: Iterable[Look], chosen: Iterable[Agreed], mended: Iterable[Act]) -> set[str]:
    ids = {id_ for one in looks for id_ in (one.actor, one.service)}
    ids |= {id_ for one in chosen for id_ in (one.author, one.recipient.partition(":")[2])}
    return ids | {one.actor for one in mended}


def readers(looks: Iterable[Look], known: Mapping[str, str], about: Mapping[str, Known] | None = None) -> list[Reader]:
    """One line for each practitioner, whoever looked at most people first. With `about`, their people by name."""
    found: dict[tuple[str, str, str], list[Look]] = {}
    for one in looks:
        found.setdefault((one.actor, one.role, one.service), []).append(one)
    by_most = sorted(found.items(), key=lambda item: (-len(item[1]), known.get(item[0][0], "")))
    return [_reader(who, seen, known, about) for who, seen in by_most]


def _reader(
    who: tuple[str, str, str], seen: list[Look], known: Mapping[str, str], about: Mapping[str, Known] | None
) -> Reader:
    actor, role, service = who
    people_said = ngettext("%(n)d person", "%(n)d people", len(seen)) % {"n": len(seen)}
    pages = sum(one.pages for one in seen)
    words = _(policy.roles()[role].words) if role in policy.roles() else ""
    return Reader(
        who=known.get(actor, ""),
        what=words if about is None else ", ".join(part for part in (words, known.get(service, "")) if part),
        said=people_said + ", " + ngettext("%(n)d page", "%(n)d pages", pages) % {"n": pages},
        last=max(one.last for one in seen),
        people=[_person(one, about[one.registration]) for one in seen] if about is not None else [],
    )


def _person(one: Look, found: Known) -> Person:
    return Person(found.header.name, _sharing(one.registration), kinds(one.kinds), one.last)


def _choice(one: Agreed, found: Known, known: Mapping[str, str]) -> Line:
    back = one.over
    recipient = recipient_name(one, known)
    if one.refuses:
        what = _("%(who)s: no longer closed to them") if back else _("%(who)s: closed to them")
        what %= {"who": recipient}
    elif one.purpose == "evaluation":
        what = _("No longer counted in the evaluation") if back else _("Counted in the evaluation")
    else:
        what = f"{recipient}, {bundle_words(one.categories)}"
    tone = "orange" if back else "teal"
    return Line(one.changed_at, found.header.name, _sharing(one.registration), what, tone, known.get(one.author, ""))


def _mended(one: Act, found: Known, known: Mapping[str, str]) -> Line:
    return Line(one.at, found.header.name, _sharing(one.registration), _(DONE[one.act]), "", known.get(one.actor, ""))


def _joined(one: Act, found: Known, known: Mapping[str, str], ours: str) -> Line:
    """Of another service it says no more than that it was that service."""
    who = known.get(one.actor if one.service == ours else one.service, "")
    return Line(one.at, found.header.name, _sharing(one.registration), _(JOINED[one.act]), "", who)


def _told(one: Act, found: Known, known: Mapping[str, str]) -> Line:
    what = _("told without consent: %(kinds)s") % {"kinds": "; ".join(kinds(one.kinds))}
    return Line(one.at, found.header.name, _sharing(one.registration), what, "", known.get(one.actor, ""))


def _held(one: Withholding, found: Known, known: Mapping[str, str]) -> Line:
    href = reverse("withheld", args=[one.id])
    return Line(one.at, found.header.name, href, str(WHYS[Why(one.why)]), "", known.get(one.author, ""))


def _sharing(registration: str) -> str:
    return reverse("person-sharing", args=[registration])
