"""Somebody who looks on a person's behalf: what has to be said before they may, and until when at most. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from alongside.definitions import ages, policy
from alongside.definitions.policy import Mask
from alongside.definitions.proxies import Basis, proxies
from alongside.kernel.errors import Invalid
from alongside.people.rules.identities import age

FIRST_ZONE = timezone(timedelta(hours=14))  # where a day begins before it does anywhere else


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who is to look, on what basis, at which kinds of information, until when, and what the person says of it."""

    name: str
    email: str
    born: date
    basis: str
    kinds: Mask
    until: datetime
    decides: bool  # whether the person decides about this by themselves
    agreed: str = ""  # how they agreed and who heard it
    paper: str = ""  # what was seen that entitles whoever looks


def earliest(born: date, years: int) -> datetime:
    """The first instant at which somebody may be so many years old, wherever they are.

    A birthday begins in the first of all time zones; whoever was born on 29 February may be older on 28 February of a
    year that has no 29th, which is a day before `age` counts them as older.
    """
    year = born.year + years
    try:
        birthday = born.replace(year=year)
    except ValueError:
        birthday = date(year, 2, 28)
    return datetime(birthday.year, birthday.month, birthday.day, tzinfo=FIRST_ZONE).astimezone(UTC)


def latest(basis: Basis, born: date, now: datetime) -> datetime:
    """The last instant, itself not included, to which somebody may look on this basis."""
    soon = now + timedelta(days=basis.days)
    rule = ages.rule(basis.pack, now.date())
    return min(soon, earliest(born, rule.below)) if basis.young and rule else soon


def still(basis: str, pack: str, born: date, now: datetime) -> bool:
    """Whether somebody may still look on this basis: asked at each look, because a date of birth may have been put
    right and a law may have changed since they were invited."""
    found = proxies(pack).get(basis)
    return found is not None and now < latest(found, born, now)


def most() -> Mask:
    """The kinds that anybody may be let see on a person's behalf: none that the person does not see."""
    return policy.roles()["proxy"].own & policy.open_to_self()


def check_proxy(one: Proposed, pack: str, born: date, now: datetime) -> None:
    """Raises `Invalid` naming the first element that is missing or wrong; `born` is the person's date of birth."""
    basis = proxies(pack).get(one.basis)
    if basis is None:
        raise Invalid("basis", "Choose on what it rests.")
    for fault in _faults(one, basis, born, now):
        raise fault


def _faults(one: Proposed, basis: Basis, born: date, now: datetime) -> Iterator[Invalid]:
    if not one.name.strip():
        yield Invalid("name", "Enter their name.")
    if one.born > now.date():
        yield Invalid("born", "The date of birth is in the future.")
    if not one.kinds & ~policy.categories_mask("identity") or one.kinds & ~most():
        yield Invalid("kinds", "Choose at least one kind of information.")
    yield from _who_decides(one, basis, born, now)
    yield from _until(one, basis, born, now)
    if basis.paper and not one.paper.strip():
        yield Invalid("paper", "Enter what you saw that entitles them, and its date.")


def _who_decides(one: Proposed, basis: Basis, born: date, now: datetime) -> Iterator[Invalid]:
    rule = ages.young(basis.pack, age(born, now.date()), now.date())
    if basis.young and (rule is None or now >= earliest(born, rule.below)):
        yield Invalid("basis", "They are old enough to decide by themselves. Choose another basis.")
    if basis.young and rule and not rule.parent and not one.decides:
        yield Invalid("basis", "A parent alone may not decide here. Choose another basis.")
    if basis.always_agrees and not one.decides:
        yield Invalid("decides", "Only the person can choose somebody. Where they cannot decide, choose another basis.")
    if one.decides and not one.agreed.strip():
        yield Invalid("agreed", "Enter how they agreed, on which day, and who heard it.")


def _until(one: Proposed, basis: Basis, born: date, now: datetime) -> Iterator[Invalid]:
    if one.until <= now:
        yield Invalid("until", "This day is over. Choose a later one.")
    if one.until > (end := latest(basis, born, now)):
        last = (end.astimezone(UTC) - timedelta(days=1)).date()
        yield Invalid("until", "It may not last so long. Choose {last} or an earlier day.", last=f"{last:%d/%m/%Y}")
