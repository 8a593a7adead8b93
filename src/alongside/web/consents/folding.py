"""An account, folded: the looks of one reader on one day, for the same and open by the same, are one row. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from alongside.kernel.clock import LONDON
from alongside.web.consents import account
from alongside.web.consents.account import Line


@dataclass(frozen=True, slots=True)
class Row:
    """The newest of some looks with the kinds of them all, and each look by itself; of anything else that one line."""

    line: Line
    looks: tuple[Line, ...]


def folded(found: Iterable[Line]) -> list[Row]:
    """Each row stands where its newest look stood."""
    rows: dict[object, list[Line]] = {}
    for number, one in enumerate(found):
        rows.setdefault(_alike(one) if one.what == account.ACTS["shown"] else number, []).append(one)
    return [Row(replace(looks[0], kinds=_kinds(looks)), tuple(looks)) for looks in rows.values()]


def _alike(one: Line) -> object:
    day = one.at.astimezone(LONDON).date()
    if one.own:
        return (day, one.own)  # whatever they looked for: it is their own
    return (day, one.who, one.role, one.service, one.purpose, one.why, one.policy, one.href, one.withheld)


def _kinds(looks: Iterable[Line]) -> list[str]:
    return list(dict.fromkeys(kind for one in looks for kind in one.kinds))


def edition(found: Iterable[Line]) -> str:
    """The edition of the policy that decided all of them; empty where there were several."""
    editions = {one.policy for one in found if one.policy}
    return editions.pop() if len(editions) == 1 else ""
