"""Two registrations of one service that are of one human: read as one, closed as both are, and two again without a
trace in what either holds."""

import pytest
from django.apps import apps
from django.db import connection

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Grant
from alongside.access.rules import Effect, Handle
from alongside.caseload import queries as caseload
from alongside.definitions import policy
from alongside.journey import actions as journey
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed, NotThere, Stale
from alongside.people import queries as people
from alongside.people.rules import Same
from alongside.sharing import actions, queries
from tests import factories

pytestmark = pytest.mark.django_db
SYSTEM = Access.system("test")


@pytest.fixture
def again(person):
    """Northside registered them a second time."""
    return factories.registered(person.world.northside)


@pytest.fixture
def colleague(person):
    return person.world.northside.sign_in("step2_practitioner")


@pytest.fixture
def proposed(person, again):
    return actions.propose_same(registration=person.northside, other=again, reason="Came twice", by=person.therapist)


@pytest.fixture
def merged(person, again, proposed, colleague):
    actions.decide_same(registration=again, same=True, by=colleague)


def shared(person, registration):
    """Whether the other service sees the plan of a registration."""
    return allowed.opens(person.keyworker, registration, "plan")


def refuse(person, registration):
    """To the keyworker of the other service, by name."""
    named = Handle.practitioner(person.keyworker.actor)
    closed = factories.choice(policy.all_categories(), recipient=named, effect=Effect.DENY)
    return actions.refuse(registration=registration, choice=closed, by=person.therapist)


