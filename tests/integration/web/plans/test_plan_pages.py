"""Goals in the person's words, actions owned in either service, and who agreed: on the page."""

from datetime import date, timedelta

import pytest

from alongside.definitions import policy
from alongside.kernel import clock
from alongside.plan import actions, queries
from alongside.plan.rules import ActionState
from alongside.tasks import queries as tasks
from tests import factories
from tests.integration.web.visiting import browser, civil, cost

pytestmark = pytest.mark.django_db

SLEEP = "I want to sleep through without a drink"


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def therapist(joint):
    return browser(joint.world.northside, "therapist")


@pytest.fixture
def at(joint):
    return f"/people/{joint.northside}/plan/"


@pytest.fixture
def goal(joint):
    return actions.add_goal(registration=joint.northside, words=SLEEP, by=joint.therapist)


def due(days=7):
    return civil("due_on", clock.today() + timedelta(days=days))


@pytest.fixture
def action(joint, goal):
    return actions.add_action(
        registration=joint.northside,
        text="Sleep diary",
        owner=joint.therapist.actor,
        due_on=clock.today() + timedelta(days=7),
        goal=goal,
        by=joint.therapist,
    )


def plan(joint):
    return queries.plan([joint.northside, joint.riverside], access=joint.therapist)


def test_an_empty_plan_says_what_to_do(therapist, at):
    page = therapist.get(at).content.decode()
    assert "Begin with what matters to the person" in page
    assert "Add a goal" in page


def test_a_goal_is_added_in_the_persons_words(therapist, at):
    page = therapist.send(f"{at}goal/", words=SLEEP, follow=True).content.decode()
    assert f"“{SLEEP}”" in page
    assert "no actions yet" in page


def test_the_other_team_owns_an_action_in_the_same_plan(joint, therapist, at, goal):
    entered = dict(text="Plan dry evenings", goal=goal, owner=joint.keyworker.actor, **due())
    assert therapist.send(f"{at}action/", **entered).status_code == 302
    [owed] = [task for task in tasks.owed(access=joint.keyworker) if task.room == "plan"]
    assert owed.registration == joint.riverside
    keyworker = browser(joint.world.riverside, "keyworker")
    page = keyworker.get(f"/people/{joint.riverside}/plan/").content.decode()
    assert SLEEP in page
    assert "Plan dry evenings" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": ""}, "Answer “What will be done?”"),
        ({"owner": "pra_nobody"}, "Choose one of the answers shown"),
        ({"goal": "goa_nothing"}, "Choose one of the answers shown"),
        (civil("due_on", date(2020, 1, 1)), "The date is in the past."),
        (civil("due_on", date(2099, 1, 1)), "The date is more than a year away."),
        ({"due_on-month": "13"}, "must be a real date"),
    ],
)
def test_an_action_that_lacks_something_is_not_added(joint, therapist, at, goal, changes, words):
    entered = {"text": "Diary", "goal": goal, "owner": joint.therapist.actor, **due()} | changes
    page = therapist.send(f"{at}action/", **entered).content.decode()
    assert words in page
    assert plan(joint).goals[0].actions == ()


def test_an_owner_who_cannot_see_the_plan_is_refused_in_words():
    made = factories.JointJourney(back=policy.categories_mask("team"))
    client = browser(made.world.northside, "therapist")
    entered = dict(text="Dry evenings", goal="none", owner=made.keyworker.actor, **due())
    page = client.send(f"/people/{made.northside}/plan/action/", **entered).content.decode()
    assert "They cannot see this plan." in page
    assert "Dry evenings" in page


def test_an_action_is_finished_or_not_done_with_a_reason(joint, therapist, at, action):
    page = therapist.send(f"{at}action/{action}/finish/", done="no").content.decode()
    assert "Say why it was not done." in page
    therapist.send(f"{at}action/{action}/finish/", done="yes")
    assert plan(joint).goals[0].actions[0].state is ActionState.DONE


def test_a_stale_page_changes_nothing(joint, therapist, at, action):
    page = therapist.send(f"{at}action/{action}/finish/", done="yes", version=99).content.decode()
    assert "Somebody changed this while you were writing." in page
    assert plan(joint).goals[0].actions[0].state is ActionState.OPEN


def test_an_action_is_passed_to_the_other_team(joint, therapist, at, action):
    assert therapist.send(f"{at}action/{action}/pass-on/", owner=joint.keyworker.actor).status_code == 302
    page = therapist.get(at).content.decode()
    assert page.count("Sleep diary") == 1
    assert "Riverside Substance Use Service" in page


def test_agreeing_says_later_that_something_was_added(joint, therapist, at, goal):
    page = therapist.send(f"{at}agree/", agreed_by="person", follow=True).content.decode()
    assert "as it stands" in page
    actions.add_goal(registration=joint.northside, words="To see my sister", by=joint.therapist)
    assert "something was added since" in therapist.get(at).content.decode()


def test_an_empty_plan_cannot_be_agreed(therapist, at):
    page = therapist.send(f"{at}agree/", agreed_by="person").content.decode()
    assert "There is nothing in the plan to agree yet." in page


def test_a_goal_is_set_aside_with_a_reason(joint, therapist, at, goal):
    page = therapist.send(f"{at}goal/{goal}/end/", ended="set_aside").content.decode()
    assert "Say why it was set aside." in page
    therapist.send(f"{at}goal/{goal}/end/", ended="reached")
    assert "1 goal reached or set aside" in therapist.get(at).content.decode()


def test_another_persons_goal_is_not_there(joint, therapist, at, goal):
    other = factories.registered(joint.world.northside)
    assert therapist.get(f"/people/{other}/plan/goal/{goal}/end/").status_code == 404


def test_the_other_teams_goal_is_read_only(joint, goal):
    keyworker = browser(joint.world.riverside, "keyworker")
    page = keyworker.get(f"/people/{joint.riverside}/plan/").content.decode()
    assert SLEEP in page
    assert "Reached or set aside" not in page
    assert keyworker.get(f"/people/{joint.riverside}/plan/goal/{goal}/end/").status_code == 404


def test_pages_take_as_many_statements_for_sixty_goals_as_for_five(joint, therapist, at, action):
    for path in ("goal/", "action/", "agree/", f"action/{action}/finish/", f"action/{action}/pass-on/"):
        assert cost(therapist, at + path) <= 12
    few = cost(therapist, at)
    for number in range(60):
        actions.add_goal(registration=joint.northside, words=f"Goal {number}", by=joint.therapist)
    assert cost(therapist, at) == few <= 12
