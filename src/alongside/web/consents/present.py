"""What the sharing pages need, made from what was read. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.consent.queries import Agreed
from alongside.consent.rules import Choice, Ends, Given, Reached, Status, for_itself
from alongside.definitions import consents as for_themselves
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel.periods import FOR_EVER
from alongside.web.consents.previewing import Entry, Kind

GIVEN = {
    Given.VERBAL: gettext_lazy("by voice"),
    Given.WRITTEN: gettext_lazy("in writing"),
    Given.ELECTRONIC: gettext_lazy("on a screen"),
}
STATUSES = {
    Status.ACTIVE: gettext_lazy("in force"),
    Status.REPLACED: gettext_lazy("replaced by a newer choice"),
    Status.WITHDRAWN: gettext_lazy("taken back"),
    Status.ENDED: gettext_lazy("ended with treatment"),
}
TONES = {Status.ACTIVE: "green", Status.REPLACED: "grey", Status.WITHDRAWN: "orange", Status.ENDED: "grey"}


def ends(said: Choice) -> str:
    """What ends a choice besides the person, where no day does."""
    return _("until treatment ends") if said.ends is Ends.END_OF_TREATMENT else ""


def bundle_words(mask: Mask) -> str:
    """The bundle that a choice is, or that it was made piece by piece."""
    found = next((one for one in policy.bundles().values() if one.mask == mask), None)
    return _(found.words) if found else _("Chosen piece by piece")


def kinds(mask: Mask) -> list[str]:
    return [_(kind) for kind in policy.category_words(mask)]


def how(agreed: Agreed, names: Mapping[str, str]) -> str:
    """How it was said, who heard it and who wrote it down."""
    parts = [str(GIVEN[Given(agreed.given)])]
    if agreed.witness:
        parts.append(_("heard by %(who)s") % {"who": agreed.witness})
    if names.get(agreed.author):
        parts.append(_("written down by %(who)s") % {"who": names[agreed.author]})
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Closed:
    """Somebody to whom the record is closed, or some of it."""

    who: str
    kinds: list[str]  # empty where it is all of it
    hard: bool
    how: str
    since: datetime
    open_href: str


def closed(refused: Iterable[Agreed], registration: str, names: Mapping[str, str]) -> list[Closed]:
    return [
        Closed(
            who=recipient_name(one, names) or _("Somebody they named"),
            kinds=kinds(one.categories) if policy.offered() & ~one.categories else [],
            hard=one.hard,
            how=how(one, names),
            since=one.signed_at,
            open_href=reverse("sharing-withdraw", args=[registration, one.id]),
        )
        for one in refused
    ]


@dataclass(frozen=True, slots=True)
class Past:
    """One line of the history."""

    service: str
    words: str
    status: str
    tone: str
    how: str
    from_at: datetime
    until: datetime | None


def history(agreed: Iterable[Agreed], names: Mapping[str, str]) -> list[Past]:
    return [
        Past(
            service=recipient_name(one, names),
            words=what(one),
            status=str(STATUSES[one.status]),
            tone=TONES[one.status],
            how=how(one, names),
            from_at=one.signed_at,
            until=one.ended_at if one.ended_at != FOR_EVER else None,
        )
        for one in agreed
    ]


def recipient_name(one: Agreed, names: Mapping[str, str]) -> str:
    """A service, somebody who works in one, or a class of services."""
    kind, _sep, key = one.recipient.partition(":")
    if kind == "self":
        return _("Their own sign-in: it shows less, because others may see it")
    known = policy.classes().get(key)
    return _(known.words) if known else names.get(key, "")


def what(one: Agreed) -> str:
    if one.refuses:
        return _("Closed to them")
    if for_itself(one.said):
        return _(for_themselves.words(one.purpose, one.categories))
    return _("Counted in the evaluation") if one.purpose == "evaluation" else bundle_words(one.categories)


def everybody(agreed: Iterable[Agreed]) -> set[str]:
    """Whose names the pages need."""
    return {name for one in agreed for name in (one.author, one.recipient.partition(":")[2])} - {""}


@dataclass(frozen=True, slots=True)
class Previewed:
    """One kind that they would see: how much of it, and the newest entries."""

    kind: str
    count: str
    newest: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a service would see if the choice were saved: a line a kind, as far as the reader may see the record."""

    service: str
    sees: list[Previewed]
    hidden: list[str]
    through: list[str]  # the classes that open some of it
    closed: list[str]  # what is chosen and closed to them all the same
    sentence: str

    @property
    def to_class(self) -> bool:
        return self.service in class_words(policy.classes())


def preview(service: str, mask: Mask, opens: Reached, found: Mapping[str, Kind]) -> Preview:
    """`mask` is what is chosen, `opens` what they would see by that and by all that stands beside it."""
    chosen = [kind for kind in policy.categories().values() if kind.mask & opens.opens]
    return Preview(
        service=service,
        sees=[_previewed(_(kind.words), found.get(kind.key)) for kind in chosen],
        hidden=kinds(policy.offered() & ~opens.opens),
        through=class_words(opens.classes),
        closed=kinds(opens.closed & mask),
        sentence=sentence(service, mask),
    )


def class_words(keys: Iterable[str]) -> list[str]:
    return [_(policy.classes()[key].words) for key in keys]


def _previewed(words: str, found: Kind | None) -> Previewed:
    return Previewed(words, _count(found.count if found else None), found.newest if found else ())


def _count(number: int | None) -> str:
    if number is None:
        return _("whatever is written")
    return ngettext("%(n)d entry today", "%(n)d entries today", number) % {"n": number} if number else _("nothing yet")


def sentence(service: str, mask: Mask) -> str:
    """What is read back to the person, and what they say yes to."""
    if not mask:
        return _("“%(service)s may see nothing of my record here. Saying no does not affect my care.”") % {
            "service": service
        }
    said = _("“%(service)s may see: %(kinds)s. I can change this on any day. Saying no does not affect my care.”")
    return said % {"service": service, "kinds": "; ".join(kinds(mask))}
