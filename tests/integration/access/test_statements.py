"""A written-out statement finds what a queryset finds, in the same kinds of values, and notes what leaves."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from alongside.access import queries as allowed
from alongside.access import reading
from alongside.access.statements import Listing, Statement
from alongside.audit import queries as ledger
from alongside.audit.models import Entry
from alongside.contacts.models import Contact
from alongside.journey import queries as journey
from alongside.journey.models import Episode
from alongside.kernel import clock
from alongside.measures.models import Score
from tests import factories, lives

pytestmark = pytest.mark.django_db

EPISODES = Statement(
    "SELECT e.id, e.registration_id, e.needs, e.received_on, e.occurred_at, e.ended_at, e.version"
    " FROM alongside_journey_episode e WHERE {visible:e} ORDER BY e.id",
    id=str,
    registration_id=str,
    needs=int,
    received_on=date,
    occurred_at=datetime,
    ended_at=datetime,
    version=int,
)
CONTACTS = Statement(
    "SELECT c.id, c.needs, c.registration_id, c.occurred_at, c.joint, c.planned FROM alongside_contacts_contact c"
    " WHERE c.state IN (%(states)s) AND {visible:c}"
    " UNION ALL SELECT c.id, 0, '', c.occurred_at, (1 = 0), c.planned FROM alongside_contacts_contact c"
    " WHERE c.occurred_at < %(before)s AND {visible:c} ORDER BY id",
    id=str,
    needs=int,
    registration_id=str,
    occurred_at=datetime,
    joint=bool,
    planned=bool,
)
SCORES = Statement(
    "SELECT m.id, m.value, CAST(NULL AS numeric) AS missing FROM alongside_measures_score m WHERE {visible:m}"
    " ORDER BY m.id",
    id=str,
    value=Decimal,
    missing=Decimal,
)


@pytest.fixture
def therapist():
    """Whoever sees somebody of both services, and has six times."""
    with clock.at(lives.NOW):
        yield lives.seen(lives.joint(factories.partnership())).practitioner


def columns(model, access, *names):
    return list(allowed.visible(access, model.objects.order_by("pk")).values_list(*names))


def test_it_finds_the_same_rows_with_the_same_values(therapist):
    names = ("id", "registration_id", "needs", "received_on", "occurred_at", "ended_at", "version")
    found = allowed.listed(therapist, EPISODES)
    assert len(found) > 1
    assert found == columns(Episode, therapist, *names)
    assert {one.occurred_at.utcoffset().seconds for one in found} == {0}


def test_decimals_and_what_is_empty_are_read_as_the_record_holds_them(therapist):
    found = allowed.listed(therapist, SCORES)
    assert found
    assert [(one.id, str(one.value)) for one in found] == [
        (pk, str(value)) for pk, value in columns(Score, therapist, "pk", "value")
    ]
    assert {one.missing for one in found} == {None}


def test_a_mean_keeps_the_decimals_that_its_cutoff_needs(therapist):
    # 62/27 shows as 2.30 and lies below 2.3: read with two decimals it would be a case.
    Score.objects.filter(pk=Score.objects.order_by("pk").first().pk).update(value=Decimal("2.296296"))
    assert Decimal("2.296296") in {one.value for one in allowed.listed(therapist, SCORES)}


def test_flags_are_flags_and_instants_can_be_asked_for(therapist):
    states = ["kept", "planned"]
    every = columns(Contact, therapist, "occurred_at", "planned")
    found = allowed.looked_up(therapist, CONTACTS, states=states, before=[every[0][0]])
    assert {type(one.joint) for one in found} == {type(one.planned) for one in found} == {bool}
    assert [one for one in found if one.registration_id]
    nothing = allowed.looked_up(therapist, CONTACTS, states=[], before=[every[0][0]])
    assert [one for one in nothing if one.registration_id] == []


def test_what_leaves_is_noted_and_what_is_looked_up_is_not(therapist):
    with reading.reading(therapist, "a list"):
        allowed.looked_up(therapist, EPISODES)
    assert not Entry.objects.filter(subject="a list").exists()
    with reading.reading(therapist, "a list"):
        found = allowed.listed(therapist, EPISODES)
    named = {one.registration_id: [look.act for look in ledger.about(one.registration_id)] for one in found}
    assert named
    assert all(acts[0] == "shown" for acts in named.values())
    assert len(Entry.objects.get(subject="a list").about) == len(named)


@pytest.mark.parametrize(
    "words",
    [
        "SELECT t.id FROM alongside_tasks_task t",
        "SELECT s.id FROM alongside_tasks_task s WHERE {visible:s}",  # the predicate's own name for what was copied
        "SELECT g.id FROM alongside_tasks_task g WHERE {visible:g}",
        "SELECT b.id FROM alongside_tasks_task b WHERE {visible:b}",
        "SELECT S.id FROM alongside_tasks_task S WHERE {visible:S}",  # a name is the same in capitals
    ],
)
def test_a_statement_that_would_leak_is_refused_when_it_is_written(words):
    with pytest.raises(ValueError, match=r"visible|predicate"):
        Statement(words, id=str)


def test_nobody_else_gives_what_the_reader_brings(therapist):
    with pytest.raises(ValueError, match="speaks_for"):
        EPISODES.rows(therapist, {"speaks_for": ["caseload:pra_x"]})


def test_an_empty_list_finds_nothing_not_even_what_nobody_holds(therapist):
    """A holder is empty until there is one: nobody's people are not everybody who waits."""
    Episode.objects.update(practitioner="")
    assert [one.practitioner for one in journey.caseload(access=therapist, practitioners=[""])] == [""]
    assert journey.caseload(access=therapist, practitioners=[]) == []


