"""The page of agreements with whoever works for a programme from outside, and what others read of them."""

from datetime import date

import pytest

from alongside.audit.models import Entry
from alongside.kernel import clock
from alongside.kernel.ids import new_id
from alongside.organisations import actions as organisations
from alongside.organisations.models import QualifiedOrganisation, Service, User
from alongside.web.forms.base import SUBMISSION
from tests import factories
from tests.factories import SETTING_UP
from tests.integration.web.visiting import Browser, browser, civil, words

pytestmark = pytest.mark.django_db
PATH = "/working-for-us/"
FOR_US = "for Clear Billing, a qualified service organisation"


@pytest.fixture
def joint():
    made = factories.JointJourney()
    Service.objects.update(jurisdiction="us")
    organisations.set_part2(service=made.world.riverside.id, part2=True, by=SETTING_UP)
    return made


@pytest.fixture
def lead(joint):
    return browser(joint.world.riverside, "privacy_lead")


def entered(**changes):
    today = clock.today()
    return {"name": "Clear Billing", "work": "Sends the bills"} | civil("agreed_on", today) | changes


@pytest.fixture
def agreement(lead):
    assert lead.send(PATH, **entered()).status_code == 302
    return QualifiedOrganisation.objects.get().pk


@pytest.fixture
def biller(joint, agreement):
    """Somebody of the organisation, signed in."""
    somebody = organisations.join(name="Bea Biller", email="bea@billing.example", by=SETTING_UP)
    here = {"service": joint.world.riverside.id, "role": "administrator", "under": agreement}
    organisations.assign_role(practitioner=somebody, **here, by=SETTING_UP)
    client = Browser()
    client.force_login(User.objects.get(practitioner=somebody))
    return client


class TestThePage:
    def test_one_is_recorded_and_listed_with_who_did(self, joint, lead, agreement):
        page = lead.text(PATH)
        assert "Clear Billing : Sends the bills" in page
        assert "Nobody works here under it." in page
        assert f'href="{PATH}"' in lead.get("/").content.decode()

    def test_an_administrator_records_and_others_are_refused(self, joint):
        desk, worker = (browser(joint.world.riverside, role) for role in ("administrator", "keyworker"))
        assert desk.send(PATH, **entered()).status_code == 302
        assert worker.get(PATH).status_code == 403
        assert worker.post(PATH, entered()).status_code == 403

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"name": " "}, "Enter"),
            ({"work": ""}, "Enter what it does for your service"),
            ({"agreed_on-day": ""}, "first day"),
            ({"agreed_on-month": "13"}, "first day"),
            (civil("ends_on", date(2020, 3, 1)), "It would end before it begins."),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_saved(self, lead, wrong, says):
        answer = lead.send(PATH, **entered() | wrong)
        assert answer.status_code == 200
        assert says in words(answer)
        assert not QualifiedOrganisation.objects.exists()

    def test_sent_twice_it_is_saved_once(self, lead):
        assert lead.send(PATH, **entered()).status_code == 302
        assert "This agreement stands already." in words(lead.send(PATH, **entered()))
        assert QualifiedOrganisation.objects.count() == 1

    def test_it_ends_and_stays_on_the_list(self, lead, agreement):
        assert lead.send(f"{PATH}{agreement}/end/", follow=True).status_code == 200
        page = lead.text(PATH)
        assert "What has ended" in page
        assert lead.get(f"{PATH}{agreement}/end/").status_code == 404

    def test_another_service_reads_and_ends_nothing_of_it(self, joint, agreement):
        theirs = browser(joint.world.northside, "privacy_lead")
        page = theirs.text(PATH)
        assert "Clear Billing" not in page
        assert "It needs none." in page
        assert theirs.get(f"{PATH}{agreement}/end/").status_code == 404
        assert theirs.post(f"{PATH}{agreement}/end/", {}).status_code == 404

    def test_what_nobody_checked_says_so(self, lead):
        assert "It uses nothing of it to treat anybody itself. 42 CFR 2.12(c)(4), not checked" in lead.text(PATH)


class TestWhoeverWorksUnderIt:
    def test_their_look_is_in_the_ledger_as_theirs_and_the_account_says_so(self, joint, lead, agreement, biller):
        assert biller.get(f"/people/{joint.riverside}/").status_code == 200
        entry = Entry.objects.filter(act="shown", role="administrator").latest("pk")
        assert agreement in {why for _one, why in entry.detail["because"]}
        account = lead.text(f"/people/{joint.riverside}/sharing/looked/")
        assert FOR_US in account

    def test_nobody_elses_look_says_so(self, joint, lead, agreement):
        browser(joint.world.riverside, "administrator").get(f"/people/{joint.riverside}/")
        assert FOR_US not in lead.text(f"/people/{joint.riverside}/sharing/looked/")

    def test_what_is_refused_to_them_names_the_agreement(self, joint, agreement, biller):
        other = factories.registered(joint.world.northside)
        assert biller.get(f"/people/{other}/").status_code == 404
        assert Entry.objects.filter(act="refused").latest("pk").detail == {"under": agreement}

    def test_everything_at_a_glance_names_who_works_for_the_service(self, joint, lead, agreement):
        path = f"/people/{joint.riverside}/sharing/glance/"
        assert "Clear Billing : Sends the bills" in lead.text(path)
        lead.send(f"{PATH}{agreement}/end/")
        assert "Clear Billing" not in lead.text(path)

    def test_they_refer_nobody_and_change_no_agreement(self, joint, agreement, biller):
        assert biller.get(f"/people/{joint.riverside}/refer/").status_code in (403, 404)
        assert "End it" not in biller.text(PATH)
        answer = biller.post(PATH, entered(name="Another", submission_token=new_id(SUBMISSION)))
        assert "Only the privacy lead or an administrator" in words(answer)
        assert QualifiedOrganisation.objects.count() == 1
        biller.post(f"{PATH}{agreement}/end/", biller.hidden(f"{PATH}{agreement}/end/"))
        assert QualifiedOrganisation.objects.filter(ended_by="").count() == 1

    def test_the_next_click_after_the_end_opens_nothing(self, joint, lead, agreement, biller):
        lead.send(f"{PATH}{agreement}/end/")
        for path in ("/", "/people/", f"/people/{joint.riverside}/"):
            assert biller.get(path).status_code in (302, 403)
            assert "Jordan" not in biller.text(path)
