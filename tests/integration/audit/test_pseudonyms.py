"""The ledger names nobody: a keyed hash stands for each registration, in its tables, in its lines and in an export."""

import json
from datetime import timedelta

import pytest
from django.db import transaction

from alongside.access import reading
from alongside.audit import actions, queries, rules
from alongside.audit.models import Entry, Mention, Pseudonym
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.ids import is_id
from alongside.people import queries as people
from tests import factories
from tests.racing import on_postgresql, overlapping

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return factories.partnership()


@pytest.fixture
def person(world):
    return factories.registered(world.northside)


def columns(model):
    return [str(value) for row in model.objects.values_list() for value in row]


def test_no_table_of_entries_and_no_line_holds_a_registration(person):
    actions.number()
    said = [*columns(Entry), *columns(Mention), *queries.lines()]
    assert said
    assert [one for one in said if person in one] == []
    assert [one for one in columns(Pseudonym) if person in one]  # it could have been found, then


@pytest.mark.parametrize("numbered", [False, True])
def test_who_looked_is_found_by_the_registration_at_once_and_later(world, person, numbered):
    if numbered:
        actions.number()
    assert Mention.objects.exists() is numbered
    other = factories.registered(world.northside)
    assert {one.act for one in queries.about(person)} == {"people.register"}
    newest = queries.newest(acts=["people.register"], since=_long_ago())
    assert [one.registration for one in newest] == [other, person]
    [service] = {one.service for one in newest}
    assert queries.newest(acts=["people.register"], since=_long_ago(), service=service) == newest
    assert queries.newest(acts=["people.register"], since=_long_ago(), service="ser_else") == []


@pytest.mark.parametrize("numbered", [0, 1, 3])
def test_who_was_shown_something_is_the_same_whatever_waits(world, person, numbered):
    """Each practitioner once, with their last look, whether that has its position yet or not."""
    begun = clock.now()
    for minute, role in enumerate(["therapist", "duty_worker", "therapist"]):
        reader = world.northside.sign_in(role)
        with clock.at(begun + timedelta(minutes=minute)):
            reading.read(reader, "people.person", lambda reader=reader: people.header(person, access=reader))
            if minute < numbered:
                actions.number()
    seen = queries.seen_since(person, since=begun, kinds=2**20 - 1)
    assert [(one.role, one.last) for one in seen] == [
        ("therapist", begun + timedelta(minutes=2)),
        ("duty_worker", begun + timedelta(minutes=1)),
    ]
    assert queries.seen_since(person, since=begun, kinds=2**40) == []


def _long_ago():
    return Entry.objects.earliest("at").at


def test_without_its_secret_an_entry_leads_to_nobody_and_still_verifies(person):
    actions.number()
    actions.sign()
    Pseudonym.objects.filter(registration=person).delete()
    assert queries.about(person) == []
    assert person not in {one.registration for one in queries.newest(acts=["people.register"], since=_long_ago())}
    assert list(queries.problems()) == []


def test_each_registration_has_a_secret_of_its_own(world, person):
    factories.registered(world.northside)
    rows = list(Pseudonym.objects.all())
    assert len({one.secret for one in rows}) == len({one.pseudonym for one in rows}) == len(rows) >= 2
    for one in rows:
        assert one.pseudonym == rules.pseudonym(one.secret, one.registration)
        assert is_id(one.secret[:24], "key")
        assert is_id(one.secret[24:], "key")


def test_a_registration_is_hidden_wherever_an_act_says_it(person):
    with transaction.atomic():
        actions.append(
            actor="pra_x",
            role="therapist",
            service="",
            purpose="direct_care",
            act="test",
            subject=person,
            about={person: actions.Shown()},
            detail={"to": person, "all": [person, "ser_1"], "more": {"one": person}, "count": 2},
        )
    entry = Entry.objects.get(act="test")
    known = Pseudonym.objects.get(registration=person).pseudonym
    assert (entry.subject, entry.detail) == (
        known,
        {"to": known, "all": [known, "ser_1"], "more": {"one": known}, "count": 2},
    )


class TestDisclosure:
    @pytest.fixture
    def shown(self, world, person):
        reader = world.northside.sign_in("therapist")
        reading.read(reader, "people.person", lambda: people.header(person, access=reader))
        return Entry.objects.get(act="shown")

    def test_it_says_by_which_policy(self, shown):
        assert shown.detail == {"policy": policy.edition()}

    def test_it_says_which_records_by_keyed_hashes(self, shown, person):
        """Whoever holds the id of a record and the secret can tell whether it was shown; nobody else can."""
        known = Pseudonym.objects.get(registration=person)
        [[pseudonym, _kinds, rows, records]] = shown.about
        assert pseudonym == known.pseudonym
        assert len(records.split()) == rows > 0
        assert records.split() == rules.record_hashes(known.secret, [person])  # who somebody is has their own id
        assert records.split() != rules.record_hashes("another", [person])

    def test_its_line_holds_all_of_it(self, shown):
        actions.number()
        line = json.loads(list(queries.lines())[-1])
        assert line["mentions"] == shown.about
        assert line["form"] == rules.FORM


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_name_somebody_for_the_first_time_give_one_secret():
    def name():
        with transaction.atomic():
            actions.append(
                actor="pra_x",
                role="therapist",
                service="",
                purpose="direct_care",
                act="test",
                about={"reg_new": actions.Shown()},
            )

    assert overlapping(name, name) == (None, None)
    assert Pseudonym.objects.filter(registration="reg_new").count() == 1
    assert len(queries.about("reg_new")) == 2
    assert list(queries.problems()) == []
