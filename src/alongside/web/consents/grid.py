"""What stands for each recipient and each kind of information, at a glance. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.rules import Handle, Mask
from alongside.consent.queries import Agreed
from alongside.consent.rules import Stands, for_itself
from alongside.definitions import policy
from alongside.kernel.periods import FOR_EVER, Period
from alongside.organisations.queries import Place
from alongside.web import times
from alongside.web.consents.present import class_words, kinds, recipient_name
from alongside.web.consents.shared import BY_NAME, CARE, Joined, closed_over, opened

WHOLE = {"service", "class"}  # recipients that are many; all others are named


class State(StrEnum):
    """What stands for one kind of information."""

    OPEN = "open"
    PART = "part"  # of some time only, or all of it but for somebody
    CLOSED = "closed"
    NEVER = "never"  # closed, and an emergency does not open it
    NOT_AGREED = "not_agreed"
    AS_SERVICE = "as_service"  # nothing is said of them by name


SAID = {
    State.OPEN: gettext_lazy("open"),
    State.PART: gettext_lazy("open, in part"),
    State.CLOSED: gettext_lazy("closed"),
    State.NEVER: gettext_lazy("closed, also in an emergency"),
    State.NOT_AGREED: gettext_lazy("not agreed"),
    State.AS_SERVICE: gettext_lazy("as their service"),
}
TONES = {State.OPEN: "teal", State.PART: "teal", State.CLOSED: "red", State.NEVER: "red"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands for one recipient and one kind; a tone adds colour and says nothing more than the words."""

    who: str
    words: str
    tone: str
    state: State


