"""A drawn world in the database, and what the predicate lets each reader see of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from alongside.access import actions, wall
from alongside.access.context import Access
from alongside.access.models import Anchor, Glass, Line, Need, Place, Source
from alongside.access.queries import visible
from alongside.access.rules import Facts, decide
from alongside.access.statements import Statement
from alongside.kernel import clock
from alongside.kernel.ids import new_id
from alongside.tasks.models import Task
from tests.law.worlds import SERVICES, START, Reader, Row, World, question

BY = Access.system("law")
WRITTEN = Statement(
    "SELECT t.id FROM alongside_tasks_task t WHERE t.registration_id IN (%(of)s) AND {visible:t}", id=str
)


def store(world: World) -> None:
    """The world's facts, compiled by the action that always does it, and its records."""
    everybody = [one for facts in world.facts for one in (facts, facts.twin) if one]
    for facts in everybody:
        kind = SERVICES[facts.service]
        Place.objects.update_or_create(pk=facts.service, defaults={"kind": kind, "pack": facts.pack})
        Anchor.objects.create(id=facts.registration, service=facts.service, restricted=facts.restricted)
        _facts(facts)
    for facts in world.facts:
        if facts.twin:
            pair = {facts.registration: facts.twin.registration, facts.twin.registration: facts.registration}
            for one, other in pair.items():
                Anchor.objects.filter(pk=one).update(twin=other, confirmed=facts.confirmed)
        with clock.at(START - timedelta(hours=1)):
            actions.recompile(registration=facts.registration, by=BY)
    Task.objects.insert(_task(row) for row in world.rows)
    Source.objects.insert(
        Source(
            record=row.id,
            registration_id=one.facts.registration,
            needs=one.needs,
            occurred_at=one.occurred_at,
            onward=one.onward,
        )
        for row in world.rows
        for one in row.sources
    )


def _facts(facts: Facts) -> None:
    Line.objects.insert(
        Line(
            registration_id=facts.registration,
            because=one.because,
            effect=one.effect.value,
            recipient=one.recipient,
            categories=one.categories,
            purposes=one.purposes,
            from_at=one.when.start,
            until_at=one.when.end,
            data_from=one.data.start,
            data_until=one.data.end,
            hard=one.hard,
            exception=one.exception,
            onward=one.onward,
        )
        for one in facts.lines
    )
    Need.objects.insert(
        Need(
            registration_id=facts.registration,
            handle=one.handle,
            service=one.service,
            kind=one.kind.value,
            made_by=one.made_by,
            because=one.because,
            from_at=one.when.start,
            until_at=one.when.end,
        )
        for one in facts.needs
    )
    Glass.objects.insert(
        Glass(id=one.session, registration_id=facts.registration, from_at=one.when.start, until_at=one.when.end)
        for one in facts.glasses
    )


def _task(row: Row) -> Task:
    return Task(
        id=row.id,
        registration_id=row.facts.registration,
        service=row.facts.service,
        needs=row.needs,
        author=row.author,
        occurred_at=row.occurred_at,
        room="law",
        about=new_id("law"),
        kind="law",
        holder_team="tea",
        due_at=row.occurred_at,
    )


def access(reader: Reader) -> Access:
    own, other = reader.ceilings
    return Access(
        reader.actor,
        reader.role,
        reader.service,
        reader.purpose,
        speaks_for=reader.speaks_for,
        every_hat=reader.every_hat,
        own=own,
        other=other,
    )


def differences(world: World) -> Iterator[tuple[Reader, datetime, set[str]]]:
    """Where `decide` and the predicate differ: the records that only one of both opens, for each reader and moment."""
    for moment in world.moments:
        with clock.at(moment):
            for reader in world.readers:
                permitted = told(world, reader, moment)
                for seen in _seen(world, access(reader)):
                    if seen != permitted:
                        yield reader, moment, seen ^ permitted


def told(world: World, reader: Reader, moment: datetime) -> set[str]:
    """What `decide` opens to a reader at a moment."""
    return {row.id for row in world.rows if decide(row.facts, question(row, reader, moment)).permitted}


def forgetful(world: World) -> Iterator[tuple[Reader, datetime, set[str]]]:
    """As `differences`, for a query that asks for everything and relies on the second wall."""
    for moment in world.moments:
        with clock.at(moment):
            for reader in world.readers:
                with wall.around(access(reader)):
                    seen = set(Task.objects.values_list("pk", flat=True))
                if differing := seen ^ told(world, reader, moment):
                    yield reader, moment, differing


def _seen(world: World, reader: Access) -> Iterator[set[str]]:
    """By both ways in which rooms read: a queryset, and a statement that is written out."""
    registrations = [facts.registration for facts in world.facts]
    yield set(visible(reader, Task.objects.filter(registration__in=registrations)).values_list("pk", flat=True))
    yield {one.id for one in WRITTEN.rows(reader, {"of": registrations})}
