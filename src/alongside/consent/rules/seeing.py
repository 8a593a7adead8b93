"""What somebody of a recipient would see, were they to need to know: by the law of access itself. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from alongside.access.rules import THE_PERSON, Bar, Effect, Facts, Grant, Handle, Mask, Need, NeedKind, compile_facts
from alongside.consent.rules.choices import Choice
from alongside.consent.rules.lines import CARE, lines
from alongside.definitions import policy
from alongside.kernel.periods import Period

SOMEBODY = "somebody"  # who works there and needs to know; nobody of that name does


@dataclass(frozen=True, slots=True)
class Window:
    """Open are the records of this time that need no other kinds than these."""

    categories: Mask
    data: Period


def were_it_said(facts: Facts, ended: Collection[str], choices: Iterable[Choice], now: datetime) -> Facts:
    """The facts as they would be: some consents over, some choices made, and all else as it stands."""
    standing = (one for one in facts.lines if one.because not in ended)
    made = (line for number, one in enumerate(choices) for line in lines(f"said {number}", one, now))
    return replace(facts, lines=(*standing, *made))


def windows(facts: Facts, recipient: str, kind: str, now: datetime) -> tuple[Window, ...]:
    """What is open for care to somebody who needs to know, of a service (a handle, of a kind) or of any one service of
    a class. What is closed to some of them by name is open to the others, and so it is here."""
    need = _need(recipient, kind)
    grants, bars = compile_facts(_with(facts, need))
    care = policy.purposes()[CARE].mask
    open_now = [one for one in grants if one.handle == need.handle and one.purposes & care and now in one.when]
    hats = {need.handle, Handle.service(need.service)}
    closed = [one for one in bars if one.handle in hats and one.purposes & care and now in one.when]
    found = (window for grant in open_now for window in _of(grant, closed))
    return tuple(dict.fromkeys(one for one in found if one.categories))


def _need(recipient: str, kind: str) -> Need:
    named, _, key = recipient.partition(":")
    service = key if named == "service" else SOMEBODY
    any_kind = kind if named == "service" else min(policy.classes()[key].kinds)
    return Need(
        handle=Handle.held(SOMEBODY, service),
        service=service,
        kind=NeedKind.CARE_TEAM,
        made_by=THE_PERSON,
        when=Period(),
        because=SOMEBODY,
        service_kind=any_kind,
    )


def _with(facts: Facts, need: Need) -> Facts:
    """Nobody else needs to know, at either of two registrations of one human."""
    twin = _with(facts.twin, need) if facts.twin else None
    return replace(facts, needs=(need,), glasses=(), twin=twin)


def _of(grant: Grant, bars: Sequence[Bar]) -> Iterator[Window]:
    """Its time in pieces, in each of which the same is closed."""
    over = [one for one in bars if one.data.overlaps(grant.data) and (one.hard or grant.pierces != one.because)]
    edges = {at for one in over for at in (one.data.start, one.data.end) if at in grant.data}
    instants = sorted({grant.data.start, *edges, grant.data.end})
    for start, end in pairwise(instants):
        closed = 0
        for one in over:
            closed |= one.closes if start in one.data else 0
        yield Window(grant.opens & ~closed, Period(start, end))


def under(found: Iterable[Window], ceilings: Collection[Mask]) -> tuple[Window, ...]:
    """What is left of it where the recipient's roles may see no more than these masks, each by itself."""
    most = [one for one in ceilings if not any(one != other and one | other == other for other in ceilings)]
    left = (replace(one, categories=one.categories & ceiling) for one in found for ceiling in dict.fromkeys(most))
    return tuple(dict.fromkeys(one for one in left if one.categories))


@dataclass(frozen=True, slots=True)
class Taken:
    """What refusals take away of what is agreed: kinds as a whole, and kinds of which some time alone is closed."""

    whole: Mask
    some: Mask


def taken(facts: Facts, recipient: str, kind: str, now: datetime) -> Taken:
    """What stays closed to everybody of a recipient though it is agreed."""
    agreed = windows(_without_refusals(facts), recipient, kind, now)
    left = windows(facts, recipient, kind, now)
    some = 0
    for one in policy.categories().values():
        if kinds_in(left) & one.mask and _times_of(agreed, one.mask) != _times_of(left, one.mask):
            some |= one.mask
    return Taken(kinds_in(agreed) & ~kinds_in(left), some)


def _without_refusals(facts: Facts) -> Facts:
    twin = _without_refusals(facts.twin) if facts.twin else None
    return replace(facts, lines=tuple(one for one in facts.lines if one.effect is Effect.PERMIT), twin=twin)


def _times_of(found: Iterable[Window], kind: Mask) -> tuple[Period, ...]:
    """When something of a kind is open, without overlaps."""
    joined: list[Period] = []
    for one in sorted((one.data for one in found if one.categories & kind), key=lambda one: one.start):
        if joined and one.start <= joined[-1].end:
            joined[-1] = Period(joined[-1].start, max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return tuple(joined)


def kinds_in(found: Iterable[Window]) -> Mask:
    """Every kind of which something is open."""
    opened = 0
    for one in found:
        opened |= one.categories
    return opened
