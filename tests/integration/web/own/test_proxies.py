"""Somebody who looks on a person's behalf: invited, let in, shown some of it, entered, and ended by either."""

import re
from datetime import date, timedelta

import pytest

from alongside.access import actions as access
from alongside.access.context import Access
from alongside.access.rules import Effect, Handle, Reason
from alongside.audit import queries as ledger
from alongside.caseload import actions as caseload
from alongside.consent import actions as consent
from alongside.contacts import actions as contacts
from alongside.contacts.rules import Meeting
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.kernel.errors import NotAllowed, NotThere
from alongside.people import queries as people
from alongside.people.models import OwnSignIn, Proxy, Registration
from alongside.people.rules import earliest
from alongside.plan import actions as plan
from alongside.post import queries as post
from alongside.sharing import actions as sharing
from alongside.sharing import queries as accounts
from tests import factories
from tests.integration.web.visiting import Browser, browser, civil, words

pytestmark = pytest.mark.django_db
BORN, PASSWORD = date(1961, 2, 3), "three quiet wooden boats"
EMAIL = "robin@mail.example"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.ADDRESS = "https://alongside.example"
    settings.DEMONSTRATION = True


@pytest.fixture
def joint():
    return factories.JointJourney(email="jordan@mail.example", email_is_safe=True)


@pytest.fixture
def therapist(joint):
    return browser(joint.world.northside, "therapist")


def entered(**changes):
    last = clock.today() + timedelta(days=60)
    said = {"name": "Robin Reed", "email": EMAIL, "basis": "chosen", "decides": "yes", "paper": ""}
    said |= {"agreed": "By voice today, K. Worker heard it", "kinds": ["appointments", "team", "plan"]}
    return said | civil("born", BORN) | civil("until", last) | changes


def invite(joint, therapist, **changes):
    return therapist.send(f"/people/{joint.northside}/sharing/proxies/invite/", follow=True, **entered(**changes))


def letter(subject="A page of your own"):
    caseload.send_messages(by=Access.system("tick"))
    return next(one for one in post.mailbox(access=Access.system("test")) if one.subject == subject)


def taken_up(address, born=BORN):
    found = Browser()
    found.send(address, follow=True, **civil("born", born))
    page = found.send(f"{address}password/", follow=True, password=PASSWORD)
    return found, words(page)


def way_in():
    return re.search(r"(/welcome/\S+)", letter().text)[1]


@pytest.fixture
def robin(joint, therapist):
    """Somebody whom the person chose, signed in."""
    invite(joint, therapist)
    found, page = taken_up(way_in())
    assert "You are looking at the record of Jordan Reed, on their behalf." in page
    return found


@pytest.fixture
def person(joint, robin):
    sharing.invite(registration=joint.northside, by=joint.therapist)
    caseload.send_messages(by=Access.system("tick"))
    newest = next(one for one in post.mailbox(access=Access.system("test")) if one.address == "jordan@mail.example")
    return taken_up(re.search(r"(/welcome/\S+)", newest.text)[1], date(1988, 5, 17))[0]


def looking(joint):
    """The Access of whoever looks, as the next request builds it."""
    user = OwnSignIn.objects.exclude(proxy="").get(registration=joint.northside).user
    return people.own_access(user, None, access=Access.public())


class TestTheWayIn:
    def test_the_letter_goes_to_them_and_names_nobody(self, joint, therapist):
        assert "The letter leaves with the next round" in words(invite(joint, therapist))
        card = letter()
        assert card.address == EMAIL
        assert "Jordan" not in card.text + card.subject
        assert "record" not in card.text

    @pytest.mark.parametrize("born", [date(1988, 5, 17), date(1961, 2, 4)])
    def test_only_their_own_date_of_birth_opens_it(self, joint, therapist, born):
        invite(joint, therapist)
        assert "This did not open." in words(Browser().send(way_in(), follow=True, **civil("born", born)))

    def test_nothing_is_open_before_they_took_it_up(self, joint, therapist):
        invite(joint, therapist)
        assert not OwnSignIn.objects.exclude(user="").exists()
        proxy = Proxy.objects.get()
        kind = {"service": joint.world.northside.id, "name": "", "kind": "", "jurisdiction": "uk"}
        early = Access.of_proxy(proxy.pk, joint.northside, kinds=proxy.kinds, **kind)
        with pytest.raises(NotThere):
            people.header(joint.northside, access=early)

    def test_the_person_has_to_agree_where_they_decide(self, joint, therapist):
        page = words(invite(joint, therapist, agreed=""))
        assert "Enter how they agreed" in page
        assert not Proxy.objects.exists()

    def test_a_parent_of_somebody_grown_up_is_refused(self, joint, therapist):
        page = words(invite(joint, therapist, basis="parent", decides="no", agreed=""))
        assert "old enough to decide by themselves" in page

    def test_the_persons_own_address_is_refused(self, joint, therapist):
        assert "This is the person's own address." in words(invite(joint, therapist, email="Jordan@mail.example"))

    def test_who_may_not_consent_invites_nobody(self, joint):
        desk = browser(joint.world.northside, "administrator")
        assert desk.get(f"/people/{joint.northside}/sharing/proxies/invite/").status_code == 403

    def test_another_service_invites_to_its_own_record_alone(self, joint):
        keyworker = browser(joint.world.riverside, "keyworker")
        keyworker.send(f"/people/{joint.northside}/sharing/proxies/invite/", **entered())
        assert Proxy.objects.get().registration_id == joint.riverside
        stranger = browser(factories.partnership().northside, "therapist")
        assert stranger.get(f"/people/{joint.northside}/sharing/proxies/").status_code == 404