def stored():
    """Every row of every table, but for the ledger, tasks and what says that they were merged; of what is compiled
    anew all but the numbers that the database gives."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label
        if model._meta.app_label in ("alongside_audit", "alongside_tasks") or label.endswith("people.Merge"):
            continue
        left_out = {"alongside_access.Anchor": ("epoch",)}.get(label, ())
        if model._meta.db_table in ("access_grant", "access_bar"):
            left_out = ("id",)
        names = [one.attname for one in model._meta.concrete_fields if one.attname not in left_out]
        found[label] = sorted(repr(row) for row in model._base_manager.values_list(*names))
    return found


class TestWhoDecides:
    def test_it_is_somebody_elses_to_decide_and_they_owe_it(self, person, again, proposed):
        assert list(queries.nowhere(access=SYSTEM)) == []
        with pytest.raises(NotAllowed, match="Somebody else"):
            actions.decide_same(registration=again, same=True, by=person.therapist)
        assert people.merged(again, access=person.therapist).state is Same.PROPOSED

    def test_a_proposal_changes_nothing(self, person, again):
        before = stored()
        actions.propose_same(registration=person.northside, other=again, reason="Came twice", by=person.therapist)
        assert stored() == before

    def test_not_the_same_leaves_nothing(self, person, again, proposed, colleague):
        before = stored()
        actions.decide_same(registration=person.northside, same=False, by=colleague)
        assert stored() == before
        assert people.merged(again, access=colleague) is None
        assert list(queries.nowhere(access=SYSTEM)) == []

    def test_nobody_decides_twice(self, person, merged, colleague):
        with pytest.raises(Stale):
            actions.decide_same(registration=person.northside, same=False, by=colleague)

    def test_another_service_can_do_none_of_it(self, person, again):
        with pytest.raises(NotThere):
            actions.propose_same(registration=person.northside, other=again, reason="x", by=person.keyworker)
        with pytest.raises(NotThere):
            actions.propose_same(registration=person.riverside, other=again, reason="x", by=person.keyworker)

    def test_records_of_two_services_cannot_be_one(self, person):
        with pytest.raises(NotThere):
            actions.propose_same(registration=person.northside, other=person.riverside, reason="x", by=person.therapist)

    def test_neither_twice_nor_without_a_reason(self, person, again, merged):
        third = factories.registered(person.world.northside)
        with pytest.raises(Invalid, match="Take those apart"):
            actions.propose_same(registration=third, other=again, reason="x", by=person.therapist)
        fourth = factories.registered(person.world.northside)
        with pytest.raises(Invalid, match="Write why"):
            actions.propose_same(registration=third, other=fourth, reason=" ", by=person.therapist)

    def test_kept_to_a_few_first_or_apart_first(self, person, again, merged):
        lead = person.world.northside.sign_in("privacy_lead")
        named = {"named": [person.therapist.actor], "keeper": person.therapist.actor, "reason": "Works here"}
        with pytest.raises(Invalid, match="apart first"):
            actions.restrict(registration=person.northside, **named, by=lead)


class TestWhatIsOpen:
    def test_until_the_person_confirms_only_what_was_agreed_at_both(self, person, again, merged):
        assert not shared(person, person.northside)
        assert not shared(person, again)

    def test_what_was_agreed_at_both_is_open(self, person, again, proposed, colleague):
        for each in (person.northside, again):
            kinds = factories.choice(recipient=Handle.team(person.world.riverside.team))
            actions.agree(registration=each, choice=kinds, by=person.therapist)
        actions.decide_same(registration=again, same=True, by=colleague)
        assert shared(person, person.northside)
        assert shared(person, again)

    def test_once_they_confirm_what_was_agreed_at_each_holds_there(self, person, again, merged, colleague):
        actions.confirm_same(registration=again, by=colleague)
        assert shared(person, person.northside)
        assert not shared(person, again)
        with pytest.raises(Stale):
            actions.confirm_same(registration=again, by=colleague)

    def test_what_is_refused_at_one_is_refused_at_both(self, person, again, merged, colleague):
        actions.confirm_same(registration=again, by=colleague)
        consent = refuse(person, again)
        assert not shared(person, person.northside)
        actions.withdraw(consent_id=consent, by=person.therapist)
        assert shared(person, person.northside)

    def test_what_had_been_refused_is_too(self, person, again, proposed, colleague):
        refuse(person, again)
        assert shared(person, person.northside)
        actions.decide_same(registration=again, same=True, by=colleague)
        actions.confirm_same(registration=again, by=colleague)
        assert not shared(person, person.northside)

    def test_the_own_service_goes_on_seeing_both(self, person, again, merged):
        assert allowed.opens(person.therapist, person.northside, "plan")
        assert allowed.opens(person.therapist, again, "plan")

    def test_the_other_service_learns_nothing(self, person, again, merged, colleague):
        actions.confirm_same(registration=again, by=colleague)
        for registration in (person.riverside, person.northside):
            known = people.known([registration], access=person.keyworker)
            assert again not in [one for found in known.values() for one in found.joined]
        assert people.merged(person.northside, access=person.keyworker) is None


class TestReadAsOne:
    def test_each_leads_to_the_other(self, person, again, merged):
        for one, other in ((person.northside, again), (again, person.northside)):
            found = people.known([one], access=person.therapist)[one]
            assert found.twin == other
            assert other in found.joined

    def test_the_find_box_and_the_check_for_duplicates_show_one(self, person, again, proposed, colleague):
        identity, _version = people.identity(again, access=person.therapist)
        assert len(people.find("Reed", access=person.therapist)) == 2
        assert len(people.possible_duplicates(identity, access=person.therapist)) == 2
        actions.decide_same(registration=again, same=True, by=colleague)
        assert len(people.find("Reed", access=person.therapist)) == 1
        assert len(people.possible_duplicates(identity, access=person.therapist)) == 1

    def test_whoever_goes_by_another_name_there_is_found_by_it(self, person, merged, proposed):
        other = factories.registered(person.world.northside, family_name="Moss")
        mine = factories.registered(person.world.northside)
        actions.propose_same(registration=mine, other=other, reason="Married", by=person.therapist)
        actions.decide_same(registration=mine, same=True, by=person.world.northside.sign_in("step2_practitioner"))
        assert [one.registration for one in people.find("Moss", access=person.therapist)] == [other]

    def test_the_caseload_lists_them_once(self, person, again, proposed, colleague):
        journey.open_episode(
            registration=again,
            team=person.world.northside.team,
            practitioner=person.therapist.actor,
            received_on=clock.today(),
            by=person.therapist,
        )
        assert len(caseload.caseload(access=person.therapist, review_weeks=6)) == 2
        actions.decide_same(registration=again, same=True, by=colleague)
        assert len(caseload.caseload(access=person.therapist, review_weeks=6)) == 1


class TestTakenApart:
    def test_every_row_is_as_it_was(self, person, again, colleague):
        refuse(person, again)
        before = stored()
        actions.propose_same(registration=person.northside, other=again, reason="Came twice", by=person.therapist)
        actions.decide_same(registration=again, same=True, by=colleague)
        assert stored() != before
        actions.confirm_same(registration=again, by=colleague)
        actions.part_same(registration=again, reason="A brother", by=person.therapist)
        assert stored() == before
        assert shared(person, person.northside)
        assert list(queries.nowhere(access=SYSTEM)) == []

    def test_what_was_written_meanwhile_is_as_it_would_be_without(self, person, again, merged):
        """The planted fault: what is compiled is left as it was while they were one."""
        consent = refuse(person, again)
        grants = Grant.objects.filter(registration=person.northside).count()
        actions.part_same(registration=again, reason="A brother", by=person.therapist)
        assert Grant.objects.filter(registration=person.northside).count() > grants
        assert shared(person, person.northside)
        actions.withdraw(consent_id=consent, by=person.therapist)

    def test_once(self, person, merged):
        actions.part_same(registration=person.northside, reason="A brother", by=person.therapist)
        with pytest.raises(NotThere):
            actions.part_same(registration=person.northside, reason="A brother", by=person.therapist)

    def test_a_table_that_changed_would_be_noticed(self, person, again):
        before = stored()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE alongside_people_registration SET pronouns = 'x' WHERE id = %s", [again])
        assert stored() != before
