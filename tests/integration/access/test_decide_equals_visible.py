"""The law of access: the predicate in the database permits exactly what `decide` permits.

Worlds are drawn at random: two services, three readers in two jobs, lines and denials, needs that count and needs
that do not, sources, time. `decide` reads the same facts as rows that `compile_facts` turned into grants and bars.
"""

import random
from datetime import UTC, datetime, timedelta

import pytest

from alongside.access import actions, predicate, rules
from alongside.access.context import Access
from alongside.access.models import Anchor, Source
from alongside.access.queries import visible
from alongside.access.rules import THE_PERSON, Effect, Facts, Line, Need, NeedKind
from alongside.access.statements import Statement
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.ids import new_id
from alongside.kernel.periods import FOR_EVER, Period
from alongside.tasks.models import Task
from benchmarks.afterwards import question

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SERVICES = ["ser_a", "ser_b"]
READERS = {"pra_1": "ser_a", "pra_2": "ser_b", "pra_3": "ser_b"}
BY = Access.system("test")
WRITTEN = "SELECT t.id FROM alongside_tasks_task t WHERE t.registration_id IN (%(of)s) AND {visible:t}"
WORLDS = 40
RECORDS = 6


def moment(draw: random.Random) -> datetime:
    """Mostly late, when most facts already hold; sometimes the very instant at which one begins or ends."""
    return START + timedelta(hours=draw.choice([0, 1, 2, 4, 6, 6, 7, 7, 7]))


def beginning(draw: random.Random) -> datetime:
    return START + timedelta(hours=draw.choice([0, 0, 0, 0, 1, 2, 4, 6]))


def period(draw: random.Random) -> Period:
    start = beginning(draw)
    return Period(start, draw.choice([FOR_EVER] * 4 + [start + timedelta(hours=draw.choice([1, 2, 6, 7]))]))


def handles(service: str) -> list[str]:
    readers = [reader for reader, where in READERS.items() if where == service]
    return [
        f"service:{service}",
        f"team:t_{service}",
        *(f"caseload:{r}" for r in readers),
        *(f"practitioner:{r}" for r in readers),
    ]


def mask(draw: random.Random, most: int = 12) -> int:
    return sum(1 << bit for bit in draw.sample(range(13), draw.randrange(1, most)))


def a_line(draw: random.Random) -> Line:
    effect = draw.choice([Effect.PERMIT] * 4 + [Effect.DENY])
    recipient = draw.choice(handles(draw.choice(SERVICES)))
    if effect is Effect.PERMIT and recipient.startswith("caseload"):
        recipient = f"service:{SERVICES[1]}"
    categories = policy.all_categories() if draw.random() < 0.6 else mask(draw)
    purposes = policy.purposes_mask(draw.choice(["direct_care", "direct_care", "consultation", "evaluation"]))
    return Line(new_id("cns"), effect, recipient, categories, purposes, period(draw), Period(), draw.random() < 0.1)


def a_need(draw: random.Random) -> Need:
    service = draw.choice(SERVICES)
    made_by = draw.choice([*SERVICES, THE_PERSON, THE_PERSON])
    return Need(draw.choice(handles(service)), service, NeedKind.CARE_TEAM, made_by, period(draw), new_id("jou"))


def facts(draw: random.Random) -> Facts:
    lines = tuple(a_line(draw) for _ in range(draw.randrange(1, 6)))
    needs = tuple(a_need(draw) for _ in range(draw.randrange(4, 10)))
    return Facts(new_id("reg"), draw.choice(SERVICES), lines, needs)


def store(world: Facts) -> None:
    actions.anchor(registration=world.registration, service=world.service, by=BY)
    for line in world.lines:
        actions.replace_lines(registration=world.registration, because=line.because, lines=[line], by=BY)
    for need in world.needs:
        with clock.at(need.when.start):
            actions.add_need(
                registration=world.registration,
                handle=need.handle,
                service=need.service,
                kind=need.kind,
                made_by=need.made_by,
                because=need.because,
                until=need.when.end,
                by=BY,
            )
    # The needs were made in the future; what is over by then still counts at the earlier times that are asked about.
    actions.recompile(registration=world.registration, by=BY)


def a_record(draw: random.Random, world: Facts, other: Facts) -> tuple[Task, tuple[rules.Source, ...]]:
    occurred = moment(draw)
    task = Task.objects.create(
        registration_id=world.registration,
        service=world.service,
        needs=mask(draw, 3),
        occurred_at=occurred,
        room="test",
        about=new_id("abo"),
        kind="test",
        holder_team="tea",
        due_at=occurred,
    )
    if draw.random() < 0.7:
        return task, ()
    source = rules.Source(other, mask(draw, 3), moment(draw))
    Source.objects.create(
        record=task.pk, registration_id=other.registration, needs=source.needs, occurred_at=source.occurred_at
    )
    return task, (source,)


