"""What several see at one screen is what each of them sees: on drawn worlds, by every way in which rooms read."""

from itertools import combinations
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.access import queries as allowed
from alongside.access import raising, reading, wall
from alongside.access.context import Access
from alongside.audit.models import Entry
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed
from alongside.people import queries as people
from alongside.people.models import Registration
from alongside.tasks.models import Task
from tests import factories
from tests.law import database
from tests.law.comparing import SEED
from tests.law.worlds import World, world

pytestmark = pytest.mark.django_db
WORLDS, ENOUGH = 12, 40


def differences(drawn: World) -> tuple[int, int, int]:
    """Over every two readers of a stored world: how often a way of reading differs from what both see, how many
    records both see, and how many only one does."""
    differing, both, one_alone = 0, 0, 0
    with clock.at(drawn.moments[-1]):
        alone = {reader: database.told(drawn, reader, drawn.moments[-1]) for reader in drawn.readers}
        for one, other in combinations(drawn.readers, 2):
            expected = alone[one] & alone[other]
            access = Access.together(database.access(one), database.access(other))
            differing += sum(seen != expected for seen in database._seen(drawn, access))
            both, one_alone = both + len(expected), one_alone + len(alone[one] ^ alone[other])
    return differing, both, one_alone


@pytest.mark.parametrize("seed", range(WORLDS))
def test_two_see_together_what_both_see(seed):
    drawn = world(SEED + seed, readers=8)
    database.store(drawn)
    differing, both, one_alone = differences(drawn)
    assert differing == 0
    assert both + one_alone > 0


def test_the_worlds_say_something():
    found = []
    for seed in range(WORLDS):
        with transaction.atomic():
            drawn = world(SEED + seed, readers=8)
            database.store(drawn)
            found.append(differences(drawn))
            transaction.set_rollback(True)
    assert sum(both for _, both, _ in found) > ENOUGH
    assert sum(alone for *_, alone in found) > ENOUGH


def test_a_screen_that_asks_for_the_first_alone_is_caught():
    """The planted fault."""
    first = property(lambda self: (self.present or (self,))[:1])
    drawn = world(SEED + 1, readers=8)
    database.store(drawn)
    with patch.object(Access, "each", first):
        assert differences(drawn)[0] > 0


def test_three_see_together_what_all_see():
    drawn = world(SEED + 3, readers=6)
    database.store(drawn)
    moment = drawn.moments[-1]
    with clock.at(moment):
        for some in combinations(drawn.readers, 3):
            expected = set.intersection(*(database.told(drawn, one, moment) for one in some))
            for seen in database._seen(drawn, Access.together(*map(database.access, some))):
                assert seen == expected


