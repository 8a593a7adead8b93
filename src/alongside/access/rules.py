"""The policy of access, pure: `decide` is the specification, `compile_facts` what the database evaluates.

The law between them: `decide` permits a question if and only if the predicate of `predicate.py` matches the grants
and bars that `compile_facts` made of the same facts. Both default to "not there".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from alongside.definitions import policy
from alongside.kernel.periods import Period

Mask = int
POLICY = "1"  # raised whenever the meaning of a fact changes; written into every row compiled from it
THE_PERSON = "person"


class Effect(StrEnum):
    PERMIT = "permit"
    DENY = "deny"


class NeedKind(StrEnum):
    """Why somebody needs to know about a person."""

    REGISTERED = "registered"  # the service's own desk and leads
    REFERRAL = "referral"
    CARE_TEAM = "care_team"
    CONSULTATION = "consultation"
    COVER = "cover"
    EVALUATION = "evaluation"


class Handle:
    """Whoever may read, spelt as text: the kind and an id."""

    @staticmethod
    def service(service: str) -> str:
        return f"service:{service}"

    @staticmethod
    def team(team: str) -> str:
        return f"team:{team}"

    @staticmethod
    def caseload(practitioner: str, service: str) -> str:
        """Those whom somebody holds in one service: what they hold in another job is not theirs here."""
        return f"caseload:{practitioner}@{service}"

    @staticmethod
    def holders(handles: Iterable[str]) -> list[str]:
        """The practitioners whose caseloads are among some handles."""
        caseloads = [handle for handle in handles if Handle.kind(handle) == "caseload"]
        return [handle.partition(":")[2].partition("@")[0] for handle in caseloads]

    @staticmethod
    def practitioner(practitioner: str) -> str:
        """The human by name; nobody covers for this handle."""
        return f"practitioner:{practitioner}"

    @staticmethod
    def evaluation(service: str) -> str:
        """The system door through which a service's evaluators read; no carer speaks for it."""
        return f"evaluation:{service}"

    @staticmethod
    def link(thing: str) -> str:
        """Whoever opened a link to one thing; nothing is ever granted to it."""
        return f"link:{thing}"

    @staticmethod
    def kind(handle: str) -> str:
        return handle.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what a person agreed to or refused: who may see which kinds, why, when, and of what time."""

    because: str  # the consent that says so
    effect: Effect
    recipient: str  # a handle: service, team or named practitioner
    categories: Mask
    purposes: Mask
    when: Period
    data: Period
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """Somebody needs to know. `service` is the service the handle belongs to, `made_by` who vouches for the need."""

    handle: str
    service: str
    kind: NeedKind
    made_by: str  # a service id, or THE_PERSON
    when: Period
    because: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that decides who may see one registration."""

    registration: str
    service: str
    lines: tuple[Line, ...] = ()
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Grant:
    handle: str
    opens: Mask
    purposes: Mask
    roles: Mask
    when: Period
    data: Period
    because: str
    pierces: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    handle: str
    closes: Mask
    purposes: Mask
    when: Period
    data: Period
    because: str
    hard: bool = False


def counts(need: Need, facts: Facts) -> bool:
    """A recipient cannot give itself a need: the registration's service, or the person, must have made it."""
    return need.made_by in (facts.service, THE_PERSON)


def names_reader(line: Line) -> bool:
    """Naming a team or a person says enough; a whole service is narrowed to those of it with a need."""
    return Handle.kind(line.recipient) != "service"


def own_service_purposes() -> Mask:
    """What a service may use its own records for without asking (UK implied consent, and running the service)."""
    return policy.purposes_mask("direct_care", "supervision", "administration", "evaluation", "legal")


def compile_facts(facts: Facts) -> tuple[list[Grant], list[Bar]]:
    """Grants and bars from facts: a row for each line and each handle that needs it; nothing is subtracted."""
    needs = [need for need in facts.needs if counts(need, facts) and not need.when.empty]
    grants = [_own_grant(need) for need in needs if need.service == facts.service]
    bars = []
    for line in facts.lines:
        if line.effect is Effect.DENY:
            bars.append(_bar(line))
        else:
            grants.extend(_grants(line, needs))
    return grants, bars