def a_reader(draw: random.Random) -> Access:
    name = draw.choice(list(READERS))
    service = READERS[name]
    role = policy.roles()[draw.choice(["therapist", "therapist", "keyworker", "administrator", "gp"])]
    speaks = (f"caseload:{name}", f"practitioner:{name}", f"team:t_{service}")
    if draw.random() < 0.3:
        speaks = (*speaks, f"service:{service}")
    purpose = draw.choice(["direct_care", "direct_care", "consultation", "evaluation"])
    hats = (f"practitioner:{name}", f"caseload:{name}", f"service:{service}", f"team:t_{service}")
    return Access(name, role.key, service, purpose, speaks, hats, role.own, role.other)


def disagreements(seed: int) -> int:
    """Decisions of one drawn world in which the predicate and `decide` differ."""
    draw = random.Random(seed)
    with clock.at(START - timedelta(hours=1)):
        world, other = facts(draw), facts(draw)
        store(world)
        store(other)
    records = [a_record(draw, world, other) for _ in range(RECORDS)]
    mistakes = random.Random(f"mistakes {seed}")
    put_right = {task.pk for task, _ in records if mistakes.random() < 0.2}
    Task.objects.filter(pk__in=put_right).update(superseded_by="another")
    wrong = 0
    for _ in range(10):
        reader, now = a_reader(draw), moment(draw)
        expected = {t.pk for t, s in records if rules.decide(world, question(reader, t, s, now)).permitted} - put_right
        with clock.at(now):
            seen = set(
                visible(reader, Task.objects.filter(registration=world.registration)).values_list("pk", flat=True)
            )
            written = {one.id for one in Statement(WRITTEN, id=str).rows(reader, {"of": [world.registration]})}
        wrong += len(seen ^ expected) + len(written ^ expected)
    return wrong


@pytest.mark.parametrize("seed", range(WORLDS))
def test_the_predicate_permits_what_decide_permits(seed: int) -> None:
    assert disagreements(seed) == 0


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("(b.closes & ", "(0 & "),  # denials forgotten
        ("(g.opens & ", "(-1 & "),  # any grant opens everything
        ("< g.until_at", "<= g.until_at"),  # a grant that outlives its end by an instant
        ("(g.purposes & ", "(-1 & "),  # the purpose ignored
        ("CASE WHEN", "CASE WHEN 1 = 1 OR"),  # everybody is of the own service
        ("access_source s WHERE", "access_source s WHERE 1 = 0 AND"),  # copies forget where they came from
    ],
)
def test_a_planted_fault_is_caught(monkeypatch: pytest.MonkeyPatch, right: str, wrong: str) -> None:
    honest = predicate.sql
    assert right in honest("i", "r", "s", "n", "o")
    monkeypatch.setattr(predicate, "sql", lambda *names: honest(*names).replace(right, wrong))
    assert any(disagreements(seed) for seed in range(WORLDS))


def test_the_worlds_are_worth_drawing() -> None:
    """At least three in ten decisions are permits, and each reason decides some: else the law above says little."""
    reasons: dict[rules.Reason, int] = {}
    for seed in range(WORLDS):
        draw = random.Random(seed)
        world = facts(draw)
        for _ in range(60):
            reader, now = a_reader(draw), moment(draw)
            task = Task(needs=mask(draw, 3), occurred_at=moment(draw))
            reason = rules.decide(world, question(reader, task, (), now)).reason
            reasons[reason] = reasons.get(reason, 0) + 1
    permits = reasons[rules.Reason.CONSENT] + reasons[rules.Reason.OWN_SERVICE]
    assert permits / sum(reasons.values()) > 0.3
    assert min(reasons.get(one, 0) for one in rules.Reason if one is not rules.Reason.SOURCE) >= 20


def test_every_change_of_facts_counts_in_the_epoch() -> None:
    world = Facts(new_id("reg"), "ser_a", (), (a_need(random.Random(1)),))
    store(world)
    before = Anchor.objects.get(pk=world.registration).epoch
    actions.replace_lines(registration=world.registration, because="cns_x", lines=[a_line(random.Random(2))], by=BY)
    assert Anchor.objects.get(pk=world.registration).epoch == before + 1
