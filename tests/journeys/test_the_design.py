"""Every piece of the design, as it is looked at, typed into and refused."""

import pytest

from tests import factories
from tests.journeys.journey import Journey


@pytest.fixture(autouse=True)
def _demonstration(settings):
    settings.DEMONSTRATION = True


class TestTheDesign(Journey):
    @pytest.mark.both_ways
    def test_what_is_refused_stands_beside_its_field_and_in_a_summary_with_the_focus(self):
        self.visit("/design/")
        self.when_i_save_half_a_contact()
        self.then_the_summary_has_the_focus_and_leads_to_the_field()
        self.then_what_i_wrote_is_still_there()

    @pytest.mark.telephone
    def test_the_person_stays_in_view_on_a_telephone(self):
        self.visit("/design/")
        self.page.get_by_label("We wrote this together").scroll_into_view_if_needed()
        banner = self.page.locator(".al-person")
        assert "Amira Khan" in banner.inner_text()
        assert banner.bounding_box()["y"] == 0

    def test_a_draft_survives_leaving_the_page_but_not_signing_out(self):
        self.given_a_therapist_who_is_signed_in()
        self.visit("/design/")
        self.page.get_by_label("Note").fill("We talked about sleep.")
        self.sees("Draft kept on this page until you save it")
        self.page.once("dialog", lambda asked: asked.accept())
        self.page.reload()
        assert self.page.get_by_label("Note").input_value() == "We talked about sleep."
        self.page.locator(".al-account summary").click()
        self.press("Sign out")
        assert self.page.evaluate("sessionStorage.length") == 0

    def test_leaving_with_something_unsaved_asks_first(self):
        self.visit("/design/")
        self.fill("PHQ-9 total (optional)", "14")
        asked = []
        self.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        self.page.goto(self.address + "/accessibility/")
        assert asked == ["beforeunload"]

    def test_an_answer_reveals_its_question(self):
        self.visit("/design/")
        assert not self.page.get_by_label("Why it was moved").is_visible()
        self.choose("We moved it")
        assert self.page.get_by_label("Why it was moved").is_visible()
        self.look()

    @pytest.mark.both_ways
    def test_what_is_not_there_is_said_plainly(self):
        self.visit("/nowhere/")
        self.sees_heading("That is not there")

    # --- steps

    def given_a_therapist_who_is_signed_in(self):
        self.somebody(factories.partnership().northside, "therapist", "Sam Reed", "sam@example.org")
        self.sign_in("sam@example.org")

    def when_i_save_half_a_contact(self):
        self.fill_date("Date of the contact", 31, 2, 2026)
        self.page.get_by_label("Note").fill("We talked about sleep.")
        self.press("Save the contact")

    def then_the_summary_has_the_focus_and_leads_to_the_field(self):
        self.has_focus(self.page.locator(".nhsuk-error-summary"))
        self.follow("The date of the contact must be a real date, such as 27 3 1984")
        self.has_focus(self.page.get_by_label("Day", exact=True))

    def then_what_i_wrote_is_still_there(self):
        assert self.page.get_by_label("Note").input_value() == "We talked about sleep."
        assert self.page.get_by_label("Month", exact=True).input_value() == "2"