class TestAScreen:
    """Of a therapist and a keyworker, about somebody on a joint journey."""

    @pytest.fixture
    def together(self, person):
        return Access.together(person.therapist, person.keyworker)

    def test_a_page_of_a_room_shows_what_both_may_see(self, person, together):
        own = factories.registered(person.world.northside, given_name="Ola")
        asked = [person.northside, person.riverside, own]
        seen = {one: set(people.headers(asked, access=one)) for one in (person.therapist, person.keyworker)}
        both = set.intersection(*seen.values())
        assert set(people.headers(asked, access=together)) == both == set(people.known(asked, access=together))
        assert own in seen[person.therapist] - both

    def test_whoever_joins_is_asked_too(self, person, together):
        stranger = person.world.riverside.sign_in("step2_practitioner")
        more = Access.together(together, stranger, person.keyworker)
        assert more.present == (person.therapist, person.keyworker, stranger)
        assert people.headers([person.northside], access=together)
        assert not people.headers([person.northside], access=more)

    def test_the_gate_asks_everybody(self, person, together):
        assert allowed.opens(together, person.northside, "plan")
        own = factories.registered(person.world.northside, given_name="Ola")
        assert allowed.opens(person.therapist, own, "plan")
        assert not allowed.opens(together, own, "plan")

    def test_why_is_said_of_what_all_see(self, person, together):
        kinds = {one.kind for one in allowed.why([person.northside], access=together)}
        assert kinds == {one.kind for one in allowed.why([person.northside], access=person.keyworker)} & {
            one.kind for one in allowed.why([person.northside], access=person.therapist)
        }

    def test_the_ledger_names_everybody_present(self, person, together):
        reading.read(together, "meeting", lambda: people.headers([person.northside], access=together))
        rows = list(Entry.objects.filter(act="shown", subject="meeting").order_by("pk"))
        assert [(one.actor, one.service, one.role) for one in rows] == [
            (one.actor, one.service, one.role) for one in (person.therapist, person.keyworker)
        ]
        assert all(one.detail["present"] == [person.therapist.actor, person.keyworker.actor] for one in rows)

    def test_nobody_acts_as_several(self, together):
        with pytest.raises(NotAllowed):
            together.check_may("consent")

    def test_one_alone_is_one(self, person):
        assert Access.together(person.therapist, person.therapist) == person.therapist

    def test_a_purpose_is_everybodys(self, person, together):
        assert {one.purpose for one in together.for_purpose("consultation").each} == {"consultation"}
        assert policy.purposes()["consultation"].mask == together.for_purpose("consultation").purpose_mask


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row-level security.")
class TestBehindTheWall:
    """A query that asks nobody sees what all of them see, and nothing for the first of them."""

    @pytest.mark.parametrize("seed", range(WORLDS))
    def test_who_forgets_sees_what_both_see(self, seed):
        drawn = world(SEED + seed, readers=8)
        database.store(drawn)
        assert differences_behind(drawn) == 0

    def test_three_too_and_with_the_predicate(self):
        drawn = world(SEED + 3, readers=6)
        database.store(drawn)
        moment = drawn.moments[-1]
        with clock.at(moment):
            for some in combinations(drawn.readers, 3):
                expected = set.intersection(*(database.told(drawn, one, moment) for one in some))
                access = Access.together(*map(database.access, some))
                with wall.around(access):
                    assert set(Task.objects.values_list("pk", flat=True)) == expected
                    assert set(allowed.visible(access, Task.objects.all()).values_list("pk", flat=True)) == expected

    def test_a_wall_for_the_first_alone_is_caught(self):
        """The planted fault."""
        honest = wall.of_several
        with patch.object(wall, "of_several", lambda words: honest(words).replace("w.place", "1")):
            raising.put_up()
        drawn = world(SEED + 1, readers=8)
        database.store(drawn)
        assert differences_behind(drawn) > 0

    def test_who_is_alone_afterwards_is_alone(self, person):
        """Whoever looked before in the same transaction leaves nothing behind."""
        own = factories.registered(person.world.northside, given_name="Ola")
        together = Access.together(person.therapist, person.keyworker)
        for access, seen in ((person.therapist, True), (together, False), (person.therapist, True)):
            with wall.around(access):
                assert Registration.objects.filter(pk=own).exists() is seen
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {wall.READERS}")
            assert not Registration.objects.exists()
            cursor.execute("SET LOCAL ROLE NONE")

    def test_a_setting_of_one_of_them_that_is_missing_closes_everything(self, person):
        together = Access.together(person.therapist, person.keyworker)
        for name in wall.KINDS:
            with wall.around(together), connection.cursor() as cursor:
                assert Registration.objects.exists()
                cursor.execute(f"SET LOCAL alongside.{name}_2 = ''")
                assert not Registration.objects.exists()

    def test_a_step_past_the_wall_comes_back_to_all_of_them(self, person):
        own = factories.registered(person.world.northside, given_name="Ola")
        with wall.around(Access.together(person.therapist, person.keyworker)):
            with wall.past("access.log"):
                assert Registration.objects.filter(pk=own).exists()
            assert not Registration.objects.filter(pk=own).exists()

    def test_several_read_and_write_nothing(self, person):
        with wall.around(Access.together(person.therapist, person.keyworker)), connection.cursor() as cursor:
            for words in ("UPDATE access_grant SET opens = -1", "SELECT password FROM alongside_organisations_user"):
                with pytest.raises(DatabaseError), transaction.atomic():
                    cursor.execute(words)

    def test_a_part_is_seen_with_its_record(self):
        part, record = (wall.policies()[one] for one in ("alongside_safety_riskanswer", Task._meta.db_table))
        assert wall.of_several(part) == part
        assert wall.of_several(record) != record


def differences_behind(drawn: World) -> int:
    """For how many pairs of readers the wall alone lets through something else than what both see."""
    moment, differing = drawn.moments[-1], 0
    with clock.at(moment):
        for one, other in combinations(drawn.readers, 2):
            with wall.around(Access.together(database.access(one), database.access(other))):
                seen = set(Task.objects.values_list("pk", flat=True))
            differing += seen != database.told(drawn, one, moment) & database.told(drawn, other, moment)
    return differing
