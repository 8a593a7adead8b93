"""A person closes their record in their own sign-in, to a service, a team or somebody, and opens it again."""

from datetime import date

import pytest

from alongside.access.context import Access
from alongside.consent import queries
from alongside.definitions import policy
from alongside.journey import queries as journeys
from alongside.organisations import actions as organisations
from alongside.people.rules import Typed
from alongside.safety.rules import Declaration
from alongside.sharing import actions as acts
from alongside.sharing import queries as sharing
from alongside.tasks import queries as tasks
from alongside.tasks.models import Task
from tests import factories
from tests.factories import SETTING_UP
from tests.integration.web.own.signed_in import ADDRESS, read_back, signed_in
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
PATH = "/own/sharing/close/"


@pytest.fixture
def joint(settings):
    settings.ADDRESS, settings.DEMONSTRATION = ADDRESS, True
    return factories.JointJourney(email="amira@mail.example", email_is_safe=True)


@pytest.fixture
def therapist(joint):
    return browser(joint.world.northside, "therapist")


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def person(joint, therapist):
    return signed_in(joint, therapist, date(1988, 5, 17))


def closing(who, **changes):
    return {"who": who, "share": "everything"} | changes


def close(person, who, **changes):
    """Read once more, then sent."""
    entered = closing(who, **changes)
    return person.send(PATH, follow=True, **entered, **read_back(person.send(PATH, **entered)))


def refused(joint):
    return [one for one in queries.in_force(joint.northside, access=joint.therapist) if one.refuses]


def test_it_is_read_once_more_before_it_is_saved(joint, person):
    who = f"practitioner:{joint.keyworker.actor}"
    page = person.send(PATH, **closing(who))
    assert "What is closed: all of it. Only in an emergency may they look." in words(page)
    assert "Nothing is saved yet." in words(page)
    assert refused(joint) == []


def test_what_was_changed_since_is_read_again(joint, person):
    who = f"practitioner:{joint.keyworker.actor}"
    read = read_back(person.send(PATH, **closing(who)))
    page = person.send(PATH, **closing(who, hard="on"), **read)
    assert "They may not look even in an emergency." in words(page)
    assert refused(joint) == []


@pytest.mark.parametrize("whom", ["practitioner", "team", "service"])
def test_whom_it_is_closed_to_finds_nothing_from_then_on(joint, person, keyworker, whom):
    other = f"/people/{joint.northside}/"
    assert keyworker.get(other, follow=True).status_code == 200
    riverside = joint.world.riverside
    named = {"practitioner": joint.keyworker.actor, "team": riverside.team, "service": riverside.id}[whom]
    assert "You can take it back on any day." in words(close(person, f"{whom}:{named}"))
    assert keyworker.get(other).status_code == 404
    assert keyworker.text(other) == keyworker.text("/people/reg_nobody/")
    [one] = refused(joint)
    assert (one.categories, one.hard, one.given) == (policy.all_categories(), False, "electronic")


def test_a_team_is_called_with_its_service(joint, person):
    """Both services have an "Adult team"."""
    close(person, f"team:{joint.world.riverside.team}")
    [one] = refused(joint)
    for path in ("/own/sharing/", "/own/sharing/glance/", f"/own/sharing/{one.id}/stop/"):
        assert "Adult team, Riverside Substance Use Service" in person.text(path)


def test_they_open_it_again(joint, person, keyworker):
    close(person, f"practitioner:{joint.keyworker.actor}", hard="on")
    page = person.text("/own/sharing/")
    assert "not even in an emergency" in page
    [one] = refused(joint)
    assert one.hard
    answer = person.send(f"/own/sharing/{one.id}/stop/", follow=True)
    assert "Saved. It holds from this moment." in words(answer)
    assert keyworker.get(f"/people/{joint.northside}/", follow=True).status_code == 200


def test_some_kinds_alone(joint, person):
    who = f"service:{joint.world.riverside.id}"
    page = close(person, who, share="pieces", share_pieces=["use_pattern", "plan"])
    assert "Saved." in words(page)
    [one] = refused(joint)
    assert one.categories == policy.categories_mask("use_pattern", "plan")


def test_their_own_therapist_may_be_one_and_nothing_is_left_lying(joint, person, therapist):
    """A no does not wait until somebody else is found: whoever leads there has what the therapist owed."""
    lead = joint.world.northside.sign_in("team_lead")
    who = f"practitioner:{joint.therapist.actor}"
    assert "Then somebody who leads here has what they owed you" in words(person.send(PATH, **closing(who)))
    assert "Saved." in words(close(person, who))
    assert therapist.get(f"/people/{joint.northside}/").status_code == 404
    assert list(sharing.nowhere(access=lead)) == []
    owed = tasks.owed_by(joint.therapist.actor, joint.world.northside.id, access=lead)
    assert joint.northside not in owed


