"""A task tells that there is something: whoever a person closed it to by name is not told of it by what is owed."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from alongside.access import queries as allowed
from alongside.access.context import Access
from alongside.access.models import Source
from alongside.access.rules import Effect, Handle
from alongside.consultation import actions as consultation
from alongside.consultation import queries as questions
from alongside.consultation.models import Consultation
from alongside.consultation.rules import State
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import Invalid, NotAllowed
from alongside.organisations import queries as organisations
from alongside.plan import actions as plan
from alongside.referral import actions as referrals
from alongside.referral.actions import Wording
from alongside.referral.models import ReceivedReferral, ReportedUse
from alongside.referral.rules import Declining, Use
from alongside.safety import actions as safety
from alongside.safety.models import ReceivedDisclosure, Withholding
from alongside.safety.rules import Push, Why, Withheld
from alongside.sharing import actions as sharing
from alongside.sharing import queries
from alongside.tasks import queries as tasks
from alongside.tasks.models import Task
from alongside.transitions import actions as transitions
from tests import factories

pytestmark = pytest.mark.django_db
SAFETY = policy.categories_mask("safety")
DECLINING = Declining("more_specialist", "Needs more than we have.", "Keyworker stays", "", date(2099, 1, 4))
PUSH = {"basis": "safeguarding", "kinds": SAFETY, "shared": "The children were alone", "told": True}


class Closed(factories.JointJourney):
    """Somebody of both services, who closed Northside's record to one of Riverside's team by name."""

    def __init__(self):
        both = factories.choice().categories | policy.categories_mask("consultation")
        super().__init__(factories.partnership(), categories=both, back=both)
        self.barred, self.colleague = (self.world.riverside.sign_in(role) for role in ("prescriber", "team_lead"))

    def close_to(self, reader):
        refused = factories.choice(
            policy.all_categories(), recipient=Handle.practitioner(reader.actor), effect=Effect.DENY
        )
        sharing.refuse(registration=self.northside, choice=refused, by=self.therapist)

    def disclose(self, **more):
        push = Push(**PUSH, at=clock.now(), to_service=self.world.riverside.id)
        sharing.disclose(registration=self.northside, push=push, by=self.therapist, **more)
        return ReceivedDisclosure.objects.get().pk

    def ask(self):
        return consultation.ask(
            registration=self.northside, answering_service=self.world.riverside.id, text="?", by=self.therapist
        )

    def give(self, owner):
        due = clock.today() + timedelta(days=7)
        given = {"registration": self.northside, "text": "Ring the sister", "owner": owner.actor, "due_on": due}
        return plan.add_action(**given, by=self.therapist)

    def told_of(self, reader, thing):
        """Whether somebody finds in what they owe, or in what is owed about the person, that there is a thing."""
        mine = [*tasks.owed(access=reader, most=None), *tasks.about([self.riverside], access=reader)]
        return thing in {one.about for one in mine}


@pytest.fixture
def closed():
    return Closed()


def nothing_is_nowhere():
    return list(queries.nowhere(access=Access.system("check"))) == []


class TestWhatAnotherServiceTold:
    def test_whom_it_is_closed_to_is_not_told_that_there_is_something(self, closed):
        closed.close_to(closed.barred)
        made = closed.disclose()
        assert not closed.told_of(closed.barred, made)
        assert closed.told_of(closed.colleague, made)

    def test_nor_from_the_moment_it_is_closed(self, closed):
        made = closed.disclose()
        assert closed.told_of(closed.barred, made)
        closed.close_to(closed.barred)
        assert not closed.told_of(closed.barred, made)

    def test_it_is_not_lost_a_colleague_of_the_team_reads_it(self, closed):
        closed.close_to(closed.barred)
        made = closed.disclose()
        assert made in {one.about for one in tasks.owed(access=closed.colleague, most=None)}
        safety.read_received(received=made, by=closed.keyworker)
        assert nothing_is_nowhere()

    def test_the_second_look_at_it_says_as_little(self, closed):
        closed.close_to(closed.barred)
        closed.disclose(withheld=Withheld(Why.SERIOUS_HARM, "He reads her telephone"))
        held = Withholding.objects.get(service=closed.world.riverside.id)
        assert Source.objects.filter(record=held.pk, registration=closed.northside).exists()
        assert not closed.told_of(closed.barred, held.pk)
        assert closed.told_of(closed.colleague, held.pk)


class TestAQuestion:
    def test_whom_it_is_closed_to_is_not_told_that_one_was_asked(self, closed):
        closed.close_to(closed.barred)
        made = closed.ask()
        assert not closed.told_of(closed.barred, made)
        assert closed.told_of(closed.colleague, made)

    def test_nobody_is_given_one_that_is_closed_to_them(self, closed):
        closed.close_to(closed.barred)
        made = closed.ask()
        with pytest.raises(Invalid, match="somebody else"):
            consultation.accept(consultation=made, version=1, practitioner=closed.barred.actor, by=closed.keyworker)

    def test_taken_by_whom_it_is_closed_to_since_it_is_their_teams_again(self, closed):
        made = closed.ask()
        consultation.accept(consultation=made, version=1, by=closed.barred)
        closed.close_to(closed.barred)
        assert Consultation.objects.get(pk=made).state == State.REDIRECTED
        assert not closed.told_of(closed.barred, made)
        assert made in {one.id for one in questions.inbox(access=closed.keyworker).to_answer}
        assert nothing_is_nowhere()

    def test_of_whoever_leaves_it_is_their_teams_where_the_colleague_may_not_read_it(self, closed):
        made = closed.ask()
        consultation.accept(consultation=made, version=1, by=closed.keyworker)
        closed.close_to(closed.barred)
        leaves = {"practitioner": closed.keyworker.actor, "service": closed.world.riverside.id}
        sharing.leaver(**leaves, to=closed.barred.actor, by=closed.colleague)
        assert Task.objects.get(about=made, closed_at=None).holder_team == closed.world.riverside.team

    def test_while_the_asker_has_it_it_comes_back_to_the_team(self, closed):
        made = closed.ask()
        consultation.accept(consultation=made, version=1, by=closed.barred)
        consultation.ask_back(consultation=made, text="Who?", version=2, by=closed.barred)
        closed.close_to(closed.barred)
        consultation.clarify(consultation=made, text="Her.", version=4, by=closed.therapist)
        assert Task.objects.get(about=made, closed_at=None).holder_team == closed.world.riverside.team
        consultation.answer(consultation=made, recommendations=["Wait."], version=5, by=closed.keyworker)
        assert nothing_is_nowhere()

    def test_what_the_asker_may_no_longer_read_goes_back_to_who_wrote_it(self, closed):
        """Closed to one by name, by the service that answered."""
        made = closed.ask()
        consultation.accept(consultation=made, version=1, by=closed.keyworker)
        consultation.answer(consultation=made, recommendations=["Wait."], version=2, by=closed.keyworker)
        refused = factories.choice(
            policy.all_categories(), recipient=Handle.practitioner(closed.therapist.actor), effect=Effect.DENY
        )
        sharing.refuse(registration=closed.riverside, choice=refused, by=closed.keyworker)
        assert Task.objects.get(about=made, closed_at=None).holder_practitioner == closed.keyworker.actor


class TestAnAction:
    def test_it_answers_to_the_plan_it_came_from(self, closed):
        made = closed.give(closed.keyworker)
        assert closed.told_of(closed.barred, made)
        closed.close_to(closed.barred)
        assert not closed.told_of(closed.barred, made)
        assert closed.told_of(closed.keyworker, made)

    def test_passed_to_a_colleague_it_still_does(self, closed):
        made = closed.give(closed.keyworker)
        closed.close_to(closed.barred)
        passed = plan.hand_over_action(action=made, owner=closed.colleague.actor, version=1, by=closed.keyworker)
        assert not closed.told_of(closed.barred, passed)
        assert closed.told_of(closed.colleague, passed)

    def test_it_is_not_passed_to_whom_it_is_closed_to(self, closed):
        made = closed.give(closed.keyworker)
        closed.close_to(closed.barred)
        with pytest.raises(NotAllowed, match="cannot see this plan"):
            plan.hand_over_action(action=made, owner=closed.barred.actor, version=1, by=closed.keyworker)

    def test_of_whoever_leaves_it_comes_home_where_the_colleague_may_not_read_it(self, closed):
        closed.give(closed.keyworker)
        closed.close_to(closed.barred)
        leaves = {"practitioner": closed.keyworker.actor, "service": closed.world.riverside.id}
        sharing.leaver(**leaves, to=closed.barred.actor, by=closed.colleague)
        assert Task.objects.get(kind="action", closed_at=None).holder_practitioner == closed.therapist.actor

    def test_what_came_home_is_nobody_elses(self, closed):
        made = closed.give(closed.keyworker)
        closed.close_to(closed.keyworker)
        back = Task.objects.get(kind="action", closed_at=None)
        assert (back.about != made, back.holder_practitioner) == (True, closed.therapist.actor)
        assert not Source.objects.filter(record=back.pk).exists()


class TestALead:
    def offer(self, closed):
        said = {"registration": closed.northside, "to": closed.keyworker.actor, "words": "Therapy ends in May."}
        return transitions.propose_handover(**said, by=closed.therapist)

    def test_whom_it_is_closed_to_is_not_told_that_it_was_offered(self, closed):
        closed.close_to(closed.barred)
        made = self.offer(closed)
        assert not closed.told_of(closed.barred, made)
        assert closed.told_of(closed.keyworker, made)

    def test_it_is_not_offered_to_whom_it_is_closed_to(self, closed):
        """Else it would wait for ever, and nobody else could be asked."""
        closed.close_to(closed.keyworker)
        with pytest.raises(Invalid, match="Choose somebody else"), transaction.atomic():
            self.offer(closed)
        assert nothing_is_nowhere()


class TestAReferral:
    @pytest.fixture
    def sent(self, closed):
        closed.close_to(closed.barred)
        wording = Wording("Low again", "To sleep", Use("alcohol", 20, 12, "units"))
        return referrals.send(
            registration=closed.northside, to=closed.world.riverside.id, wording=wording, by=closed.therapist
        )

    def test_whom_it_is_closed_to_is_not_told_that_it_came(self, closed, sent):
        assert not closed.told_of(closed.barred, sent)
        assert closed.told_of(closed.colleague, sent)

    def test_nor_what_it_says(self, closed, sent):
        for row in (ReceivedReferral.objects.get(referral=sent), ReportedUse.objects.get(referral=sent)):
            rows = type(row).objects.filter(pk=row.pk)
            assert not allowed.visible(closed.barred, rows).exists()
            assert allowed.visible(closed.keyworker, rows).exists()

    def test_a_colleague_takes_them_on(self, closed, sent):
        referrals.decline(referral=sent, decision=DECLINING, by=closed.keyworker)
        assert nothing_is_nowhere()


def test_the_team_is_there_at_all(closed):
    """Else nothing above would mean anything: they share a team, and find each other's tasks."""
    team = {one.id for one in organisations.colleagues(closed.world.riverside.id, access=closed.keyworker)}
    assert {closed.barred.actor, closed.colleague.actor, closed.keyworker.actor} <= team
