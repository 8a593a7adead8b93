"""What the person's own pages need, made from what was read. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.context import Access
from alongside.audit.queries import Looked
from alongside.consent.queries import Agreed
from alongside.contacts.queries import Contact
from alongside.contacts.rules import State
from alongside.definitions import policy
from alongside.journey.queries import Episode
from alongside.kernel.clock import LONDON
from alongside.organisations.queries import Place
from alongside.web.consents.present import Sharing, bundle_words, kinds

SEES_NOTHING = gettext_lazy("sees nothing")


@dataclass(frozen=True, slots=True)
class Meeting:
    """One that is planned."""

    at: datetime
    minutes: int
    who: str


def is_to_come(one: Contact, today: date) -> bool:
    """Planned for today or later: one of this morning may be late."""
    return not one.attendance and one.state is State.PLANNED and one.starts_at.astimezone(LONDON).date() >= today


def meetings(coming: Iterable[Contact], known: Mapping[str, str]) -> list[Meeting]:
    """The soonest first."""
    found = [Meeting(one.starts_at, one.minutes, known.get(one.practitioner, "")) for one in coming]
    return sorted(found, key=lambda one: one.at)


def team(stays: Iterable[Episode], known: Mapping[str, str]) -> list[str]:
    """Who treats me now, each once."""
    return sorted({known[one.practitioner] for one in stays if one.open and one.practitioner in known})


def shared(agreed: Iterable[Agreed], partners: Iterable[Place]) -> list[tuple[str, str]]:
    """What each other service may see, in a few words: the same services for everybody."""
    standing = {one.recipient.partition(":")[2]: one for one in agreed if one.purpose == "direct_care"}
    return [(place.name, _in_words(standing.get(place.id))) for place in partners]


def _in_words(agreed: Agreed | None) -> str:
    return bundle_words(agreed.categories) if agreed and agreed.categories else str(SEES_NOTHING)


def mine(found: Iterable[Sharing]) -> list[Sharing]:
    """What is shared with each service, leading to the person's own pages."""
    return [replace(one, agree_href=_own(one.agree_href), stop_href=_stop(one.stop_href)) for one in found]


def _own(href: str) -> str:
    return reverse("own-choose") + "?" + href.partition("?")[2]


def _stop(href: str) -> str:
    return reverse("own-stop", args=[href.rstrip("/").rsplit("/", 2)[1]]) if href else ""


# What an entry in the ledger is called, by the act or else by the room that it was done in.
ACTS = {
    "shown": gettext_lazy("read"),
    "consent.give": gettext_lazy("wrote down what you agreed"),
    "consent.withdraw": gettext_lazy("wrote down that you took something back"),
    "contacts.plan": gettext_lazy("planned a meeting"),
    "people.invite": gettext_lazy("invited you to this page"),
    "people.invitation_opened": gettext_lazy("the link to this page was opened with your date of birth"),
    "people.invitation_refused": gettext_lazy("the link to this page was tried with another date of birth"),
    "people.take_up": gettext_lazy("this sign-in was made"),
    "people.register": gettext_lazy("began your record"),
    "people.correct_identity": gettext_lazy("put your details right"),
    "post.sent": gettext_lazy("a message was sent to you"),
}
ROOMS = {
    "consultation": gettext_lazy("wrote in a question between the two teams"),
    "contacts": gettext_lazy("wrote about a meeting"),
    "evaluation": gettext_lazy("counted your record in an evaluation"),
    "journey": gettext_lazy("arranged who treats you"),
    "lives": gettext_lazy("wrote down something that happened"),
    "measures": gettext_lazy("wrote down answers to questions, or asked you some"),
    "medication": gettext_lazy("wrote about a medicine"),
    "plan": gettext_lazy("worked on your plan"),
    "referral": gettext_lazy("worked on a referral"),
    "safety": gettext_lazy("wrote about your safety"),
    "screening": gettext_lazy("wrote down what was asked at the beginning"),
    "transitions": gettext_lazy("arranged what comes next"),
}


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One line of who looked: what somebody did or read on one day, the last time it was, and how often."""

    at: datetime
    who: str
    role: str
    service: str
    what: str
    kinds: list[str]
    times: int


def looks(found: Iterable[Looked], known: Mapping[str, str], access: Access) -> list[LookedAt]:
    """A line for each day on which somebody did one kind of thing, the latest first."""
    days: dict[tuple[date, str, str, str], list[Looked]] = defaultdict(list)
    for one in sorted(found, key=lambda one: one.at, reverse=True):
        days[one.at.astimezone(LONDON).date(), one.actor, one.service, _done(one.act)].append(one)
    return [_look(same, known, access) for same in days.values()]


def _done(act: str) -> str:
    return str(ACTS.get(act) or ROOMS.get(act.partition(".")[0]) or _("worked on your record"))


def _look(same: Sequence[Looked], known: Mapping[str, str], access: Access) -> LookedAt:
    last = same[0]
    role = policy.roles().get(last.role)
    return LookedAt(
        at=last.at,
        who=_("you") if last.actor == access.actor else known.get(last.actor, "") or _("Alongside itself"),
        role=_(role.words) if role and role.staff else "",
        service=known.get(last.service, ""),
        what=_done(last.act),
        kinds=kinds(reduce(or_, (one.kinds for one in same))),
        times=len(same),
    )
