"""What the predicate says, in Python: a second reading of the SQL, to test the compiler without a database."""

from collections.abc import Collection
from datetime import datetime

from alongside.access.rules import Bar, Facts, Grant, Question, Source, compile_facts
from alongside.definitions import policy

Compiled = tuple[list[Grant], list[Bar]]


class Matching:
    """Grants and bars of a world's registrations, compiled once."""

    def __init__(self, facts: Collection[Facts]) -> None:
        self.compiled: dict[str, Compiled] = {one.registration: compile_facts(one) for one in facts}

    def visible(self, facts: Facts, asked: Question) -> bool:
        own = facts.service == asked.service
        ceiling = asked.own_ceiling if own else asked.other_ceiling
        if asked.needs & ~ceiling:
            return False
        needs, closed_by = _as_author(facts, asked)
        compiled = self.compiled[facts.registration]
        if not _opens(compiled, asked, needs, closed_by, asked.occurred_at):
            return False
        return not any(self._closed(source, asked, own=own) for source in asked.sources)

    def _closed(self, source: Source, asked: Question, *, own: bool) -> bool:
        compiled = self.compiled[source.facts.registration]
        of = (source.needs, source.occurred_at)
        if any(_bars(bar, {asked.human}, asked, *of) for bar in compiled[1]):
            return True
        if own or _opens(compiled, asked, source.needs, *of):
            return False
        return not source.onward or any(_bars(bar, asked.every_hat, asked, *of) for bar in compiled[1])


def _as_author(facts: Facts, asked: Question) -> tuple[int, int]:
    wrote = asked.author and asked.author == asked.human and asked.service == facts.service
    if not wrote or not asked.needs & policy.kept_apart():
        return asked.needs, asked.needs
    notes = policy.categories_mask("session_notes")
    return asked.needs & ~policy.kept_apart() | notes, asked.needs | notes


def _opens(compiled: Compiled, asked: Question, needs: int, closed_by: int, at: datetime) -> bool:
    grants, bars = compiled
    for grant in grants:
        if not _matches(grant, asked, needs, at):
            continue
        barring = (bar for bar in bars if bar.hard or grant.pierces not in ("*", bar.because))
        if not any(_bars(bar, asked.every_hat, asked, closed_by, at) for bar in barring):
            return True
    return False


def _matches(grant: Grant, asked: Question, needs: int, at: datetime) -> bool:
    return (
        grant.handle in asked.speaks_for
        and grant.opens & needs == needs
        and bool(grant.purposes & asked.purpose)
        and bool(grant.roles & asked.role)
        and asked.now in grant.when
        and at in grant.data
    )


def _bars(bar: Bar, hats: Collection[str], asked: Question, closed_by: int, at: datetime) -> bool:
    return (
        bar.handle in hats
        and bool(bar.closes & closed_by)
        and bool(bar.purposes & asked.purpose)
        and asked.now in bar.when
        and at in bar.data
    )
