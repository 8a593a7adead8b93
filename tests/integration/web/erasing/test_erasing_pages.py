"""The pages on which records are held, proposed for erasure and erased."""

from datetime import timedelta

import pytest

from alongside.kernel import clock
from alongside.people.models import ErasureProposal, LegalHold, Registration
from tests.integration.sharing.test_erasing import Gone
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def list_(settings, tmp_path):
    settings.ERASED = tmp_path / "erased.txt"
    return settings.ERASED


@pytest.fixture
def gone():
    return Gone()


@pytest.fixture
def at(gone):
    return f"/people/{gone.registration}/erasure/"


@pytest.fixture
def lead(gone):
    return browser(gone.here, "privacy_lead")


@pytest.fixture
def second(gone):
    return browser(gone.here, "team_lead")


def test_two_people_erase_a_record_from_the_list_to_the_end(gone, lead, second, at):
    page = words(lead.get("/erasures/"))
    assert "Jordan Reed" in page
    assert "Nobody has checked this against the law" in page
    assert lead.send(f"{at}propose/", reason="Its time is over").url == at
    assert "Its time is over" in words(lead.get("/erasures/"))
    assert "You proposed this" in words(lead.get(at))
    assert "Somebody else of your service has to decide" in words(lead.send(f"{at}decide/", word="erase"))
    assert "Its time is over" in words(second.get(at))
    assert "Type the word erase to go on" in words(second.send(f"{at}decide/", word="yes"))
    assert Registration.objects.filter(pk=gone.registration).exists()
    done = second.send(f"{at}decide/", word="erase")
    assert done.url == "/"
    assert "Erased:" in words(second.get("/"))
    assert not Registration.objects.filter(pk=gone.registration).exists()
    for person in (lead, second):
        assert person.get(at).status_code == 404
        assert "Jordan" not in words(person.find("Reed"))
    assert "Nobody here" in words(lead.get("/erasures/"))


def test_what_is_proposed_stands_with_what_the_second_person_owes(gone, lead, second, at):
    lead.send(f"{at}propose/", reason="Its time is over")
    page = second.get("/").content.decode()
    assert f'href="{at}"' in page
    assert "Decide whether a record is erased" in page
    second.send(f"{at}keep/", reason="A study needs it")
    assert "Decide whether a record is erased" not in words(second.get("/"))


def test_a_hold_stands_in_the_way_and_says_so(gone, lead, second, at):
    lead.send(f"{at}propose/", reason="Its time is over")
    assert lead.send(f"{at}hold/", reason="Inquest").url == at
    assert "Inquest" in words(lead.get("/erasures/"))
    assert "A legal hold stands" in words(second.send(f"{at}decide/", word="erase"))
    hold = LegalHold.objects.get()
    assert lead.send(f"{at}hold/{hold.pk}/lift/", reason="Over").url == at
    assert lead.get(f"{at}hold/{hold.pk}/lift/").status_code == 404
    assert "Lifted" in words(lead.get(at))
    assert second.send(f"{at}decide/", word="erase").url == "/"


def test_the_second_person_says_no_and_it_is_kept_with_the_reason(gone, lead, second, at):
    lead.send(f"{at}propose/", reason="Its time is over")
    assert second.send(f"{at}keep/", reason="A study needs it").url == at
    page = words(lead.get(at))
    assert "Declined: the record stays" in page
    assert "A study needs it" in page
    assert "Nobody proposes this any more" in words(second.send(f"{at}keep/", reason="Again"))
    assert second.get(f"{at}decide/").status_code == 404


def test_whoever_proposed_it_takes_it_back(gone, lead, at):
    lead.send(f"{at}propose/", reason="Its time is over")
    lead.send(f"{at}keep/", reason="Wrong person")
    assert "Taken back: the record stays" in words(lead.get(at))
    assert ErasureProposal.objects.filter(superseded_by="").count() == 1


def test_a_record_that_has_to_be_kept_says_until_when(at):
    lately = Gone(ago=timedelta(days=400))
    lead = browser(lately.here, "privacy_lead")
    at = f"/people/{lately.registration}/erasure/"
    assert "It has to be kept until" in words(lead.get(at))
    assert "This record has to be kept until" in words(lead.send(f"{at}propose/", reason="Too soon"))
    assert "Nobody here" in words(lead.get("/erasures/"))


OFFER, NOT_YET = "Propose to erase this record", "It cannot be proposed yet that it is erased."


class TestWhatIsOffered:
    def page(self, years):
        lately = Gone(ago=timedelta(days=366 * years))
        return words(browser(lately.here, "privacy_lead").get(f"/people/{lately.registration}/erasure/"))

    def test_a_record_whose_period_is_over(self, lead, at):
        assert OFFER in words(lead.get(at))
        assert NOT_YET not in words(lead.get(at))

    def test_a_record_whose_period_is_over_if_the_person_has_died(self):
        assert OFFER in self.page(9)

    def test_a_record_that_has_to_be_kept_says_from_when(self):
        said = self.page(1)
        assert OFFER not in said
        assert NOT_YET in said
        years = [clock.today().year + more for more in (7, 19)]  # 8 years after a death, 20 after the last contact
        after = said.partition(NOT_YET)[2].partition("Legal holds")[0]
        assert all(str(year) in after or str(year - 1) in after for year in years), after

    def test_a_record_that_is_held(self, lead, at):
        lead.send(f"{at}hold/", reason="Inquest")
        said = words(lead.get(at))
        assert OFFER not in said
        assert "Nothing of this record can be erased until it is lifted." in said

    def test_where_nobody_wrote_down_how_long(self):
        abroad = Gone("us")
        said = words(browser(abroad.here, "privacy_lead").get(f"/people/{abroad.registration}/erasure/"))
        assert OFFER not in said
        assert NOT_YET in said


@pytest.mark.parametrize("page", ["", "propose/", "hold/", "keep/", "decide/"])
def test_nobody_else_opens_the_pages(gone, at, page):
    for service, role in ((gone.here, "therapist"), (gone.here, "administrator")):
        assert browser(service, role).get(f"{at}{page}").status_code == 403
    for role in ("privacy_lead", "team_lead"):
        assert browser(gone.there, role).get(f"{at}{page}").status_code in (403, 404)


def test_where_the_list_cannot_be_written_it_says_so_and_nothing_is_erased(gone, lead, second, at, settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.ERASED = tmp_path / "file" / "erased.txt"
    lead.send(f"{at}propose/", reason="Its time is over")
    assert "cannot be read or written" in words(second.send(f"{at}decide/", word="erase"))
    assert Registration.objects.filter(pk=gone.registration).exists()


def test_it_is_reached_from_the_first_page_and_from_sharing(gone, lead, second, at):
    assert "/erasures/" in lead.get("/").content.decode()
    for person in (lead, second):
        assert at in person.get(f"/people/{gone.registration}/sharing/").content.decode()