class TestWhatTheySee:
    def test_what_they_were_let_see_and_nothing_else(self, joint, robin):
        meeting = Meeting("treatment", clock.now() + timedelta(days=3), "video", 50)
        about = {"registration": joint.northside, "by": joint.therapist}
        contacts.plan_contact(**about, episode=joint.accepted.episode, meeting=meeting)
        plan.add_goal(**about, words="To sleep through")
        page = robin.text("/own/behalf/")
        assert "To sleep through" in page
        assert "50 minutes" in page
        assert policy.categories()["mood_scores"].words not in page

    @pytest.mark.parametrize(
        "path", ["/own/", "/own/who-looked/", "/own/sharing/", "/own/sharing/choose/", "/own/end/"]
    )
    def test_no_choices_no_ledger_and_nothing_to_choose(self, robin, path):
        assert robin.get(path).status_code == 403

    @pytest.mark.parametrize("path", ["/own/proxies/", "/caseload/", "/referrals/"])
    def test_no_other_page(self, robin, path):
        assert robin.get(path).status_code == 403

    def test_the_rooms_refuse_them_too(self, joint, robin):
        reader = looking(joint)
        period = {"since": clock.now() - timedelta(days=1), "until": clock.now() + timedelta(days=1)}
        with pytest.raises(NotThere):
            accounts.account(joint.northside, **period, of=(accounts.Kind.LOOKED,), access=reader, start=0, most=5)
        with pytest.raises((NotThere, NotAllowed)):
            sharing.end_proxy(registration=joint.northside, proxy=reader.actor, by=reader)
        assert people.proxies(joint.northside, access=reader) == []

    def test_what_is_closed_to_the_person_is_closed_to_them(self, joint, robin):
        """The person's own bars are theirs too."""
        choice = factories.choice(
            policy.categories_mask("plan"), recipient=Handle.self_(joint.northside), effect=Effect.DENY
        )
        plan.add_goal(registration=joint.northside, words="To sleep through", by=joint.therapist)
        assert "To sleep through" in robin.text("/own/behalf/")
        lines = consent.rules.lines("cns_test", choice, clock.now())
        access.replace_lines(registration=joint.northside, because="cns_test", lines=lines, by=joint.therapist)
        assert "To sleep through" not in robin.text("/own/behalf/")

    def test_every_page_says_whose_record_it_is(self, joint, robin):
        for path in ("/own/behalf/", "/account/", "/own/who-looked/"):
            assert "You are looking at the record of Jordan Reed, on their behalf." in robin.text(path)

    def test_only_the_record_that_they_were_invited_to(self, joint, robin):
        assert joint.riverside not in robin.get("/own/behalf/").content.decode()
        with pytest.raises(NotThere):
            people.header(joint.riverside, access=looking(joint))

    def test_the_person_opens_no_page_of_theirs(self, person):
        assert person.get("/own/behalf/").status_code == 403


