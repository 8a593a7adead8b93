"""What the person's own pages need, made from what was read. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.context import Access
from alongside.audit.queries import Looked
from alongside.consent.queries import Agreed
from alongside.contacts.queries import Contact
from alongside.definitions import policy
from alongside.journey.queries import Episode
from alongside.organisations.queries import Place
from alongside.web.consents.present import Sharing, bundle_words, kinds

SEES_NOTHING = gettext_lazy("sees nothing")


@dataclass(frozen=True, slots=True)
class Meeting:
    """One that is planned."""

    at: datetime
    minutes: int
    who: str


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


ACTS = {
    "shown": gettext_lazy("read"),
    "consent.give": gettext_lazy("wrote down what you agreed"),
    "consent.withdraw": gettext_lazy("wrote down that you took something back"),
    "contacts.record": gettext_lazy("wrote about a meeting"),
    "contacts.plan": gettext_lazy("planned a meeting"),
    "measures.record": gettext_lazy("wrote down a measure"),
    "people.invite": gettext_lazy("invited you to this page"),
    "people.invitation_opened": gettext_lazy("the link to this page was opened with your date of birth"),
    "people.invitation_refused": gettext_lazy("the link to this page was tried with another date of birth"),
    "people.take_up": gettext_lazy("this sign-in was made"),
    "people.register": gettext_lazy("began your record"),
    "people.correct_identity": gettext_lazy("put your details right"),
    "post.sent": gettext_lazy("a message was sent to you"),
}


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One line of who looked."""

    at: datetime
    who: str
    role: str
    service: str
    what: str
    kinds: list[str]


def looks(found: Iterable[Looked], known: Mapping[str, str], access: Access) -> list[LookedAt]:
    return [_look(one, known, access) for one in found]


def _look(one: Looked, known: Mapping[str, str], access: Access) -> LookedAt:
    role = policy.roles().get(one.role)
    return LookedAt(
        at=one.at,
        who=_("you") if one.actor == access.actor else known.get(one.actor, "") or _("Alongside itself"),
        role=_(role.words) if role and role.staff else "",
        service=known.get(one.service, ""),
        what=str(ACTS.get(one.act, _("worked on your record"))),
        kinds=kinds(one.kinds),
    )
