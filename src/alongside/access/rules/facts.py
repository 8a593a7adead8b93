"""What decides who may see one registration: what the person said, who needs to know, and what is out of the common."""

from dataclasses import dataclass
from enum import StrEnum

from alongside.access.rules.handles import Handle
from alongside.definitions import policy
from alongside.definitions.policy import Mask
from alongside.kernel.periods import Period

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
    SUPERVISION = "supervision"
    EVALUATION = "evaluation"
    SELF = "self"  # the person's own sign-in


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what a person agreed to or refused: who may see which kinds, why, when, and of what time."""

    because: str  # the consent that says so
    effect: Effect
    recipient: str  # a handle: service, class of services, team, named practitioner or proxy; of a denial also self
    categories: Mask
    purposes: Mask
    when: Period
    data: Period
    hard: bool = False  # of a denial: not even in an emergency
    exception: bool = False  # of a permit: what its own consent's denial leaves open
    onward: bool = False  # of a permit: whoever holds a copy may pass it on as their own law lets them


@dataclass(frozen=True, slots=True)
class Need:
    """Somebody needs to know. `service` is the service the handle belongs to, `made_by` who vouches for the need."""

    handle: str
    service: str
    kind: NeedKind
    made_by: str  # a service id, or THE_PERSON
    when: Period
    because: str
    service_kind: str = ""  # of that service, which classes of recipients are made of


@dataclass(frozen=True, slots=True)
class Glass:
    """Somebody broke the glass: one human, one registration, for an hour at most."""

    session: str
    when: Period


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that decides who may see one registration. `pack` is the policy of its service's country; a
    restricted registration is closed to whoever does not hold it themselves, in whatever service."""

    registration: str
    service: str
    lines: tuple[Line, ...] = ()
    needs: tuple[Need, ...] = ()
    glasses: tuple[Glass, ...] = ()
    pack: str = policy.DEFAULT_PACK
    restricted: bool = False
    twin: "Facts | None" = None  # of the same human, registered a second time by the same service
    confirmed: bool = False  # the person said that both are theirs


def counts(need: Need, facts: Facts) -> bool:
    """A recipient cannot give itself a need: the registration's service, or the person, must have made it."""
    return need.made_by in (facts.service, THE_PERSON)


def denials(facts: Facts) -> tuple[Line, ...]:
    """What the person refused, also at their other registration of the same service: bars unite."""
    lines = facts.lines + (facts.twin.lines if facts.twin else ())
    return tuple(line for line in lines if line.effect is Effect.DENY)


def unconfirmed_twin(facts: Facts) -> Facts | None:
    """The other registration, as long as the person did not confirm it: until then permits intersect."""
    return None if facts.confirmed else facts.twin


def names_reader(line: Line) -> bool:
    """Naming a team, a person or a proxy says enough; a service or a class is narrowed to those of it with a need."""
    return Handle.kind(line.recipient) not in {"service", "class"}


def named_as(line: Line, facts: Facts) -> str:
    """The handle that a line opens to which names its reader: a human is named in the partnership of the registration's
    service, and takes nothing of it to a job in another one."""
    kind, _, name = line.recipient.partition(":")
    return Handle.named(name, facts.service) if kind == "practitioner" else line.recipient


def is_of(need: Need, recipient: str) -> bool:
    """Whether a need is of the service, or of a service of the class, that is named as recipient."""
    kind, _, name = recipient.partition(":")
    if kind == "class":
        return need.service_kind in policy.classes()[name].kinds
    return recipient == Handle.service(need.service)


def held_by_name(handle: str) -> bool:
    """Whether whoever speaks for a handle holds the person, rather than works where they are known."""
    return Handle.kind(handle) not in {"service", "team"}


def purposes_of(need: Need, purposes: Mask) -> Mask:
    """Of some purposes those for which a need is one: to evaluate is no need to know for anything else."""
    return purposes & policy.purposes_mask("evaluation") if need.kind is NeedKind.EVALUATION else purposes


def as_read(need: Need, facts: Facts) -> str:
    """The handle that a need opens to: in a restricted registration a caseload is its holder's, and nobody's who covers
    or leads."""
    kind, _, held = need.handle.partition(":")
    return f"held:{held}" if facts.restricted and kind == "caseload" else need.handle
