"""The programs that measure access, on a world of a few people: what they look at, and what they catch."""

import pytest
from django.db import connection

from alongside.access.models import Grant
from alongside.kernel import clock
from benchmarks import access, consents, data, entries, lists, readers, shapes, staff
from benchmarks.seeder import Seeder

PEOPLE = [one for one in range(staff.BLOCK - 2) if one // 10 % 8 == 0] + [staff.BLOCK - 2, staff.BLOCK - 1]
EVERY = {"0.01 %": 25, "1 %": 5, "100 %": 1}


@pytest.fixture
def world(db, monkeypatch):
    """A few people, and readers to whom one in twenty-five, one in five and everybody is open."""
    monkeypatch.setattr(readers, "SHARES", EVERY)
    seeder = Seeder(staff.set_up(staff.BLOCK))
    with clock.at(staff.NOW):
        seeder.write(PEOPLE)
        yield


@pytest.fixture
def known(world):
    ids = readers.everybody()
    return readers.readers(ids), ids


def test_nineteen_people_are_twenty_registrations(world):
    held = data.holds()

    assert data.people_for(1_000_000) == 950_000
    assert held.registrations == len(PEOPLE) + held.journeys
    assert held.records > 15 * held.registrations
    assert held.open_tasks > 0
    assert consents.grants_each() >= 2
    Grant.objects.all().delete()
    assert consents.grants_each() == 0  # those without a grant count too


def test_what_is_measured_is_what_is_open(known):
    found, ids = known

    for share, every in EVERY.items():
        costs = [shapes.cost(share, shape, found[share], ids, turns=2) for shape in shapes.shapes(found[share])]
        assert [one.wrong for one in costs] == [0] * len(costs)
        assert len(found[share].of(ids)) in (len(ids) // every, len(ids) // every + 1)
    decided = consents.decided(found["100 %"], ids)
    assert decided.differing == 0
    assert 0 < decided.permits < decided.decisions  # some said no to the notes
    again = consents.recomputed(many=3)
    assert (again.times, again.wrong) == (6, 0)
    assert entries.written(found["100 %"], ids, pages=2).missing == 0


def test_every_list_is_looked_at(known):
    found, _ = known
    looked = lists.begun(lists.signed_in(), lists.unit(found["100 %"]))

    assert {one.page for one in looked} == {*lists.LISTS, *(f"{lists.FIND} {text}" for text in lists.SEARCHES)}
    assert {one.role for one in looked} == {*lists.SEEDED, *lists.ADDED}
    assert all("SELECT" in one.words for one in looked)
    assert all(0 <= one.read <= shapes.START for one in looked)


def test_every_promise_of_access_is_printed(world, capsys):
    assert access._measured() in (True, False)  # times are for a quiet machine; what is counted is tested above
    printed = capsys.readouterr().out

    for what in ("grants of a registration", "CPU ms", "registrations' worth", "decide: a second", "ms, median"):
        assert what in printed
    assert "MISSED" not in printed
    assert connection.vendor in printed
