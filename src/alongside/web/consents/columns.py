"""The grid that can be changed: which kinds have a tick for each recipient, and what stands beside it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access.rules import Mask
from alongside.consent.rules import Choice, Ends
from alongside.definitions import policy
from alongside.kernel.periods import FOR_EVER
from alongside.web.consents import grid
from alongside.web.consents.grid import Grid, State
from alongside.web.consents.renewing import Standing
from alongside.web.consents.signing import Recipient

SHUT = {State.CLOSED, State.NEVER}
BEYOND = gettext_lazy("nobody’s work there shows it")


@dataclass(frozen=True, slots=True)
class Tick:
    """One kind for one recipient. `note` says what stands besides, where it is no simple tick; without `may` it has
    none."""

    key: str
    kind: str
    mask: Mask
    note: str
    tone: str
    may: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One recipient: what is agreed with it by its name, and a tick for each kind. `elsewhere` says why it is not
    changed here, empty where it is; `href` is its own page."""

    whom: Recipient
    found: Standing
    ticks: list[Tick]
    notes: list[str]
    elsewhere: str
    href: str
    take_back: str

    @property
    def field(self) -> str:
        return f"see_{self.whom.handle.partition(':')[2]}"

    @property
    def stands(self) -> list[str]:
        """The kinds that are agreed, by key."""
        return [one.key for one in self.ticks if one.mask & self.found.kinds]

    def agreed(self, keys: Iterable[str]) -> Mask:
        """What is ticked; of a kind without a tick nothing can be."""
        wanted = set(keys)
        return grid.sum_of(one.mask for one in self.ticks if one.may and one.key in wanted)


def columns(
    drawn: Grid,
    whole: Mapping[str, Recipient],
    found: Mapping[str, Standing],
    ceilings: Mapping[str, Sequence[Mask]],
    *,
    part2: bool,
) -> list[Column]:
    """Those whom something is agreed for as a whole, by handle: each with what stands and what its roles may see."""
    made = []
    for number, one in enumerate(drawn.columns):
        if one.handle in whole:
            cells = [row[number] for _kind, row in drawn.rows]
            standing, shown = found[one.handle], grid.sum_of(ceilings[one.handle])
            through = next(iter(one.notes), "")
            ticks = _ticks(cells, standing.kinds, shown, through)
            elsewhere = _elsewhere(ticks, standing, part2)
            made.append(Column(whole[one.handle], standing, ticks, one.notes, elsewhere, one.change, one.take_back))
    return made


def _ticks(cells: Sequence[grid.Cell], agreed: Mask, shown: Mask, through: str) -> list[Tick]:
    kinds = zip((one for one in policy.categories().values() if one.offered), cells, strict=True)
    return [_tick(kind.key, _(kind.words), kind.mask, cell, agreed, shown, through) for kind, cell in kinds]


def _tick(key: str, words: str, mask: Mask, cell: grid.Cell, agreed: Mask, shown: Mask, through: str) -> Tick:
    """What is agreed always has a tick, so that it can be taken away; what would change nothing has none."""
    note, tone, plain = "", cell.tone, False
    if cell.state in SHUT:
        note = cell.words
    elif not mask & shown:
        note, tone = str(BEYOND), "grey"
    elif cell.state is State.PART:
        note, plain = cell.words, True
    elif cell.state is State.OPEN and not mask & agreed:
        note, plain = through, True
    else:
        plain = True
    return Tick(key, words, mask, note, tone, plain or bool(mask & agreed))


def _says_when_it_ends(said: Choice) -> bool:
    """As 42 CFR 2.31(a)(7) asks: what was agreed before the service was a programme may not."""
    if said.ends is Ends.NEVER:
        return said.onward
    return said.ends is not Ends.UNSAID or said.expires != FOR_EVER


def _elsewhere(ticks: Iterable[Tick], standing: Standing, part2: bool) -> str:
    if part2 and not (standing.care and standing.kinds and _says_when_it_ends(standing.care.said)):
        return _("Agree on their own page first: it asks when it ends, and whether it may be passed on.")
    if not any(one.may for one in ticks):
        return _("All of it is closed to them by a no. What is agreed opens nothing until that is taken back.")
    return ""
