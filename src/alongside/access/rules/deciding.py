"""`decide`: the specification of access, total and without a clock. It is read beside `docs/explanation`, and shares
nothing with the compiler but the facts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from alongside.access.rules.facts import (
    Effect,
    Facts,
    Line,
    Need,
    NeedKind,
    as_read,
    counts,
    denials,
    held_by_name,
    is_of,
    named_as,
    names_reader,
    purposes_of,
    unconfirmed_twin,
)
from alongside.access.rules.handles import Handle
from alongside.definitions import policy
from alongside.definitions.policy import Mask


@dataclass(frozen=True, slots=True)
class Source:
    """Where a copied record came from. `onward` where whoever held the copy might pass it on when it was made."""

    facts: Facts
    needs: Mask
    occurred_at: datetime
    onward: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """May this human, in this role, for this purpose, now, see this record?"""

    service: str
    human: str  # the handle of the human by name
    speaks_for: frozenset[str]
    every_hat: frozenset[str]
    role: Mask
    purpose: Mask
    own_ceiling: Mask
    other_ceiling: Mask
    now: datetime
    needs: Mask
    occurred_at: datetime
    author: str = ""  # the handle of whoever wrote it, by name
    sources: tuple[Source, ...] = field(default=())


class Reason(StrEnum):
    """The true reason, for the person and the discloser's privacy lead; a reader is only ever told "not there"."""

    CEILING = "this role may not see this kind of information"
    BARRED = "the person said no"
    SOURCE = "it was copied from a record that is closed"
    NO_PERMIT = "nothing the person agreed to opens it"
    OWN_SERVICE = "the service's own record"
    OWN_RECORD = "the person's own record"
    CONSENT = "the person agreed"
    EMERGENCY = "an emergency was declared"


@dataclass(frozen=True, slots=True)
class Decision:
    permitted: bool
    reason: Reason
    because: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked at: a record, or the place that it was copied from."""

    needs: Mask  # what has to be open
    closed_by: Mask  # what a denial of any of closes it
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class _Permit:
    reason: Reason
    because: str
    exception: bool = False  # to the denial of its own consent


def decide(facts: Facts, question: Question) -> Decision:
    """Hard denials go before an emergency, an emergency before denials, denials before permits; silence is no."""
    own = question.service == facts.service
    if not question.role:
        return Decision(False, Reason.NO_PERMIT)
    ceiling = question.own_ceiling if own else question.other_ceiling
    if ceiling & question.needs != question.needs:
        return Decision(False, Reason.CEILING)
    if not all(_source_open(source, question, own) for source in question.sources):
        return Decision(False, Reason.SOURCE)
    return _opens(facts, question, _asked(facts, question))


def _asked(facts: Facts, question: Question) -> _Asked:
    """Notes kept apart are to the one who wrote them, in the service where they were written, notes like any other."""
    needs = question.needs
    apart = needs & policy.kept_apart()
    if not apart or question.author != question.human or question.service != facts.service:
        return _Asked(needs, needs, question.occurred_at)
    like_others = policy.categories_mask("session_notes")
    return _Asked(needs & ~apart | like_others, needs | like_others, question.occurred_at)


def _opens(facts: Facts, question: Question, asked: _Asked) -> Decision:
    denied = [line for line in denials(facts) if _denies(line, question.every_hat, question, asked)]
    permits = list(_permits(facts, question, asked))
    for permit in permits:
        if not any(_holds(denial, permit) for denial in denied):
            return Decision(True, permit.reason, permit.because)
    return Decision(False, Reason.BARRED if permits else Reason.NO_PERMIT)


def _holds(denial: Line, permit: _Permit) -> bool:
    if denial.hard:
        return True
    if permit.reason is Reason.EMERGENCY:
        return False
    return not (permit.exception and permit.because == denial.because)


def _permits(facts: Facts, question: Question, asked: _Asked) -> Iterator[_Permit]:
    for need in facts.needs:
        if _own_need_permits(need, facts, question, asked):
            own = need.kind is NeedKind.SELF
            yield _Permit(Reason.OWN_RECORD if own else Reason.OWN_SERVICE, need.because)
    twin = unconfirmed_twin(facts)
    both = _let_in(twin, question, asked) if twin else frozenset()
    for line in facts.lines:
        through = _line_permits(line, facts, question, asked)
        if through and (twin is None or through & both):
            yield _Permit(Reason.CONSENT, line.because, line.exception and twin is None)
    yield from _emergencies(facts, question, asked)


def _own_need_permits(need: Need, facts: Facts, question: Question, asked: _Asked) -> bool:
    if need.service != facts.service or not _live(need, facts, question):
        return False
    if need.kind is NeedKind.SELF:
        own_access = policy.purposes_mask("own_access")
        return bool(own_access & question.purpose) and not asked.needs & ~policy.open_to_self()
    pack = policy.packs()[facts.pack]
    if asked.needs & policy.kept_apart() or not pack.own_purposes & question.purpose:
        return False
    return held_by_name(need.handle) or not facts.restricted or bool(pack.restricted_roles & question.role)


def _live(need: Need, facts: Facts, question: Question) -> bool:
    if not counts(need, facts) or not purposes_of(need, question.purpose):
        return False
    return as_read(need, facts) in question.speaks_for and question.now in need.when


def _let_in(facts: Facts, question: Question, asked: _Asked) -> frozenset[str]:
    """The handles through which the person's lines let this reader in."""
    return frozenset(handle for line in facts.lines for handle in _line_permits(line, facts, question, asked))


