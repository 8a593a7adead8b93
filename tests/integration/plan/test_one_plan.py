"""Two services write one plan: each item in its owner's record, seen as far as the person agreed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.access.rules import Handle, NeedKind
from alongside.consent import actions as consent
from alongside.kernel import clock
from alongside.kernel.errors import Duplicate, Invalid, NotAllowed, NotThere, Stale
from alongside.plan import actions, queries
from alongside.plan.models import Action, Agreement, Goal, ItemStatus
from alongside.tasks import actions as tasks
from alongside.tasks.models import Task
from tests import factories
from tests.factories import SETTING_UP, Joint, joint

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 6, 15, 9, tzinfo=UTC)
DUE = date(2026, 6, 29)


@pytest.fixture
def pair():
    """Linked, the plan shared both ways, and each one's worker in the care team around the person."""
    with clock.at(MONDAY):
        made = joint("identity", "team", "plan")
        need(made.registration, made.here.id, keyworker(made), made.there.id)
        need(made.registration_there, made.there.id, therapist(made), made.here.id)
        yield made


def need(registration: str, service: str, who: Access, theirs: str) -> None:
    access.add_need(
        registration=registration,
        handle=Handle.caseload(who.actor, theirs),
        service=theirs,
        kind=NeedKind.CARE_TEAM,
        made_by=service,
        because="jou_test",
        by=SETTING_UP,
    )


def therapist(pair: Joint) -> Access:
    return pair.here.sign_in("therapist")


def keyworker(pair: Joint) -> Access:
    return pair.there.sign_in("keyworker")


def goal(pair: Joint, **changes) -> str:
    added = {"registration": pair.registration, "words": "See my daughter on Sundays", "by": therapist(pair)}
    return actions.add_goal(**added | changes)


def action(pair: Joint, whose: Access, **changes) -> str:
    added = {"registration": pair.registration, "text": "Ring the family centre", "owner": whose.actor}
    return actions.add_action(**added | {"due_on": DUE, "by": therapist(pair)} | changes)


def plan_for(pair: Joint, reader: Access) -> queries.Plan:
    return queries.plan([pair.registration, pair.registration_there], access=reader)


def loose_ends() -> list[str]:
    """Actions whose open tasks are not exactly one, with the owner, where the action is open; none where it is not."""
    found = []
    for row in Action.objects.all():
        held = list(Task.objects.filter(room="plan", about=row.pk, closed_at=None))
        owed = [(task.holder_practitioner, task.registration_id) for task in held]
        if owed != ([(row.owner, row.registration_id)] if row.state == "open" else []):
            found.append(row.pk)
    return found


def test_both_services_read_one_plan(pair: Joint) -> None:
    aim = goal(pair)
    action(pair, therapist(pair), goal=aim)
    other = actions.add_action(
        registration=pair.registration_there,
        text="Plan for the weekend",
        owner=keyworker(pair).actor,
        due_on=DUE,
        goal=aim,
        by=keyworker(pair),
    )
    for reader in (therapist(pair), keyworker(pair)):
        found = plan_for(pair, reader).goals[0]
        assert (found.words, found.done, found.total) == ("See my daughter on Sundays", 0, 2)
        assert {one.service for one in found.actions} == {pair.here.id, pair.there.id}
    actions.finish_action(action=other, done=True, version=1, by=keyworker(pair))
    assert plan_for(pair, therapist(pair)).goals[0].done == 1
    assert loose_ends() == []


def test_an_action_given_to_the_other_service_stands_in_its_record(pair: Joint) -> None:
    made = action(pair, keyworker(pair), goal=goal(pair))
    row = Action.objects.get(pk=made)
    assert (row.registration_id, row.service) == (pair.registration_there, pair.there.id)
    assert plan_for(pair, keyworker(pair)).goals[0].actions[0].own
    assert loose_ends() == []


def test_handing_over_closes_one_action_and_opens_another(pair: Joint) -> None:
    first = action(pair, therapist(pair))
    second = actions.hand_over_action(action=first, owner=keyworker(pair).actor, version=1, by=therapist(pair))
    assert Action.objects.get(pk=first).state == "handed_over"
    row = Action.objects.get(pk=second)
    assert (row.registration_id, row.came_from, row.due_on) == (pair.registration_there, first, DUE)
    back = actions.hand_over_action(action=second, owner=therapist(pair).actor, version=1, by=keyworker(pair))
    assert Action.objects.get(pk=back).registration_id == pair.registration
    assert loose_ends() == []


def test_an_action_that_lost_its_sharing_returns_to_whoever_gave_it(pair: Joint) -> None:
    made = action(pair, keyworker(pair))
    withdraw(pair)
    assert Action.objects.get(pk=made).state == "handed_over"
    back = Action.objects.get(came_from=made)
    assert (back.owner, back.registration_id) == (therapist(pair).actor, pair.registration)
    assert loose_ends() == []


@transaction.atomic
def withdraw(pair: Joint) -> None:
    consent.withdraw(consent=pair.consents[0], by=therapist(pair))
    actions.reroute(registration=pair.registration, by=therapist(pair))


def test_an_action_is_for_a_goal_of_this_persons_plan(pair: Joint) -> None:
    """Another person's goal, one that nobody has and one that is closed to the writer are one answer."""
    somebody_else = factories.registered(pair.here, given_name="Sam")
    theirs = goal(pair, registration=somebody_else)
    closed = actions.add_goal(registration=pair.registration_there, words="Sleep", by=keyworker(pair))
    withdraw_there(pair)
    for wrong in (theirs, "goa_00000000000000000000", closed):
        with pytest.raises(NotThere):
            action(pair, therapist(pair), goal=wrong)
    assert not Action.objects.exists()