class TestTheLedger:
    def test_every_look_is_entered_in_their_name(self, joint, robin):
        robin.get("/own/behalf/")
        newest = ledger.about(joint.northside, limit=1)[0]
        assert (newest.role, newest.purpose, newest.act) == ("proxy", "own_access", "shown")
        assert newest.actor == Proxy.objects.get().pk

    def test_the_person_reads_who_it_was_and_why(self, joint, robin, person):
        robin.get("/own/behalf/")
        page = person.text("/own/who-looked/")
        assert "somebody who looks on your behalf (Robin Reed)" in page
        assert "they were let look on the person's behalf" in page

    def test_it_is_told_apart_from_a_look_of_the_persons_own(self, joint, robin, person):
        robin.get("/own/behalf/")
        person.get("/own/")
        period = {"since": clock.now() - timedelta(days=1), "until": clock.now() + timedelta(days=1), "start": 0}
        of = {"of": (accounts.Kind.LOOKED,), "most": 9}
        found = accounts.account(joint.northside, **period, **of, access=joint.therapist)
        assert {one.why.reasons for one in found if one.line.role == "proxy"} == {(Reason.CONSENT,)}
        assert {one.why.reasons for one in found if one.line.role == "person"} == {(Reason.OWN_RECORD,)}

    def test_their_service_reads_it_too(self, joint, robin, therapist):
        robin.get("/own/behalf/")
        page = therapist.text(f"/people/{joint.northside}/sharing/looked/")
        assert "somebody who looks on their behalf (Robin Reed)" in page


class TestTheEnd:
    def test_the_person_ends_it_and_the_next_request_opens_nothing(self, joint, robin, person):
        page = person.text("/own/proxies/")
        assert "Robin Reed" in page
        proxy = Proxy.objects.get().pk
        assert "They see nothing of your record any more." in words(
            person.send(f"/own/proxies/{proxy}/end/", follow=True)
        )
        assert robin.get("/own/behalf/").status_code == 403
        assert "Jordan" not in robin.text("/account/")

    def test_the_service_ends_it(self, joint, robin, therapist):
        reader = looking(joint)
        path = f"/people/{joint.northside}/sharing/proxies/{Proxy.objects.get().pk}/end/"
        assert "They see nothing of this record any more." in words(therapist.send(path, follow=True))
        assert robin.get("/own/behalf/").status_code == 403
        with pytest.raises(NotThere):
            people.header(joint.northside, access=reader)

    def test_an_invitation_that_was_taken_back_opens_nothing(self, joint, therapist):
        invite(joint, therapist)
        address = way_in()
        therapist.send(f"/people/{joint.northside}/sharing/proxies/{Proxy.objects.get().pk}/end/")
        assert "This did not open." in words(Browser().send(address, follow=True, **civil("born", BORN)))

    def test_it_ends_on_the_day_that_was_said(self, joint, robin):
        reader = looking(joint)
        with clock.at(Proxy.objects.get().until_at):
            with pytest.raises(NotAllowed):
                looking(joint)
            with pytest.raises(NotThere):
                people.header(joint.northside, access=reader)

    def test_somebody_elses_proxy_is_not_there(self, joint, person, therapist):
        for path in ("/own/proxies/pxy_nobody/end/", f"/own/proxies/{joint.northside}/end/"):
            assert person.get(path).status_code == 404
        assert therapist.get(f"/people/{joint.northside}/sharing/proxies/pxy_nobody/end/").status_code == 404

    def test_the_persons_own_sign_in_stays_as_it_is(self, joint, robin, person, therapist):
        therapist.send(f"/people/{joint.northside}/sharing/proxies/{Proxy.objects.get().pk}/end/")
        assert person.get("/own/").status_code == 200

    def test_ending_the_persons_own_leaves_whoever_looks_for_them(self, robin, person):
        person.send("/own/end/")
        assert robin.get("/own/behalf/").status_code == 200


class TestAParent:
    """Until the first instant at which the age of deciding can be reached, whatever anybody wrote down."""

    @pytest.fixture
    def young(self, joint, therapist):
        born = clock.today().replace(year=clock.today().year - 15)
        Registration.objects.filter(pk=joint.northside).update(birth_date=born)
        return born

    def test_they_look_until_the_age_can_be_reached(self, joint, therapist, young):
        invite(joint, therapist, basis="parent", decides="no", agreed="")
        taken_up(way_in())
        reader = looking(joint)
        assert people.header(joint.northside, access=reader)
        assert Proxy.objects.get().until_at <= earliest(young, 16)

    def test_a_date_of_birth_that_is_put_right_ends_it(self, joint, therapist, young):
        invite(joint, therapist, basis="parent", decides="no", agreed="")
        robin, _page = taken_up(way_in())
        assert robin.get("/own/behalf/").status_code == 200
        Registration.objects.filter(pk=joint.northside).update(birth_date=young.replace(year=young.year - 1))
        assert robin.get("/own/behalf/").status_code == 403

    def test_later_than_that_is_refused(self, joint, therapist, young):
        Registration.objects.filter(pk=joint.northside).update(
            birth_date=clock.today().replace(year=clock.today().year - 16) + timedelta(days=40)
        )
        assert "It may not last so long." in words(invite(joint, therapist, basis="parent", decides="no", agreed=""))