@dataclass(frozen=True, slots=True)
class Column:
    """One recipient: what else stands with them in words, where it is changed or, of one by name, stopped, and where a
    no is taken back."""

    handle: str
    name: str
    notes: list[str]
    change: str
    stop: str
    take_back: str


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows`: each kind in words with a cell for each column."""

    columns: list[Column]
    rows: list[tuple[str, list[Cell]]]


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a recipient's choice is changed (by handle), and where a choice is taken back (by its id); empty where the
    reader may not."""

    change: Mapping[str, str]
    take_back: Mapping[str, str]


def grid(
    places: Sequence[Place],
    live: Sequence[Agreed],
    names: Mapping[str, str],
    within: Mapping[str, frozenset[str]],
    ways: Ways,
    joined: Joined | None = None,
) -> Grid:
    """Every service of the partnership, the same for everybody; then whoever else something is said of. `within` is
    what those who are named are part of (handles, by handle); of two records that are `joined`, what stands of both."""
    kinds = {Handle.service(one.id): one.kind for one in places}
    called = {Handle.service(one.id): one.name for one in places} | _others(live, kinds, names)
    states = {handle: _states(handle, kinds, live, within, joined) for handle in called}
    rows = [
        (_(kind.words), [_cell(called[handle], states[handle][kind.mask]) for handle in called])
        for kind in policy.categories().values()
        if kind.offered
    ]
    return Grid([_column(handle, called[handle], kinds, live, ways, names) for handle in called], rows)


def _others(live: Iterable[Agreed], known: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """Classes, teams and people of whom something is said, in the order of their names."""
    found = {
        one.recipient: recipient_name(one, names) or _("Somebody they named")
        for one in live
        if one.recipient not in known and not one.to_self and not (for_itself(one.said) or not one.categories)
    }
    return dict(sorted(found.items(), key=lambda one: one[1]))


def _cell(who: str, state: State) -> Cell:
    return Cell(who, str(SAID[state]), TONES.get(state, "grey"), state)


def _states(
    handle: str,
    kinds: Mapping[str, str],
    live: Sequence[Agreed],
    within: Mapping[str, frozenset[str]],
    joined: Joined | None,
) -> dict[Mask, State]:
    """By the bit of each kind."""
    kind, over = kinds.get(handle, ""), {handle, *within.get(handle, ())}
    closed = closed_over(handle, live, within)
    whole = opened(handle, kind, [one for one in live if one.refuses or _is_whole(one, handle)])
    some = opened(handle, kind, live)
    no = [one for one in live if one.refuses and one.purpose == CARE]
    refused = [one for one in no if one.recipient in over]
    some_of_them = [one for one in no if _is_of(one.recipient, handle, kinds, within)]
    said = {
        State.NEVER: sum_of(one.categories for one in refused if one.hard) & closed,
        State.CLOSED: closed,
        State.PART: some.opens & (~whole.opens | sum_of(one.categories for one in (*refused, *some_of_them))),
        State.OPEN: some.opens,
    }
    if joined:
        said = _at_both(said, joined.stands(handle, kind, over))
    rest = State.NOT_AGREED if Handle.kind(handle) in WHOLE else State.AS_SERVICE
    bits = [one.mask for one in policy.categories().values()]
    return {bit: next((state for state, mask in said.items() if mask & bit), rest) for bit in bits}


def _at_both(said: Mapping[State, Mask], both: Stands) -> dict[State, Mask]:
    """Nothing is open that is not at both records, and what is closed at one is closed."""
    return {
        State.NEVER: said[State.NEVER] | both.never,
        State.CLOSED: said[State.CLOSED] | both.closed,
        State.PART: (said[State.PART] | both.partly) & both.opens & said[State.OPEN],
        State.OPEN: said[State.OPEN] & both.opens,
    }


def _is_of(one: str, handle: str, kinds: Mapping[str, str], within: Mapping[str, frozenset[str]]) -> bool:
    """Whether a recipient is part of another: of a team, of a service, or of one of a class."""
    parts = within.get(one, frozenset())
    if Handle.kind(handle) != "class":
        return handle in parts
    return any(kinds.get(each, "") in policy.classes()[handle.partition(":")[2]].kinds for each in (one, *parts))


def _is_whole(one: Agreed, handle: str) -> bool:
    """Whether a choice opens what it is about to this recipient whatever time it is of, and to everybody of them."""
    return one.said.data == Period() and not one.said.exceptions


def sum_of(masks: Iterable[Mask]) -> Mask:
    found = 0
    for one in masks:
        found |= one
    return found


def _column(
    handle: str, name: str, kinds: Mapping[str, str], live: Sequence[Agreed], ways: Ways, names: Mapping[str, str]
) -> Column:
    own = [one for one in live if one.recipient == handle]
    through = class_words(opened(handle, kinds.get(handle, ""), live).classes)
    notes = [_("through what is agreed for: %(whom)s") % {"whom": "; ".join(through)}] if through else []
    notes += [said for one in own if not one.refuses and one.purpose == CARE for said in _notes(one, names)]
    lifted = (ways.take_back[one.id] for one in own if one.refuses and one.id in ways.take_back)
    stops = (ways.take_back[one.id] for one in own if _is_named(one) and one.id in ways.take_back)
    return Column(handle, name, notes, ways.change.get(handle, ""), next(stops, ""), next(lifted, ""))


def _is_named(one: Agreed) -> bool:
    return Handle.kind(one.recipient) in BY_NAME and one.purpose == CARE and not one.refuses and not one.said.apart


def _notes(one: Agreed, names: Mapping[str, str]) -> list[str]:
    """What a choice says of time, and for whom it does not hold, in words."""
    found = []
    if one.said.data.start != Period().start:
        found.append(_("only what is about %(day)s or later") % {"day": _day(one.said.data.start)})
    if one.expires_at != FOR_EVER:
        found.append(_("until %(day)s") % {"day": _day(one.expires_at)})
    for part in one.said.sooner:
        told = {"day": _day(part.until), "kinds": "; ".join(kinds(part.categories))}
        found.append(_("until %(day)s alone: %(kinds)s") % told)
    for each in one.said.exceptions:
        who = names.get(each.recipient.partition(":")[2], "")
        found.append(_("but not: %(who)s") % {"who": who} if who else _("but not some of it"))
    return found


def excepted(live: Iterable[Agreed]) -> set[str]:
    """Whose names the notes need."""
    return {each.recipient.partition(":")[2] for one in live for each in one.said.exceptions} - {""}


def _day(at: object) -> str:
    return str(times.day(at).striptags())
