"""What is said to one recipient in one breath, and what that closes by name, as a class would open it. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from alongside.access.rules import Effect, Handle
from alongside.consent.rules.choices import Choice, Ends
from alongside.consent.rules.lines import CARE
from alongside.consent.rules.reaching import reached
from alongside.consent.rules.renewing import is_of_all
from alongside.consent.rules.scope import replaces
from alongside.definitions import policy
from alongside.kernel.periods import FOR_EVER, Period


@dataclass(frozen=True, slots=True)
class Breath:
    """Choices to one recipient as they are kept, each for a purpose, and the refusal that is kept beside them."""

    choices: tuple[Choice, ...]
    closes: Choice | None
    keeps_out: tuple[Choice, ...] = ()  # refusals to those whom a choice left out by name

    @property
    def refusals(self) -> tuple[Choice, ...]:
        return (*([self.closes] if self.closes else []), *self.keeps_out)

    @property
    def closes_all(self) -> bool:
        return self.closes is not None and self.closes.purpose == CARE


def in_one_breath(choices: Sequence[Choice], kind: str, held: Iterable[Choice]) -> Breath:
    """Choices to one recipient (a service of a kind, or whoever else) beside all that holds. Nothing for a purpose has
    to mean nothing: where a class of services opens something for it, it is closed to this one by its name. What is
    closed for care is closed for every purpose, so that nothing else is kept with it. Whoever was left out of the whole
    by name is not let in where a kind is taken out of it that a class opens."""
    standing = list(held)
    made = Breath(tuple(choices), _closing(choices, kind, standing))
    if made.closes_all:
        return replace(made, choices=tuple(_nothing(one) for one in choices))
    return replace(made, keeps_out=tuple(_keeping_out(choices, kind, standing)))


def _closing(choices: Sequence[Choice], kind: str, held: Sequence[Choice]) -> Choice | None:
    said = choices[0]
    if Handle.kind(said.recipient) != "service":
        return None
    if not any(one.categories for one in choices) and said.purpose == CARE:
        by_any = any(reached(said.recipient, kind, held, purpose).classes for purpose in policy.purposes())
        return _refusal(said) if by_any else None
    opened = [one for one in _empty(choices) if reached(one.recipient, kind, held, one.purpose).classes]
    return _refusal(opened[0]) if opened else None


def _keeping_out(choices: Sequence[Choice], kind: str, held: Sequence[Choice]) -> Iterator[Choice]:
    for said in choices:
        older = next((one for one in held if replaces(said, one)), None)
        if older:
            yield from _kept_out(said, older, kind, held)


def _kept_out(said: Choice, older: Choice, kind: str, held: Sequence[Choice]) -> Iterator[Choice]:
    others = [one for one in held if one.refuses or one.recipient != said.recipient]
    opened = reached(said.recipient, kind, others, said.purpose).opens
    taken_out = opened & older.categories & ~said.categories
    for one in older.exceptions if taken_out else ():
        if is_of_all(one, older.categories):
            yield replace(_nothing(said), recipient=one.recipient, categories=taken_out, effect=Effect.DENY)


def _empty(choices: Iterable[Choice]) -> Iterator[Choice]:
    """Care first: it closes the others."""
    yield from sorted((one for one in choices if not one.categories), key=lambda one: one.purpose != CARE)


def _nothing(said: Choice) -> Choice:
    return replace(
        said, categories=0, expires=FOR_EVER, data=Period(), exceptions=(), sooner=(), onward=False, ends=Ends.UNSAID
    )


def _refusal(said: Choice) -> Choice:
    return replace(_nothing(said), categories=policy.all_categories(), effect=Effect.DENY)