def test_where_nobody_else_is_there_it_says_so_and_saves_nothing(joint, person):
    page = close(person, f"practitioner:{joint.therapist.actor}")
    assert "Nobody else treats people here." in words(page)
    assert refused(joint) == []


def also_oversees(service, name):
    made = organisations.join(name=name, email=f"{name.split()[0].lower()}@example.org", by=SETTING_UP)
    organisations.assign_role(practitioner=made, service=service.id, team=None, role="privacy_lead", by=SETTING_UP)
    return made


def looked(joint):
    """Who reviews a look into the person's record at Northside."""
    by = joint.world.riverside.sign_in("keyworker")
    acts.look_in_emergency(typed=Typed("Jordan", "Reed", date(1988, 5, 17)), why=Declaration("Unconscious"), by=by)
    return reviewer(joint)


def reviewer(joint):
    [one] = Task.objects.filter(kind="review_look", registration=joint.northside, closed_at=None)
    return one.holder_practitioner or one.holder_team


def test_whoever_reviews_a_look_may_be_one_and_another_reviews_it(joint, person):
    """They do not treat the person, so that nobody has to be found who does."""
    lead = joint.world.northside.sign_in("privacy_lead").actor
    other = also_oversees(joint.world.northside, "Other Lead")
    before = looked(joint)
    assert "Saved." in words(close(person, f"practitioner:{before}"))
    assert {before, reviewer(joint)} == {lead, other}
    assert [one.recipient for one in refused(joint)] == [f"practitioner:{before}"]


def test_where_nobody_else_oversees_privacy_the_team_has_the_review(joint, person):
    joint.world.northside.sign_in("privacy_lead")
    assert "Saved." in words(close(person, f"practitioner:{looked(joint)}"))
    assert reviewer(joint) == joint.world.northside.team
    assert list(sharing.nowhere(access=Access.system("test"))) == []


def test_nobody_reviews_what_is_closed_to_them_too(joint, person):
    lead = joint.world.northside.sign_in("privacy_lead").actor
    other = also_oversees(joint.world.northside, "Other Lead")
    before = looked(joint)
    [second] = {lead, other} - {before}
    for one in (second, before):
        assert "Saved." in words(close(person, f"practitioner:{one}"))
    assert reviewer(joint) == joint.world.northside.team


def test_a_look_is_not_reviewed_by_whoever_looked(joint, person):
    by = joint.world.northside.sign_in("step2_practitioner")
    organisations.assign_role(
        practitioner=by.actor, service=joint.world.northside.id, team=None, role="privacy_lead", by=SETTING_UP
    )
    lead = also_oversees(joint.world.northside, "Other Lead")
    look = {"typed": Typed("Jordan", "Reed", date(1988, 5, 17)), "why": Declaration("Unconscious")}
    acts.look_in_emergency(**look, by=by)
    Task.objects.filter(kind="review_look").update(holder_practitioner=lead, holder_team="")
    assert "Saved." in words(close(person, f"practitioner:{lead}"))
    assert reviewer(joint) == joint.world.northside.team


def test_a_therapist_who_oversees_privacy_too_hands_each_on_to_whom_it_suits(joint, person):
    lead = joint.world.northside.sign_in("team_lead")
    place = {"service": joint.world.northside.id, "team": None, "role": "privacy_lead"}
    organisations.assign_role(practitioner=joint.therapist.actor, **place, by=SETTING_UP)
    assert looked(joint) == joint.therapist.actor
    other = also_oversees(joint.world.northside, "Other Lead")
    assert "Saved." in words(close(person, f"practitioner:{joint.therapist.actor}"))
    assert reviewer(joint) == other
    assert journeys.open_episode(joint.northside, access=lead).practitioner == lead.actor


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"who": ""}, "Choose"),
        ({"who": "practitioner:pra_nobody"}, "Select a valid choice"),
        ({"who": "self:reg_somebody"}, "Select a valid choice"),
        ({"share": "pieces"}, "Tick at least one kind"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_saved(joint, person, changes, says):
    sent = closing(f"service:{joint.world.riverside.id}") | changes
    answer = person.send(PATH, **sent)
    assert says in words(answer)
    assert read_back(answer) == {}
    assert refused(joint) == []


def test_the_list_of_names_is_that_of_staff_and_the_same_for_everybody(joint, person, therapist):
    other = factories.registered(joint.world.northside)
    pages = [person.get(PATH), *(therapist.get(f"/people/{one}/sharing/close/") for one in (joint.northside, other))]
    options = {
        page.content.decode().partition("<select")[2].partition(">")[2].partition("</select>")[0] for page in pages
    }
    [same] = options
    assert "Everybody at Riverside" in same
    assert "Adult team, Riverside" in same


def test_nobody_else_opens_the_page(therapist):
    assert therapist.get(PATH).status_code == 403