AMONG = Statement(
    "SELECT c.id, c.needs, c.registration_id FROM alongside_contacts_contact c WHERE c.state IN (%(states)s)"
    " AND c.id NOT IN (%(aside)s) AND c.registration_id IN (%(registrations)s) AND {visible:c} ORDER BY c.id",
    id=str,
    needs=int,
    registration_id=str,
)


@pytest.mark.parametrize("long", [0, 2, 50])
def test_a_long_list_finds_what_a_short_one_does(therapist, monkeypatch, long):
    """One array on PostgreSQL, many places elsewhere."""
    monkeypatch.setattr("alongside.access.statements.LONG", long)
    rows = allowed.visible(therapist, Contact.objects.order_by("pk"))
    first, *others = rows.filter(state="kept")
    given = {"states": ["kept"], "registrations": [first.registration_id, "reg_of", "reg_'}{,%s"]}
    assert [one.id for one in AMONG.rows(therapist, {**given, "aside": [first.pk, "none"]})] == [
        one.pk for one in others if one.registration_id == first.registration_id
    ]
    assert AMONG.rows(therapist, given | {"aside": ["none"], "registrations": ["reg_none", "reg_of", ""]}) == []


def test_among_thousands(therapist):
    rows = allowed.visible(therapist, Contact.objects.order_by("pk"))
    many = [rows[0].registration_id, *(f"reg_{number}" for number in range(3_000))]
    assert list(allowed.among(rows, many)) == list(rows.filter(registration=rows[0].registration_id))
    assert list(allowed.among(rows, [])) == []


MEASURED = Statement(
    "SELECT m.id, m.registration_id, m.needs, m.value, m.occurred_at, (1 = 1) AS sure"
    " FROM alongside_measures_score m WHERE m.instrument IN (%(instruments)s) AND {visible:m} ORDER BY m.id",
    id=str,
    registration_id=str,
    needs=int,
    value=Decimal,
    occurred_at=datetime,
    sure=bool,
)
NOBODYS = Statement(EPISODES.asked + " LIMIT 0", **dict(zip(EPISODES.columns, EPISODES._kinds, strict=True)))


class TestTogether:
    """Several rooms' lists in one trip."""

    def listings(self, therapist, make=sorted):
        return (
            allowed.listing(therapist, EPISODES, make),
            allowed.listing(therapist, NOBODYS, make),
            allowed.listing(therapist, MEASURED, make, instruments=["phq9"]),
        )

    def test_each_finds_what_it_finds_alone_in_the_same_kinds_of_values(self, therapist, django_assert_num_queries):
        alone = [
            EPISODES.rows(therapist, {}),
            [],
            MEASURED.rows(therapist, {"instruments": ["phq9"]}),
        ]
        assert alone[0]
        assert alone[2]
        with django_assert_num_queries(1):
            found = allowed.read_together(*self.listings(therapist))
        assert found == [sorted(one) for one in alone]
        assert [[list(map(type, row)) for row in one] for one in found] == [
            [list(map(type, row)) for row in sorted(one)] for one in alone
        ]
        assert [one._fields for one in found[2]] == [MEASURED.columns] * len(found[2])

    def test_each_room_makes_of_its_rows_what_it_gives_its_readers(self, therapist):
        assert allowed.read_together(*self.listings(therapist, len)) == [
            len(EPISODES.rows(therapist, {})),
            0,
            len(MEASURED.rows(therapist, {"instruments": ["phq9"]})),
        ]

    def test_all_that_leaves_is_noted(self, therapist):
        with reading.reading(therapist, "a list"):
            found = allowed.read_together(*self.listings(therapist))
        noted = Entry.objects.get(subject="a list").about
        assert sum(rows for _pseudonym, _kinds, rows, _records in noted) == sum(map(len, found))

    def test_another_readers_list_is_not_read_beside_it(self, therapist):
        other = factories.partnership().northside.sign_in("therapist")
        with pytest.raises(ValueError, match="one reader"):
            allowed.read_together(allowed.listing(therapist, EPISODES, len), allowed.listing(other, NOBODYS, len))

    def test_one_name_means_one_thing(self, therapist):
        values = {"instruments": ["phq9"], "states": ["kept"], "before": [clock.now()]}
        one = Listing(therapist, MEASURED, {"instruments": values["instruments"]}, len)
        two = Listing(therapist, CONTACTS, values | {"instruments": ["gad7"]}, len)
        with pytest.raises(ValueError, match="'instruments'"):
            allowed.read_together(one, two)

    def test_a_list_is_read_once(self, therapist):
        with pytest.raises(ValueError, match="once"):
            allowed.read_together(allowed.listing(therapist, EPISODES, len), allowed.listing(therapist, EPISODES, len))


@pytest.mark.parametrize(("statement", "model"), [(EPISODES, Episode), (SCORES, Score)])
def test_what_was_put_right_is_in_no_list(therapist, statement, model):
    [wrong, *rest] = statement.rows(therapist, {})
    model.objects.filter(pk=wrong.id).update(superseded_by="another")
    assert statement.rows(therapist, {}) == rest
