"""What stands for a recipient where a service registered one human twice: by the law of access, from both. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from alongside.access.rules import Effect, Facts, Handle, Line, Mask, denials
from alongside.consent.rules.lines import CARE
from alongside.consent.rules.seeing import kinds_in, windows
from alongside.definitions import policy
from alongside.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Stands:
    """`opens` is what they may see for care of some time, `closed` what nobody of them may, `never` what not even an
    emergency opens, and `partly` of what some is closed."""

    opens: Mask
    closed: Mask
    never: Mask
    partly: Mask


def stands(facts: Facts, recipient: str, kind: str, within: Collection[str], now: datetime) -> Stands:
    """For a service (of a kind), a class, or a team or somebody by name (who are `within` others)."""
    no = [one for one in denials(facts) if one.recipient in {recipient, *within} and _holds(one, now)]
    whole = [one for one in no if one.data == Period() and not _pierced(one, facts)]
    closed = _sum(whole)
    if Handle.kind(recipient) in ("service", "class"):
        opens = kinds_in(windows(facts, recipient, kind, now))
    else:
        opens = _named(facts, recipient, now) & ~closed
    return Stands(opens, closed, _sum(one for one in whole if one.hard), _sum(no) & ~closed)


def _holds(line: Line, now: datetime) -> bool:
    return bool(line.purposes & policy.purposes()[CARE].mask) and now in line.when


def _pierced(denial: Line, facts: Facts) -> bool:
    both = (*facts.lines, *(facts.twin.lines if facts.twin else ()))
    return any(one.exception and one.because == denial.because for one in both)


def _named(facts: Facts, recipient: str, now: datetime) -> Mask:
    """By name: until the person says that both records are theirs, only what they agreed at both."""
    said = (one for one in facts.lines if one.recipient == recipient and one.effect is Effect.PERMIT)
    opens = _sum(one for one in said if _holds(one, now))
    if facts.twin is None or facts.confirmed:
        return opens
    return opens & _named(facts.twin, recipient, now)


def _sum(lines: Iterable[Line]) -> Mask:
    found = 0
    for one in lines:
        found |= one.categories
    return found
