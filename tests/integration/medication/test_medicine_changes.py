"""A change of medicine is told, seen where the person opened medicines, put right, and taken out of a wrong record."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.audit.models import Entry
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Duplicate, Invalid, NotAllowed, NotThere, Several, Stale
from alongside.medication import actions, queries
from alongside.medication.models import MedicineChange
from alongside.medication.rules import Told
from alongside.people import queries as people
from alongside.people.rules import Correcting
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.listings import listed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 6, 10, tzinfo=UTC)  # before noon
TODAY = NOW.date()
WHY = Correcting("A slip of the pen")
STARTED = Told("Sertraline", "started", TODAY, "50 mg")
MORE = Told("Sertraline", "dose_changed", TODAY, "100 mg", "prescriber")


@pytest.fixture(autouse=True)
def _friday_morning():
    with clock.at(NOW):
        yield


@pytest.fixture
def tell(person, therapist):
    def record(told=STARTED, **changes):
        return actions.record(**{"registration": person.northside, "told": told, "by": therapist} | changes)

    return record


def changes(person, access):
    return listed(queries.listing([person.northside], access=access))


def medicines(person, access):
    return [(one.medicine, one.what) for one in changes(person, access)]


class TestTelling:
    def test_it_is_kept_as_it_was_told(self, tell, person, therapist):
        made = tell(Told(" Methadone", "dose_changed", date(2026, 1, 5), "30 ml ", "prescriber"))
        [found] = changes(person, therapist)
        assert (found.id, found.medicine, found.what, found.dose) == (made, "Methadone", "dose_changed", "30 ml")
        assert (found.day, found.source, found.author) == (date(2026, 1, 5), "prescriber", therapist.actor)
        assert found.at == datetime(2026, 1, 5, 12, tzinfo=UTC)

    def test_the_newest_is_first(self, tell, person, therapist):
        tell(Told("Diazepam", "stopped", date(2019, 5, 1)))
        tell(STARTED)
        assert medicines(person, therapist) == [("Sertraline", "started"), ("Diazepam", "stopped")]

    def test_it_is_entered_in_the_ledger(self, tell):
        made = tell()
        assert Entry.objects.filter(act="medication.record", subject=made).count() == 1

    def test_the_same_form_twice_is_one(self, tell, person, therapist):
        first = tell(submission="sub_1")
        with pytest.raises(Duplicate) as repeated:
            tell(submission="sub_1")
        assert repeated.value.existing == first
        assert len(medicines(person, therapist)) == 1

    def test_what_is_wrong_is_named_and_nothing_is_kept(self, tell, person, therapist):
        with pytest.raises(Several) as refused:
            tell(Told("", "dose_changed", TODAY))
        assert [one.field for one in refused.value.problems] == ["medicine", "dose"]
        assert medicines(person, therapist) == []

    def test_nothing_changed_before_they_were_born(self, tell, person, therapist):
        before = Told("Sertraline", "started", factories.SOMEBODY.birth_date - timedelta(days=1))
        with pytest.raises(Invalid, match="before they were born") as refused:
            tell(before)
        assert (refused.value.field, medicines(person, therapist)) == ("day", [])
        with pytest.raises(Invalid, match="before they were born"):
            actions.correct(change=tell(), told=before, why=WHY, by=therapist)
        assert len(medicines(person, therapist)) == 1

    def test_the_desk_tells_no_change(self, tell, person):
        with pytest.raises(NotAllowed):
            tell(by=person.world.northside.sign_in("administrator"))


class TestPuttingRight:
    def test_a_slip_is_put_right(self, tell, person, therapist):
        made = tell()
        new = actions.correct(change=made, told=MORE, why=WHY, by=therapist)
        [found] = changes(person, therapist)
        assert (found.id, found.what, found.dose, found.at) == (new, "dose_changed", "100 mg", NOW)
        assert not queries.change(made, access=therapist).stands
        [noted] = people.corrections([person.northside], access=therapist)
        assert (noted.record, noted.replacement) == (made, new)

    def test_about_somebody_else_it_leaves_the_record(self, tell, person, therapist):
        made = tell()
        correction = actions.wrong_person(change=made, why=WHY, by=therapist)
        assert medicines(person, therapist) == []
        assert MedicineChange.objects.get(pk=made).superseded_by == correction

    def test_whoever_comes_second_is_told(self, tell, therapist):
        made = tell()
        actions.wrong_person(change=made, why=WHY, by=therapist)
        for act in (
            lambda: actions.wrong_person(change=made, why=WHY, by=therapist),
            lambda: actions.correct(change=made, told=MORE, why=WHY, by=therapist),
        ):
            with pytest.raises(Stale):
                act()

    def test_a_reason_is_needed(self, tell, person, therapist):
        made = tell()
        with pytest.raises(Invalid, match="what was wrong"):
            actions.correct(change=made, told=MORE, why=Correcting(" "), by=therapist)
        assert medicines(person, therapist) == [("Sertraline", "started")]


class TestWhoMaySee:
    @pytest.mark.parametrize(("opened", "seen"), [("medicines", 1), ("use_pattern", 0), ("safety", 0)])
    def test_medicines_that_are_closed_show_nothing(self, tell, person, opened, seen):
        tell()
        shared = policy.categories_mask("identity", "team", opened)
        choice = factories.choice(shared, recipient=f"service:{person.world.riverside.id}")
        sharing.agree(registration=person.northside, choice=choice, by=person.therapist)
        assert len(medicines(person, person.keyworker)) == seen
        assert len(medicines(person, person.therapist)) == 1

    def test_nothing_is_seen_once_sharing_ends(self, tell, person, therapist):
        tell()
        assert medicines(person, person.keyworker)
        sharing.stop(registration=person.northside, recipient=f"service:{person.world.riverside.id}", by=therapist)
        assert medicines(person, person.keyworker) == []

    def test_the_other_service_neither_opens_nor_corrects_it(self, tell, person):
        made = tell()
        for act in (
            lambda by: queries.change(made, access=by),
            lambda by: actions.correct(change=made, told=MORE, why=WHY, by=by),
            lambda by: actions.wrong_person(change=made, why=WHY, by=by),
            lambda by: actions.record(registration=person.northside, told=STARTED, by=by),
        ):
            with pytest.raises(NotThere):
                act(person.keyworker)
