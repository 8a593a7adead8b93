"""An emergency: a therapist looks at what the other team knows and ends it; that team's privacy lead reviews it."""

import re
from datetime import date

import pytest

from tests import factories
from tests.journeys.journey import PASSWORD, Journey


class TestLookingInAnEmergency(Journey):
    @pytest.fixture(autouse=True)
    def _somebody_only_riverside_knows(self, _arrive):
        self.world = factories.partnership()
        self.somebody(self.world.northside, "therapist", "Jess Reed", "jess@example.org")
        self.somebody(self.world.riverside, "privacy_lead", "Prudence Lacey", "privacy@example.org")
        factories.registered(self.world.riverside, given_name="Amira", family_name="Khan", birth_date=date(1988, 4, 17))

    def test_a_look_and_its_review(self):
        self.given_a_search_finds_nobody()
        self.when_the_therapist_looks_in_an_emergency()
        self.then_the_record_is_open_until_they_end_it()
        self.when_the_privacy_lead_of_the_other_service_signs_in()
        self.then_they_read_why_and_write_a_review()

    def given_a_search_finds_nobody(self):
        self.sign_in("jess@example.org")
        self.find("Khan")
        self.sees("Nobody of your service is found by that.")
        self.page.locator("main").get_by_role("link", name="Look in an emergency").click()
        self.look()

    def when_the_therapist_looks_in_an_emergency(self):
        self.press("Look now")
        self.sees_heading("Something needs putting right")
        self.fill("First name", "Amira")
        self.fill("Last name", "Khan")
        self.fill_date("Date of birth", 17, 4, 1988)
        self.fill("Why do you have to look now?", "Found unconscious at the bus station. Which medicines?")
        self.fill("Your password", PASSWORD)
        self.press("Look now")
        self.sees_heading("Open in an emergency")

    def then_the_record_is_open_until_they_end_it(self):
        self.follow("Amira Khan")
        self.sees("You are looking in an emergency.")
        self.follow("What is open, and end it")
        self.page.get_by_role("button", name=re.compile("End now")).click()
        self.look()
        self.sees("Nothing is open to you in an emergency.")

    def when_the_privacy_lead_of_the_other_service_signs_in(self):
        self.page.context.clear_cookies()
        self.sign_in("privacy@example.org")
        self.follow("Review a look in an emergency: Amira Khan")

    def then_they_read_why_and_write_a_review(self):
        self.sees("Found unconscious at the bus station. Which medicines?")
        self.sees("Name, date of birth and how to reach me")
        self.choose("It was appropriate")
        self.fill("What you looked at and whom you asked", "Rang the ward: Amira was brought in at that time.")
        self.press("Save the review")
        self.sees("Saved. It stands with the look and cannot be changed.")
        self.follow("Looks in an emergency")
        self.sees("Nothing waits for a review.")