def _own_grant(need: Need) -> Grant:
    return Grant(
        handle=need.handle,
        opens=policy.all_categories(),
        purposes=own_service_purposes(),
        roles=policy.all_roles(),
        when=need.when,
        data=Period(),
        because=need.because,
    )


def _grants(line: Line, needs: Sequence[Need]) -> Iterable[Grant]:
    if names_reader(line):
        yield _grant(line, line.recipient, line.when)
        return
    for need in needs:
        overlap = line.when.meet(need.when)
        if Handle.service(need.service) == line.recipient and not overlap.empty:
            yield _grant(line, need.handle, overlap)


def _grant(line: Line, handle: str, when: Period) -> Grant:
    return Grant(handle, line.categories, line.purposes, policy.all_roles(), when, line.data, line.because)


def _bar(line: Line) -> Bar:
    return Bar(line.recipient, line.categories, line.purposes, line.when, line.data, line.because, line.hard)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a copied record came from."""

    facts: Facts
    needs: Mask
    occurred_at: datetime


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
    sources: tuple[Source, ...] = field(default=())


class Reason(StrEnum):
    """The true reason, for the person and the discloser's privacy lead; a reader is only ever told "not there"."""

    CEILING = "this role may not see this kind of information"
    BARRED = "the person said no"
    SOURCE = "it was copied from a record that is closed"
    NO_PERMIT = "nothing the person agreed to opens it"
    OWN_SERVICE = "the service's own record"
    CONSENT = "the person agreed"


@dataclass(frozen=True, slots=True)
class Decision:
    permitted: bool
    reason: Reason
    because: str = ""


def decide(facts: Facts, question: Question) -> Decision:
    """The specification of access, total and without a clock. Bars go before permits; silence is no."""
    own = question.service == facts.service
    ceiling = question.own_ceiling if own else question.other_ceiling
    if ceiling & question.needs != question.needs:
        return Decision(False, Reason.CEILING)
    if not all(_source_open(source, question, own) for source in question.sources):
        return Decision(False, Reason.SOURCE)
    return _opens(facts, question, question.needs, question.occurred_at)


def _opens(facts: Facts, question: Question, needs: Mask, occurred_at: datetime) -> Decision:
    if _barred(facts, question.every_hat, question, needs, occurred_at):
        return Decision(False, Reason.BARRED)
    for need in facts.needs:
        if _own_need_permits(need, facts, question):
            return Decision(True, Reason.OWN_SERVICE, need.because)
    for line in facts.lines:
        if _line_permits(line, facts, question, needs, occurred_at):
            return Decision(True, Reason.CONSENT, line.because)
    return Decision(False, Reason.NO_PERMIT)


def _own_need_permits(need: Need, facts: Facts, question: Question) -> bool:
    return (
        need.service == facts.service
        and need.handle in question.speaks_for
        and _live(need, facts, question)
        and bool(own_service_purposes() & question.purpose)
    )


def _live(need: Need, facts: Facts, question: Question) -> bool:
    return counts(need, facts) and question.now in need.when


def _line_permits(line: Line, facts: Facts, question: Question, needs: Mask, occurred_at: datetime) -> bool:
    if line.effect is Effect.DENY or line.categories & needs != needs or not line.purposes & question.purpose:
        return False
    if question.now not in line.when or occurred_at not in line.data:
        return False
    if names_reader(line):
        return line.recipient in question.speaks_for
    return any(
        Handle.service(need.service) == line.recipient
        and need.handle in question.speaks_for
        and _live(need, facts, question)
        for need in facts.needs
    )


def _barred(facts: Facts, hats: frozenset[str], question: Question, needs: Mask, occurred_at: datetime) -> bool:
    return any(
        line.effect is Effect.DENY
        and line.recipient in hats
        and line.categories & needs
        and line.purposes & question.purpose
        and question.now in line.when
        and occurred_at in line.data
        for line in facts.lines
    )


def _source_open(source: Source, question: Question, own: bool) -> bool:
    """A copy follows its source: a named denial travels with it; whoever is not its holder needs the source open."""
    by_name = frozenset([question.human])
    if _barred(source.facts, by_name, question, source.needs, source.occurred_at):
        return False
    return own or _opens(source.facts, question, source.needs, source.occurred_at).permitted
