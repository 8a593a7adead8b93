"""Recipients finer than a service: a team, somebody by name, and all of them but some."""

from datetime import timedelta

import pytest

from alongside.consent import queries
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.organisations import actions as organisations
from alongside.organisations.models import RoleAssignment, User
from alongside.sharing import actions as sharing
from tests import factories
from tests.factories import SETTING_UP
from tests.integration.web.own.signed_in import read_back
from tests.integration.web.visiting import Browser, browser, cost, words

pytestmark = pytest.mark.django_db
BY_VOICE = {"given": "verbal", "witness": "Kim Worker", "told_no_is_fine": "on"}
KINDS = ["identity", "plan"]


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def stopped(joint):
    """Nothing is agreed with Northside, and the records are joined no longer than they were."""
    sharing.stop(registration=joint.riverside, recipient=theirs(joint), by=joint.keyworker)


def theirs(joint):
    return f"service:{joint.world.northside.id}"


def hired(joint, service, name):
    """(their id, their browser): a therapist of a service, in its first team."""
    made = organisations.join(name=name, email=f"{name.split()[0].lower()}@example.org", by=SETTING_UP)
    place = {"service": service.id, "team": service.team, "role": "therapist"}
    organisations.assign_role(practitioner=made, **place, by=SETTING_UP)
    client = Browser()
    client.force_login(User.objects.get(practitioner=made))
    return made, client


def at(joint, consent=""):
    return f"/people/{joint.riverside}/sharing/" + (f"{consent}/but-not/" if consent else "named/")


def name(joint, keyworker, who, **changes):
    sent = {"recipient": who, "kinds": KINDS} | BY_VOICE | changes
    return keyworker.send(at(joint), follow=True, **sent, **read_back(keyworker.send(at(joint), **sent)))


def agreed(joint):
    found = queries.current(joint.riverside, access=joint.keyworker)
    return {one.recipient: one for one in found if one.purpose == "direct_care"}


def opens(client, joint):
    return client.get(f"/people/{joint.riverside}/", follow=True).status_code == 200


