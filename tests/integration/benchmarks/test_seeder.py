"""What the benchmark's seeder writes in bulk is what the actions write for the same people, row for row."""

import pytest
from django.db import connection, transaction

from alongside.kernel.ids import seeded_ids
from benchmarks import staff, who, writing
from benchmarks.lives import AWAY, SHAPES, WAITING, Walk, template_of
from benchmarks.seeder import Seeder, seed_of
from benchmarks.template import Undone, fields, opened, rows_of, sealed

# Every shape, joint journeys whose ids rise and fall, and 13 and 413, who live one life with different staff.
PEOPLE = (0, 10, 20, 21, 62, 13, 413, 579, 200, 201, 378, 379)
ALIKE = (13, 413)


@pytest.fixture
def world(db):
    return staff.set_up(600)


def everything() -> dict[str, dict[object, tuple[object, ...]]]:
    """Every row of every room. A sealed text is opened: its token holds the time and randomness of the cipher."""
    return {
        model.__name__ + model._meta.app_label: {key: _opened(model, row) for key, row in rows_of(model).items()}
        for model in writing.tables()
    }


def _opened(model, row):
    named = dict(zip((field.attname for field in fields(model)), row, strict=True))
    return tuple(
        opened(field, value, named) if sealed(field) and value else value
        for field, value in zip(fields(model), row, strict=True)
    )


def lived(world, people) -> tuple[dict[str, dict[object, tuple[object, ...]]], list[int]]:
    """The rows and last numbers after these people lived through the actions; then it is undone."""
    models = writing.tables()
    before = writing.last_numbers(models)
    try:
        with transaction.atomic():
            for person in people:
                with seeded_ids(seed_of(person)):
                    Walk(person, world, who.identity(person)).go()
            found, last = everything(), writing.last_numbers(models)
            raise Undone
    except Undone:
        writing.set_last_numbers(models, before)
    return found, last


def test_bulk_rows_equal_lived_rows(world):
    expected, numbers = lived(world, PEOPLE)

    seeder = Seeder(world)
    seeder.write(PEOPLE)

    written = everything()
    for table, rows in expected.items():
        assert written[table] == rows, table
    assert writing.last_numbers(writing.tables()) == numbers
    connection.check_constraints()
    _the_sample_says_something(seeder)
    assert 0 < len(written["ReportedUsealongside_referral"]) < len(written["ReceivedReferralalongside_referral"])


def _the_sample_says_something(seeder):
    """Every shape of life, and a joint one with its ids in each order."""
    assert {template_of(person)[0] for person in PEOPLE} == {*SHAPES, *AWAY, *WAITING.values()}
    assert {seeder._ids(person)[0].rises() for person in PEOPLE if template_of(person)[0] == "joint"} == {True, False}


@pytest.mark.parametrize("spoil", ["name", "id"])
def test_a_seeder_that_mixes_people_up_is_caught(world, monkeypatch, spoil):
    expected, _ = lived(world, ALIKE)
    if spoil == "name":
        monkeypatch.setattr(who, "of", lambda person, world: who.slots(who.identity(0), *_staff(person, world)))
    else:
        monkeypatch.setattr("benchmarks.seeder.seed_of", lambda person: who.SEED + person + 1)

    Seeder(world).write(ALIKE)

    assert everything() != expected


def _staff(person, world):
    return world.northside.of(person), world.riverside.of(person)
