"""Worlds to decide about: three services, humans with two jobs, and facts of every kind, drawn from a seed.

Pure: a world is facts, records and readers. Each law of `tests/law` asks somebody else about them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from alongside.access.rules import (
    THE_PERSON,
    Effect,
    Facts,
    Glass,
    Handle,
    Line,
    Need,
    NeedKind,
    Question,
    Source,
)
from alongside.definitions import policy
from alongside.kernel.periods import FOR_EVER, Period

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SERVICES = {"ser_a": "talking_therapies", "ser_b": "substance_use", "ser_c": "primary_care"}
# Each human's jobs: some work in two services, and a denial by name follows them from one to the other.
HUMANS = {"pra_1": ("ser_a",), "pra_2": ("ser_b",), "pra_3": ("ser_b", "ser_c"), "pra_4": ("ser_a", "ser_b")}
ROLES = ("therapist", "keyworker", "prescriber") * 6 + ("gp", "administrator", "privacy_lead")
HOURS = (0, 1, 2, 4, 6, 7)
PROXY, ONESELF = Handle.proxy("pro_1"), Handle.self_("")
KINDS = tuple(policy.categories().values())
ORDINARY = tuple(one for one in KINDS if not one.apart)
APART = policy.categories()["counselling_notes"]


@dataclass(frozen=True, slots=True)
class Row:
    """A record: whose, what it needs, when it was true, who wrote it, and where it was copied from."""

    id: str
    facts: Facts
    needs: int
    occurred_at: datetime
    author: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """A human in one of their jobs, the person themselves, or somebody who may look for them."""

    actor: str
    service: str
    role: str
    purpose: str
    speaks_for: tuple[str, ...]
    every_hat: tuple[str, ...]
    circle: tuple[str, ...] = ()  # the services with which theirs runs a pathway, it among them

    @property
    def ceilings(self) -> tuple[int, int]:
        role = policy.roles()[self.role]
        return role.own, role.other

    @property
    def role_mask(self) -> int:
        return policy.roles()[self.role].mask


@dataclass(frozen=True, slots=True)
class World:
    facts: tuple[Facts, ...]
    rows: tuple[Row, ...]
    readers: tuple[Reader, ...]
    moments: tuple[datetime, ...]

    def questions(self) -> Iterator[tuple[Row, Reader, Question]]:
        """Every reader asks about every record at every moment."""
        for moment in self.moments:
            for reader in self.readers:
                for row in self.rows:
                    yield row, reader, question(row, reader, moment)


@dataclass(frozen=True, slots=True)
class Bias:
    """What a world has more of than others, so that every kind of fact decides often enough."""

    themselves: float = 0.06  # of readers: the person
    proxies: float = 0.06
    emergencies: float = 0.12
    kept: float = 0.1  # of denials: what is kept from the person's own view
    hard: float = 0.4  # of denials
    restricted: float = 0.2  # of registrations
    desks: float = 0.0  # of readers and of needs: whole teams and services
    onward: float = 0.5  # of copies
    teams: float = 0.0  # of recipients
    needs: tuple[int, int] = (12, 18)  # at least, and fewer than, for each registration
    signatures: tuple[int, int] = (5, 11)
    merged: float = 0.0  # of registrations: those whose service registered the same human twice


BIASES = (
    Bias(),
    Bias(themselves=0.25, proxies=0.25, kept=0.7),
    Bias(emergencies=0.5, hard=0.8, teams=0.2),
    Bias(restricted=0.6, desks=0.8, onward=0.8, teams=0.4),
    Bias(restricted=0.0, merged=1.0, teams=0.2, needs=(14, 20)),
)


def question(row: Row, reader: Reader, now: datetime) -> Question:
    own, other = reader.ceilings
    return Question(
        service=reader.service,
        human=Handle.practitioner(reader.actor),
        speaks_for=frozenset(reader.speaks_for),
        every_hat=frozenset(reader.every_hat),
        role=reader.role_mask,
        purpose=policy.purposes()[reader.purpose].mask,
        own_ceiling=own,
        other_ceiling=other,
        now=now,
        needs=row.needs,
        occurred_at=row.occurred_at,
        author=Handle.practitioner(row.author) if row.author else "",
        sources=row.sources,
    )


def world(seed: int, *, rows: int = 20, readers: int = 10, moments: int = 5) -> World:
    """A world of three registrations, one in each service, the same one for the same seed."""
    return drawn(Random(seed), BIASES[seed % len(BIASES)], f"{seed}", rows, readers, moments)


def drawn(draw: Random, bias: Bias, name: str, rows: int, readers: int, moments: int) -> World:
    """A world out of whatever `draw` says; `name` is in its ids."""
    facts = tuple(_facts(draw, bias, f"reg_{name}_{service}", service) for service in SERVICES)
    facts = tuple(_merged(draw, bias, one) if draw.random() < bias.merged else one for one in facts)
    return World(
        facts,
        tuple(_row(draw, bias, facts, f"rec_{name}_{number}") for number in range(rows)),
        tuple(_reader(draw, bias, facts) for _ in range(readers)),
        tuple(sorted({_moment(draw) for _ in range(moments)})),
    )


def _facts(draw: Random, bias: Bias, registration: str, service: str) -> Facts:
    needs = [_need(draw, bias, service) for _ in range(draw.randrange(*bias.needs))]
    if draw.random() < 0.7:
        needs.append(_self(draw, registration, service))
    signatures = [f"{registration}_{number}" for number in range(draw.randrange(*bias.signatures))]
    lines = [line for because in signatures for line in _consent(draw, bias, because)]
    glasses = [Glass(f"gla{registration[3:]}_{number}", _period(draw)) for number in range(draw.choice((0, 0, 1, 2)))]
    return Facts(
        registration,
        service,
        tuple(_addressed(draw, line, registration) for line in lines),
        tuple(needs),
        tuple(glasses),
        draw.choice(("uk", "uk", "us", "us_part2")),
        restricted=draw.random() < bias.restricted,
    )


def _merged(draw: Random, bias: Bias, facts: Facts) -> Facts:
    """The same human a second time in the same service; most was said and is needed at both."""
    again = _facts(draw, bias, f"{facts.registration}_2", facts.service)
    lines = [replace(one, because=f"{one.because}_2") for one in facts.lines if draw.random() < 0.4]
    needs = [one for one in facts.needs if draw.random() < 0.8 and one.kind is not NeedKind.SELF]
    said = (*lines, *(one for one in again.lines if draw.random() < 0.2 and one.effect is Effect.PERMIT))
    twin = replace(again, lines=said, needs=(*needs, *again.needs[:4]), restricted=facts.restricted, pack=facts.pack)
    return replace(facts, twin=twin, confirmed=draw.random() < 0.7)


def _need(draw: Random, bias: Bias, home: str) -> Need:
    service = draw.choice(tuple(SERVICES))
    handle = draw.choice(_handles(service)[:2] if draw.random() < bias.desks else _handles(service))
    made_by = draw.choice((home,) * 6 + (THE_PERSON, *SERVICES))
    kind = draw.choice((NeedKind.CARE_TEAM, NeedKind.REGISTERED, NeedKind.CONSULTATION))
    when, because = _period(draw), _named(draw, "nee")
    if because.endswith(("5", "0")) and because[-2] in "012345678":
        kind = NeedKind.EVALUATION
    return Need(handle, service, kind, made_by, when, because, SERVICES[service])


def _self(draw: Random, registration: str, service: str) -> Need:
    handle = Handle.self_(registration)
    return Need(handle, service, NeedKind.SELF, THE_PERSON, _period(draw), _named(draw, "nee"), SERVICES[service])


def _handles(service: str) -> list[str]:
    there = [human for human, jobs in HUMANS.items() if service in jobs]
    return [
        Handle.service(service),
        Handle.team(f"tea_{service}"),
        *(Handle.caseload(human, service) for human in there),
        *(Handle.caseload(human, service) for human in there),
        *(Handle.practitioner(human) for human in there),
    ]


def _consent(draw: Random, bias: Bias, because: str) -> list[Line]:
    """What one signature says: one line, or a line with an exception to it."""
    first = line(draw, bias, because)
    shape = draw.random()
    if shape < 0.6:
        return [first]
    closed = replace(first, effect=Effect.DENY, onward=False)
    opened = replace(line(draw, bias, because), effect=Effect.PERMIT, hard=False, exception=True)
    return [closed, replace(opened, recipient=closed.recipient if draw.random() < 0.5 else opened.recipient)]


def line(draw: Random, bias: Bias, because: str) -> Line:
    permit = draw.random() < 0.8
    return Line(
        because=because,
        effect=Effect.PERMIT if permit else Effect.DENY,
        recipient=_recipient(draw, bias, permit=permit),
        categories=_categories(draw),
        purposes=_purposes(draw),
        when=_period(draw),
        data=_period(draw) if draw.random() < 0.3 else Period(),
        hard=not permit and draw.random() < bias.hard,
        onward=permit and draw.random() < 0.2,
    )


def _recipient(draw: Random, bias: Bias, *, permit: bool) -> str:
    service = draw.choice(tuple(SERVICES))
    if draw.random() < bias.teams:
        return Handle.team(f"tea_{service}")
    if not permit and draw.random() < bias.kept:
        return ONESELF
    chance = draw.random()
    if permit and chance < 0.55:
        return draw.choice((Handle.service(service), Handle.service(service), Handle.of_class("treating")))
    if chance < 0.65:
        return PROXY
    if chance < 0.8:
        return Handle.practitioner(draw.choice([human for human, jobs in HUMANS.items() if service in jobs]))
    return draw.choice(_handles(service))


def _addressed(draw: Random, line: Line, registration: str) -> Line:
    """With whom a line is about, where that is the person: they look for themselves, and so does their proxy."""
    if line.recipient not in (ONESELF, PROXY):
        return line
    recipient = Handle.self_(registration) if line.recipient == ONESELF else PROXY
    return replace(line, recipient=recipient, purposes=policy.purposes_mask("own_access"))


def _categories(draw: Random) -> int:
    chance = draw.random()
    if chance < 0.1:
        return APART.mask
    if chance < 0.9:
        return policy.all_categories()
    return sum(one.mask for one in draw.sample(KINDS, draw.randrange(1, 12)))


def _purposes(draw: Random) -> int:
    return policy.purposes_mask(
        *draw.choice(
            (
                ("direct_care",),
                ("direct_care",),
                ("direct_care",),
                ("direct_care",),
                ("direct_care", "own_access", "emergency"),
                ("consultation",),
                ("evaluation",),
                ("proceedings",),
                ("direct_care", "proceedings"),
            )
        )
    )


def _row(draw: Random, bias: Bias, facts: Sequence[Facts], row: str) -> Row:
    home, other, third = draw.sample(facts, 3) if draw.random() < 0.5 else facts
    copied = draw.random()
    sources = [_source(draw, bias, one) for one, chance in ((other, 0.24), (third, 0.07)) if copied < chance]
    human = draw.choice(("", *HUMANS))
    return Row(row, home, _needed(draw), _moment(draw), human, tuple(sources))


def _source(draw: Random, bias: Bias, facts: Facts) -> Source:
    return Source(facts, _needed(draw), _moment(draw), onward=draw.random() < bias.onward)


def _needed(draw: Random) -> int:
    if draw.random() < 0.05:
        return APART.mask
    return sum(one.mask for one in draw.sample(ORDINARY, draw.choice((1, 1, 1, 2))))


def _reader(draw: Random, bias: Bias, facts: Sequence[Facts]) -> Reader:
    chance = draw.random()
    if chance < bias.themselves:
        return _oneself(facts[0] if draw.random() < 0.8 else draw.choice(facts))
    if chance < bias.themselves + bias.proxies:
        service = facts[0].service if draw.random() < 0.8 else draw.choice(tuple(SERVICES))
        return Reader("pro_1", service, "proxy", "own_access", (PROXY,), (PROXY,))
    human, service = _somebody(draw, facts)
    role = draw.choice(ROLES)
    purpose = draw.choice(("direct_care",) * 20 + ("consultation", "evaluation", "proceedings", "supervision"))
    own = (Handle.caseload(human, service), Handle.held(human, service))
    circle = (service,) if int(chance * 1_000) % 5 == 0 else tuple(SERVICES)  # of what was drawn: nothing else moves
    named = [Handle.practitioner(human), *(Handle.named(human, one) for one in circle)]
    speaks_for = [*own, *named, Handle.team(f"tea_{service}")]
    if role in ("administrator", "privacy_lead") or draw.random() < bias.desks:
        speaks_for.append(Handle.service(service))
    if draw.random() < 0.2:  # covers for a colleague of the same service
        speaks_for.append(Handle.caseload(draw.choice(tuple(HUMANS)), service))
    if chance > 1 - bias.emergencies:
        purpose = "emergency" if chance > 1 - bias.emergencies / 2 else purpose
        speaks_for += [Handle.glass(one.session) for each in facts for one in each.glasses[:1]]
    hats = [handle for job in HUMANS[human] for handle in _hats(human, job)]
    return Reader(human, service, role, purpose, tuple(speaks_for), (*hats, Handle.practitioner(human)), circle)


def _somebody(draw: Random, facts: Sequence[Facts]) -> tuple[str, str]:
    """A human in one of their jobs; mostly one who has something to do with one of the people."""
    known = facts[: draw.choice((1, 1, 3))]
    needed = [need for one in known for need in one.needs if Handle.kind(need.handle) == "caseload"]
    if needed and draw.random() < 0.8:
        need = draw.choice(needed)
        return Handle.holders([need.handle])[0], need.service
    human = draw.choice(tuple(HUMANS))
    return human, draw.choice(HUMANS[human])


def _hats(human: str, service: str) -> tuple[str, ...]:
    return Handle.caseload(human, service), Handle.service(service), Handle.team(f"tea_{service}")


def _oneself(facts: Facts) -> Reader:
    handle = (Handle.self_(facts.registration),)
    return Reader("per_1", facts.service, "person", "own_access", handle, handle)


def _moment(draw: Random) -> datetime:
    """Mostly late, when most facts already hold; sometimes the very instant at which one begins or ends, or a second
    to either side of it."""
    return START + timedelta(hours=draw.choice(HOURS + (7,) * 16), seconds=draw.choice((0, 0, 0, -1, 1)))


def _period(draw: Random) -> Period:
    start = START + timedelta(hours=draw.choice((0, 0, 0, 0, 1, 2, 4)))
    return Period(start, draw.choice((FOR_EVER,) * 8 + tuple(start + timedelta(hours=hour) for hour in (1, 2, 6, 7))))


def _named(draw: Random, prefix: str) -> str:
    return f"{prefix}_{draw.randrange(10**9)}"