@pytest.mark.usefixtures("stopped")
class TestByName:
    def test_whoever_goes_to_another_partnership_takes_nothing_with_them(self, joint, keyworker):
        kim, hers = hired(joint, joint.world.northside, "Kim Named")
        name(joint, keyworker, f"practitioner:{kim}")
        assert opens(hers, joint)
        other = factories.partnership().northside
        [job] = RoleAssignment.objects.filter(practitioner=kim).values_list("pk", flat=True)
        place = {"service": other.id, "team": other.team, "role": "therapist"}
        organisations.assign_role(practitioner=kim, **place, by=SETTING_UP)
        organisations.end_role(assignment=job, by=SETTING_UP)
        assert not opens(hers, joint)
        back = {"service": joint.world.northside.id, "team": joint.world.northside.team, "role": "therapist"}
        [job] = RoleAssignment.objects.filter(practitioner=kim, service=other.id).values_list("pk", flat=True)
        organisations.assign_role(practitioner=kim, **back, by=SETTING_UP)
        organisations.end_role(assignment=job, by=SETTING_UP)
        assert opens(hers, joint)

    def test_somebody_by_name_sees_it_and_their_colleague_does_not(self, joint, keyworker):
        kim, hers = hired(joint, joint.world.northside, "Kim Named")
        _lee, theirs_ = hired(joint, joint.world.northside, "Lee Colleague")
        assert not opens(hers, joint)
        assert "Saved. It holds from this moment." in words(name(joint, keyworker, f"practitioner:{kim}"))
        assert opens(hers, joint)
        assert not opens(theirs_, joint)
        assert agreed(joint)[f"practitioner:{kim}"].categories == policy.categories_mask(*KINDS)

    def test_a_team_sees_it_and_another_team_of_the_service_does_not(self, joint, keyworker):
        north = joint.world.northside
        other = organisations.add_team(service=north.id, name="Young adults", by=SETTING_UP)
        _kim, hers = hired(joint, north, "Kim Named")
        _lee, theirs_ = hired(joint, factories.Service(north.id, north.name, other), "Lee Colleague")
        name(joint, keyworker, f"team:{north.team}")
        assert opens(hers, joint)
        assert not opens(theirs_, joint)

    def test_it_is_read_back_first(self, joint, keyworker):
        kim, _hers = hired(joint, joint.world.northside, "Kim Named")
        page = keyworker.send(at(joint), recipient=f"practitioner:{kim}", kinds=KINDS, **BY_VOICE)
        assert "Kim Named, Northside Talking Therapies may see, to care for me: Name, date of birth" in words(page)
        assert agreed(joint) == {}

    def test_it_is_listed_changed_and_stopped(self, joint, keyworker):
        kim, hers = hired(joint, joint.world.northside, "Kim Named")
        who = f"practitioner:{kim}"
        name(joint, keyworker, who)
        assert "Kim Named, Northside Talking Therapies" in keyworker.text(at(joint))
        glance = words(keyworker.get(f"/people/{joint.riverside}/sharing/glance/"))
        assert "Kim Named" in glance
        name(joint, keyworker, who, kinds=["identity"])
        assert agreed(joint)[who].categories == policy.categories_mask("identity")
        keyworker.send(f"/people/{joint.riverside}/sharing/{agreed(joint)[who].id}/stop/", **BY_VOICE)
        assert not opens(hers, joint)

    def test_whoever_leaves_sees_nothing_from_then_on(self, joint, keyworker):
        """Nothing is taken out of the consent: whoever signs in no longer speaks for nobody."""
        kim, hers = hired(joint, joint.world.northside, "Kim Named")
        name(joint, keyworker, f"practitioner:{kim}")
        organisations.leave(practitioner=kim, by=SETTING_UP)
        assert hers.get(f"/people/{joint.riverside}/").status_code in (302, 403)

    def test_whoever_changes_jobs_keeps_what_names_them_and_their_old_team_gives_them_nothing(self, joint, keyworker):
        """A name is a human's in whatever job; a team is whoever is in it now."""
        north = joint.world.northside
        harbour = organisations.add_service(
            partnership=joint.world.id, name="Harbour", kind="mental_health", organisation="A trust", by=SETTING_UP
        )
        team = organisations.add_team(service=harbour, name="Adult team", by=SETTING_UP)
        kim, hers = hired(joint, north, "Kim Named")
        lee, theirs_ = hired(joint, north, "Lee Colleague")
        name(joint, keyworker, f"practitioner:{kim}")
        name(joint, keyworker, f"team:{north.team}")
        assert opens(hers, joint)
        assert opens(theirs_, joint)
        for one in (kim, lee):
            job = RoleAssignment.objects.get(practitioner=one)
            organisations.assign_role(practitioner=one, service=harbour, team=team, role="therapist", by=SETTING_UP)
            organisations.end_role(assignment=job.pk, by=SETTING_UP)
        assert opens(hers, joint)
        assert not opens(theirs_, joint)

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"recipient": ""}, "Answer “Who may see it?”"),
            ({"recipient": "practitioner:pra_nobody"}, "Select a valid choice"),
            ({"kinds": []}, "Answer “What may they see?”"),
            ({"witness": ""}, "Enter who heard the person agree."),
            ({"told_no_is_fine": ""}, "saying no does not affect"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_is_saved(self, joint, keyworker, wrong, says):
        sent = {"recipient": f"team:{joint.world.northside.team}", "kinds": KINDS} | BY_VOICE | wrong
        page = keyworker.send(at(joint), **sent)
        assert says in words(page)
        assert agreed(joint) == {}


class TestAllButSome:
    def test_kim_sees_none_of_it_and_all_others_do(self, joint, keyworker):
        therapist = browser(joint.world.northside, "therapist")
        lead = browser(joint.world.northside, "team_lead")
        assert opens(therapist, joint)
        consent = agreed(joint)[theirs(joint)]
        who = f"practitioner:{joint.therapist.actor}"
        answer = keyworker.send(at(joint, consent.id), follow=True, names=[who], **BY_VOICE)
        assert "Saved. It holds from this moment." in words(answer)
        assert not opens(therapist, joint)
        assert therapist.text(f"/people/{joint.riverside}/") == therapist.text("/people/reg_nobody/")
        assert opens(lead, joint)
        now = agreed(joint)[theirs(joint)]
        assert (now.categories, now.expires_at) == (consent.categories, consent.expires_at)
        assert f"but not: {joint.therapist.name}" in keyworker.text(f"/people/{joint.riverside}/sharing/glance/")

    def test_it_is_taken_back_as_it_was_said(self, joint, keyworker):
        therapist = browser(joint.world.northside, "therapist")
        who = f"practitioner:{joint.therapist.actor}"
        keyworker.send(at(joint, agreed(joint)[theirs(joint)].id), names=[who], **BY_VOICE)
        path = at(joint, agreed(joint)[theirs(joint)].id)
        assert f'value="{who}" checked' in keyworker.get(path).content.decode().replace("  ", " ")
        keyworker.send(path, **BY_VOICE)
        assert opens(therapist, joint)

    def test_whoever_left_stays_left_out(self, joint, keyworker):
        """They can be chosen no longer: to leave them untouched must not let them in where they come back."""
        kim, _hers = hired(joint, joint.world.northside, "Kim Named")
        who = f"practitioner:{kim}"
        keyworker.send(at(joint, agreed(joint)[theirs(joint)].id), names=[who], **BY_VOICE)
        job = RoleAssignment.objects.get(practitioner=kim)
        organisations.end_role(assignment=job.pk, by=SETTING_UP)
        with clock.at(clock.now() + timedelta(hours=1)):
            keyworker.send(at(joint, agreed(joint)[theirs(joint)].id), **BY_VOICE)
            assert [one.recipient for one in agreed(joint)[theirs(joint)].said.exceptions] == [who]

    def test_only_what_is_agreed_for_care_with_a_service_has_exceptions(self, joint, keyworker):
        assert keyworker.get(at(joint, "cns_nobody")).status_code == 404
        [no] = [one for one in queries.in_force(joint.riverside, access=joint.keyworker) if one.refuses] or [None]
        assert no is None
        therapist = browser(joint.world.northside, "therapist")
        assert therapist.get(at(joint, agreed(joint)[theirs(joint)].id)).status_code == 404


def test_the_lists_are_the_same_for_everybody(joint, keyworker):
    other = factories.registered(joint.world.riverside)
    pages = [keyworker.get(f"/people/{one}/sharing/named/").content.decode() for one in (joint.riverside, other)]
    options = {page.partition("<select")[2].partition("</select>")[0] for page in pages}
    assert len(options) == 1
    assert "Adult team, Northside Talking Therapies" in options.pop()


def test_it_costs_no_more_than_other_pages(joint, keyworker):
    assert cost(keyworker, at(joint)) <= 12