def _line_permits(line: Line, facts: Facts, question: Question, asked: _Asked) -> frozenset[str]:
    """The handles through which one line lets this reader in."""
    if line.effect is Effect.DENY or line.categories & asked.needs != asked.needs:
        return frozenset()
    if not line.purposes & question.purpose or not _alone(line, question, asked):
        return frozenset()
    if question.now not in line.when or asked.occurred_at not in line.data:
        return frozenset()
    if names_reader(line):
        return question.speaks_for & {named_as(line, facts)}
    needs = (need for need in facts.needs if is_of(need, line.recipient) and _live(need, facts, question))
    return frozenset(as_read(need, facts) for need in needs)


def _alone(line: Line, question: Question, asked: _Asked) -> bool:
    """Whether, where that is asked for, the consent is about what is kept apart alone, or about proceedings alone."""
    apart, proceedings = policy.kept_apart(), policy.purposes()[policy.PROCEEDINGS].mask
    if asked.needs & apart and line.categories & ~apart:
        return False
    return line.purposes == proceedings or bool(line.purposes & question.purpose & ~proceedings)


def _emergencies(facts: Facts, question: Question, asked: _Asked) -> Iterator[_Permit]:
    pack = policy.packs()[facts.pack]
    if asked.needs & policy.kept_apart() or not question.purpose & pack.emergency_purposes:
        return
    if not pack.emergency_roles & question.role:
        return
    for glass in facts.glasses:
        if Handle.glass(glass.session) in question.speaks_for and question.now in glass.when:
            yield _Permit(Reason.EMERGENCY, glass.session)


def _denies(line: Line, hats: frozenset[str], question: Question, asked: _Asked) -> bool:
    return (
        line.effect is Effect.DENY
        and line.recipient in hats
        and bool(line.categories & asked.closed_by)
        and bool(line.purposes & question.purpose)
        and question.now in line.when
        and asked.occurred_at in line.data
    )


def _source_open(source: Source, question: Question, own: bool) -> bool:
    """A copy follows its source: a named denial travels with it; whoever is not its holder needs the source open, or
    that it was given to its holder to pass on and nobody was told no."""
    asked = _Asked(source.needs, source.needs, source.occurred_at)
    if _denied(source.facts, frozenset([question.human]), question, asked):
        return False
    if own or _opens(source.facts, question, asked).permitted:
        return True
    return source.onward and not _denied(source.facts, question.every_hat, question, asked)


def _denied(facts: Facts, hats: frozenset[str], question: Question, asked: _Asked) -> bool:
    return any(_denies(line, hats, question, asked) for line in denials(facts))
