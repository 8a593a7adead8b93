"""What happened is told, seen as far as the person agreed, put right, and taken out where it was somebody else's."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.audit.models import Entry
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Duplicate, Invalid, NotAllowed, NotThere, Several, Stale
from alongside.lives import actions, queries
from alongside.lives.models import Event
from alongside.lives.rules import Told
from alongside.people import queries as people
from alongside.people.rules import Correcting
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.listings import listed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 6, 10, tzinfo=UTC)  # before noon
TODAY = NOW.date()
BORN = factories.SOMEBODY.birth_date
WHY = Correcting("A slip of the pen")


@pytest.fixture(autouse=True)
def _friday_morning():
    with clock.at(NOW):
        yield


@pytest.fixture
def tell(person, therapist):
    def record(kind="overdose", start=TODAY, **changes):
        told = {name: changes.pop(name) for name in ("end", "source", "certainty", "words") if name in changes}
        usual = {"registration": person.northside, "told": Told(kind, start, **told), "by": therapist}
        return actions.record(**usual | changes)

    return record


def events(person, access):
    return listed(queries.listing([person.northside], access=access))


def kinds(person, access):
    return [one.kind for one in events(person, access)]


def to_riverside(person, categories):
    choice = factories.choice(categories, recipient=f"service:{person.world.riverside.id}")
    sharing.agree(registration=person.northside, choice=choice, by=person.therapist)


class TestTelling:
    def test_it_is_kept_as_it_was_told(self, tell, person, therapist):
        first, last = date(2025, 12, 1), date(2025, 12, 9)
        made = tell("admission", first, end=last, source="record", certainty="day_unsure", words="Two wards. ")
        [found] = events(person, therapist)
        assert (found.id, found.kind, found.start, found.end) == (made, "admission", first, last)
        assert (found.source, found.certainty, found.words) == ("record", "day_unsure", "Two wards.")
        assert (found.author, found.service, found.at) == (
            therapist.actor,
            therapist.service,
            datetime(2025, 12, 1, 12, tzinfo=UTC),
        )

    def test_what_happened_today_did_not_happen_at_a_noon_to_come(self, tell, person, therapist):
        tell()
        assert events(person, therapist)[0].at == NOW

    def test_the_newest_is_first_and_long_ago_is_there_too(self, tell, person, therapist):
        tell("housing_lost", date(1999, 5, 1))
        tell("work_found", TODAY)
        tell("detox", TODAY - timedelta(days=9))
        assert kinds(person, therapist) == ["work_found", "detox", "housing_lost"]

    def test_it_is_entered_in_the_ledger(self, tell):
        made = tell()
        assert Entry.objects.filter(act="lives.record", subject=made).count() == 1

    def test_the_same_form_twice_is_one(self, tell, person, therapist):
        first = tell(submission="sub_1")
        with pytest.raises(Duplicate) as repeated:
            tell(submission="sub_1")
        assert repeated.value.existing == first
        assert len(kinds(person, therapist)) == 1

    def test_two_of_a_kind_on_one_day_are_two(self, tell, person, therapist):
        tell()
        tell()
        assert kinds(person, therapist) == ["overdose", "overdose"]

    def test_what_is_wrong_is_named_and_nothing_is_kept(self, tell, person, therapist):
        with pytest.raises(Several) as refused:
            tell("weather", TODAY + timedelta(days=1))
        assert [one.field for one in refused.value.problems] == ["kind", "start"]
        assert kinds(person, therapist) == []

    def test_nothing_happened_before_they_were_born(self, tell, person, therapist):
        with pytest.raises(Invalid, match="before they were born") as refused:
            tell("housing_lost", BORN - timedelta(days=1))
        assert (refused.value.field, kinds(person, therapist)) == ("start", [])
        assert tell("housing_lost", BORN)

    def test_the_desk_tells_no_event(self, tell, person):
        with pytest.raises(NotAllowed):
            tell(by=person.world.northside.sign_in("administrator"))


class TestPuttingRight:
    def test_a_slip_is_put_right(self, tell, person, therapist):
        made = tell("detox", TODAY, words="At home")
        new = actions.correct(event=made, told=Told("arrest", TODAY - timedelta(days=2)), why=WHY, by=therapist)
        [found] = events(person, therapist)
        assert (found.id, found.kind, found.words) == (new, "arrest", "")
        assert not queries.event(made, access=therapist).stands
        [noted] = people.corrections([person.northside], access=therapist)
        assert (noted.record, noted.replacement) == (made, new)

    def test_what_it_becomes_decides_who_sees_it(self, tell, person, therapist):
        made = tell("detox")
        assert kinds(person, person.keyworker) == ["detox"]
        actions.correct(event=made, told=Told("arrest", TODAY), why=WHY, by=therapist)
        assert kinds(person, person.keyworker) == []

    def test_a_day_that_was_right_keeps_its_instant(self, tell, person, therapist):
        made = tell()
        with clock.at(NOW + timedelta(hours=1)):
            actions.correct(event=made, told=Told("detox", TODAY), why=WHY, by=therapist)
            assert events(person, therapist)[0].at == NOW

    def test_about_somebody_else_it_leaves_the_record(self, tell, person, therapist):
        made = tell()
        correction = actions.wrong_person(event=made, why=WHY, by=therapist)
        assert kinds(person, therapist) == []
        assert Event.objects.get(pk=made).superseded_by == correction
        assert set(Entry.objects.filter(subject=made).values_list("act", flat=True)) == {
            "lives.record",
            "lives.wrong_person",
        }

    def test_whoever_comes_second_is_told(self, tell, therapist):
        made = tell()
        actions.wrong_person(event=made, why=WHY, by=therapist)
        for act in (
            lambda: actions.wrong_person(event=made, why=WHY, by=therapist),
            lambda: actions.correct(event=made, told=Told("detox", TODAY), why=WHY, by=therapist),
        ):
            with pytest.raises(Stale):
                act()

    def test_a_reason_is_needed(self, tell, person, therapist):
        made = tell()
        with pytest.raises(Invalid, match="what was wrong"):
            actions.correct(event=made, told=Told("detox", TODAY), why=Correcting(" "), by=therapist)
        assert kinds(person, therapist) == ["overdose"]

    def test_what_is_wrong_is_named(self, tell, therapist):
        with pytest.raises(Several) as refused:
            actions.correct(event=tell(), told=Told("detox", TODAY, date(2020, 1, 1)), why=WHY, by=therapist)
        assert [one.field for one in refused.value.problems] == ["end"]

    def test_a_day_before_they_were_born(self, tell, person, therapist):
        with pytest.raises(Invalid, match="before they were born"):
            actions.correct(event=tell(), told=Told("detox", date(1066, 10, 14)), why=WHY, by=therapist)
        assert kinds(person, therapist) == ["overdose"]


class TestWhoMaySee:
    @pytest.fixture
    def told(self, tell):
        return [tell(kind) for kind in ("overdose", "crisis_contact", "work_lost", "arrest")]

    @pytest.mark.parametrize(
        ("opened", "seen"),
        [
            (["use_pattern"], {"overdose"}),
            (["safety"], {"crisis_contact"}),
            (["assessment"], {"work_lost"}),
            (["session_notes"], {"arrest"}),
            (["appointments", "mood_scores", "medicines"], set()),
        ],
    )
    def test_a_kind_that_is_closed_shows_nothing(self, told, person, opened, seen):
        to_riverside(person, policy.categories_mask("identity", "team", *opened))
        assert set(kinds(person, person.keyworker)) == seen
        assert len(kinds(person, person.therapist)) == len(told)

    def test_what_helps_both_teams_keeps_arrests_closed(self, told, person):
        assert set(kinds(person, person.keyworker)) == {"overdose", "crisis_contact", "work_lost"}

    def test_nothing_is_seen_once_sharing_ends(self, told, person, therapist):
        sharing.stop(registration=person.northside, recipient=f"service:{person.world.riverside.id}", by=therapist)
        assert kinds(person, person.keyworker) == []

    def test_the_other_service_neither_opens_nor_corrects_it(self, tell, person):
        made = tell()
        for act in (
            lambda by: queries.event(made, access=by),
            lambda by: actions.correct(event=made, told=Told("detox", TODAY), why=WHY, by=by),
            lambda by: actions.wrong_person(event=made, why=WHY, by=by),
            lambda by: actions.record(registration=person.northside, told=Told("detox", TODAY), by=by),
        ):
            with pytest.raises(NotThere):
                act(person.keyworker)

    def test_somebody_elses_id_is_not_there(self, person):
        for act in (
            lambda by: queries.event("evt_nobody", access=by),
            lambda by: actions.wrong_person(event="evt_nobody", why=WHY, by=by),
        ):
            with pytest.raises(NotThere):
                act(person.therapist)
