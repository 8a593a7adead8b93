"""What the sharing pages need, made from what was read. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.consent.queries import Agreed
from alongside.consent.rules import Given, HowSaid, Status, for_itself
from alongside.definitions import consents as for_themselves
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel.periods import FOR_EVER
from alongside.web.consents.bundles import bundle_of, bundle_words
from alongside.web.consents.previewing import Entry, Kind
from alongside.web.consents.saying import class_words, elements

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


def taken_back(how: HowSaid | None) -> str:
    """How something was taken back; empty where nobody wrote that down."""
    if how is None:
        return ""
    if how.witness:
        return _("Taken back %(how)s, heard by %(who)s.") % {"how": GIVEN[how.given], "who": how.witness}
    return _("Taken back %(how)s.") % {"how": GIVEN[how.given]}


@dataclass(frozen=True, slots=True)
class Closed:
    """Somebody to whom the record is closed, or some of it."""

    who: str
    kinds: list[str]  # empty where it is all of it
    hard: bool
    elements: list[str]
    how: str
    since: datetime
    open_href: str


def closed(refused: Iterable[Agreed], registration: str, names: Mapping[str, str]) -> list[Closed]:
    return [
        Closed(
            who=recipient_name(one, names) or _("Somebody they named"),
            kinds=kinds_closed(one),
            hard=one.hard,
            elements=[*_for_one_purpose(one), *elements(one.said, names)],
            how=how(one, names),
            since=one.signed_at,
            open_href=reverse("sharing-withdraw", args=[registration, one.id]),
        )
        for one in refused
    ]


def _for_one_purpose(one: Agreed) -> list[str]:
    """A refusal for care closes every purpose."""
    return [_("For the evaluation alone.")] if one.purpose == "evaluation" else []


def kinds_closed(one: Agreed) -> list[str]:
    """Of a refusal; empty where it is all of it."""
    return kinds(one.categories) if policy.offered() & ~one.categories else []


@dataclass(frozen=True, slots=True)
class Past:
    """One line of the history."""

    service: str
    words: str
    status: str
    tone: str
    sees: list[str]  # the kinds, where no bundle says them
    elements: list[str]
    how: str
    back: str
    from_at: datetime
    until: datetime | None


def history(agreed: Iterable[Agreed], names: Mapping[str, str]) -> list[Past]:
    return [
        Past(
            service=recipient_name(one, names),
            words=what(one),
            status=str(STATUSES[one.status]),
            tone=TONES[one.status],
            sees=_kinds_of(one),
            elements=elements(one.said, names),
            how=how(one, names),
            back=taken_back(one.ended_how),
            from_at=one.signed_at,
            until=one.ended_at if one.ended_at != FOR_EVER else None,
        )
        for one in agreed
    ]


def _kinds_of(one: Agreed) -> list[str]:
    if one.refuses:
        return kinds_closed(one)
    return [] if bundle_of(one.categories) and one.purpose != "evaluation" else kinds(one.categories)


def recipient_name(one: Agreed, names: Mapping[str, str]) -> str:
    """A service, somebody who works in one, or a class of services."""
    kind, _sep, key = one.recipient.partition(":")
    if kind == "self":
        return _("Their own sign-in: it shows less, because others may see it")
    known = policy.classes().get(key)
    return _(known.words) if known else names.get(key, "")


def what(one: Agreed) -> str:
    if one.refuses:
        return _("Closed to them for the evaluation") if one.purpose == "evaluation" else _("Closed to them")
    if for_itself(one.said):
        return _(for_themselves.words(one.purpose, one.categories))
    return _("Counted in the evaluation") if one.purpose == "evaluation" else bundle_words(one.categories)


def everybody(agreed: Iterable[Agreed]) -> set[str]:
    """Whose names the pages need."""
    return {name for one in agreed for name in (one.author, *map(_named, _handles(one)))} - {""}


def _handles(one: Agreed) -> list[str]:
    return [one.recipient, *(each.recipient for each in one.said.exceptions)]


def _named(handle: str) -> str:
    return handle.partition(":")[2]


@dataclass(frozen=True, slots=True)
class ClosedTo:
    """Somebody of a recipient to whom some kinds are closed by name, or all where none are named."""

    who: str
    kinds: list[str]


def closed_to(one: ClosedTo) -> str:
    return _("To %(who)s this stays closed: %(kinds)s.") % {
        "who": one.who,
        "kinds": "; ".join(one.kinds) or _("anything"),
    }


@dataclass(frozen=True, slots=True)
class Opening:
    """What would be open to a recipient, as kinds: `shown` to somebody who needs to know, `beyond` what no role of
    theirs may see, `closed` and `partly` what refusals take away as a whole and of some time. `waits` where no record
    of theirs is joined, so that nobody needs to know yet."""

    shown: Mask
    beyond: Mask
    closed: Mask
    partly: Mask
    classes: tuple[str, ...]
    waits: bool
    by_name: list[ClosedTo]
    counted: Mask  # what the evaluation would count
    open_by_name: Sequence[str] = ()  # what stays open to some of them by name, a sentence each


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
    closed: list[str]  # what is agreed and closed to them all the same
    partly: list[str]  # of which that is so for some time
    beyond: list[str]  # what nobody's role there shows
    by_name: list[str]
    waits: bool
    counted: list[str]  # what the evaluation would count, whatever they see
    sentence: str

    @property
    def to_class(self) -> bool:
        return self.service in class_words(policy.classes())


def preview(service: str, opens: Opening, found: Mapping[str, Kind], sentence: str) -> Preview:
    shown = [kind for kind in policy.categories().values() if kind.mask & opens.shown]
    return Preview(
        service=service,
        sees=[_previewed(_(kind.words), found.get(kind.key)) for kind in shown],
        hidden=kinds(policy.offered() & ~(opens.shown | opens.beyond | opens.closed)),
        through=class_words(opens.classes),
        closed=kinds(opens.closed),
        partly=kinds(opens.partly),
        beyond=kinds(opens.beyond),
        by_name=[*opens.open_by_name, *(closed_to(one) for one in opens.by_name)],
        waits=opens.waits and bool(opens.shown),
        counted=kinds(opens.counted),
        sentence=sentence,
    )


def _previewed(words: str, found: Kind | None) -> Previewed:
    return Previewed(words, _count(found.count if found else None), found.newest if found else ())


def _count(number: int | None) -> str:
    if number is None:
        return _("whatever is written")
    return ngettext("%(n)d entry today", "%(n)d entries today", number) % {"n": number} if number else _("nothing yet")