def withdraw_there(pair: Joint) -> None:
    consent.withdraw(consent=pair.consents[1], by=keyworker(pair))


def test_what_is_withdrawn_leaves_the_others_plan(pair: Joint) -> None:
    goal(pair)
    withdraw(pair)
    assert plan_for(pair, keyworker(pair)).goals == ()
    assert len(plan_for(pair, therapist(pair)).goals) == 1


def test_a_change_that_still_shares_the_plan_returns_nothing(pair: Joint) -> None:
    made = action(pair, keyworker(pair))
    with transaction.atomic():
        actions.reroute(registration=pair.registration, by=therapist(pair))
    assert Action.objects.get(pk=made).state == "open"


def test_an_owner_who_cannot_see_the_plan_gets_no_action() -> None:
    with clock.at(MONDAY):
        pair = joint("identity")  # linked, but the plan is not shared
        with pytest.raises(NotAllowed, match="cannot see this plan"):
            action(pair, keyworker(pair))
    assert not Action.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"due_on": date(2026, 6, 14)}, "due_on"),
        ({"owner": "pra_none"}, "owner"),
    ],
)
def test_bad_input_names_its_field_and_saves_nothing(pair: Joint, changes: dict, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        action(pair, therapist(pair), **changes)
    assert caught.value.field == field
    assert not Action.objects.exists()


def test_a_goal_needs_words(pair: Joint) -> None:
    with pytest.raises(Invalid, match="own words"):
        goal(pair, words="\n")


@pytest.mark.parametrize("add", [goal, lambda pair, **sent: action(pair, therapist(pair), **sent)])
def test_the_same_form_twice_adds_once(pair: Joint, add) -> None:
    first = add(pair, submission="token")
    with pytest.raises(Duplicate) as caught:
        add(pair, submission="token")
    assert caught.value.existing == first


def test_a_stale_form_saves_nothing(pair: Joint) -> None:
    made = action(pair, therapist(pair))
    actions.finish_action(action=made, done=True, version=1, by=therapist(pair))
    with pytest.raises(Stale):
        actions.finish_action(action=made, done=False, why="No time", version=1, by=therapist(pair))
    with pytest.raises(NotAllowed, match="no longer open"):
        actions.finish_action(action=made, done=True, version=2, by=therapist(pair))


def test_what_is_not_done_says_why(pair: Joint) -> None:
    made = action(pair, therapist(pair))
    with pytest.raises(Invalid, match="why"):
        actions.finish_action(action=made, done=False, version=1, by=therapist(pair))
    assert loose_ends() == []


def test_a_goal_is_reached_or_set_aside_once(pair: Joint) -> None:
    aim = goal(pair)
    with pytest.raises(Invalid, match="set aside"):
        actions.end_goal(goal=aim, reached=False, version=1, by=therapist(pair))
    actions.end_goal(goal=aim, reached=True, version=1, by=therapist(pair))
    assert Goal.objects.get(pk=aim).state == "reached"
    with pytest.raises(NotAllowed):
        actions.end_goal(goal=aim, reached=True, version=2, by=therapist(pair))


def test_the_other_services_items_are_not_ones_own_to_finish(pair: Joint) -> None:
    made = action(pair, therapist(pair))
    with pytest.raises(NotThere):
        actions.finish_action(action=made, done=True, version=1, by=keyworker(pair))


def test_an_agreement_is_of_the_plan_as_it_stood(pair: Joint) -> None:
    goal(pair)
    actions.agree(registration=pair.registration, agreed_by="person", words="Yes, that is it.", by=therapist(pair))
    assert current(pair) == [True]
    with clock.at(MONDAY + timedelta(days=1)):
        action(pair, therapist(pair))
    assert current(pair) == [False]


def current(pair: Joint) -> list[bool]:
    registrations = [pair.registration, pair.registration_there]
    plan = plan_for(pair, therapist(pair))
    return [one.current for one in queries.agreements(registrations, access=therapist(pair), items=plan.items)]


@pytest.mark.parametrize(("agreed_by", "field"), [("nobody", "agreed_by"), ("person", "plan")])
def test_nothing_is_agreed_by_nobody_or_about_nothing(pair: Joint, agreed_by: str, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        actions.agree(registration=pair.registration, agreed_by=agreed_by, by=therapist(pair))
    assert caught.value.field == field
    assert not Agreement.objects.exists()


def test_the_rows_of_states_replay(pair: Joint) -> None:
    made = action(pair, therapist(pair))
    actions.finish_action(action=made, done=True, version=1, by=therapist(pair))
    states = ItemStatus.objects.filter(item=made).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["open", "done"]


def test_a_desk_role_does_not_plan(pair: Joint) -> None:
    with pytest.raises(NotAllowed):
        goal(pair, by=pair.here.sign_in("administrator", "administration"))


@pytest.mark.parametrize("forgotten", ["close", "open_task"])
def test_a_task_that_is_forgotten_is_noticed(pair: Joint, monkeypatch: pytest.MonkeyPatch, forgotten: str) -> None:
    monkeypatch.setattr(tasks, forgotten, lambda **ignored: "tas_none")
    made = action(pair, therapist(pair))
    actions.finish_action(action=made, done=True, version=1, by=therapist(pair))
    actions.add_action(
        registration=pair.registration, text="Write", owner=therapist(pair).actor, due_on=DUE, by=therapist(pair)
    )
    assert loose_ends() != []
