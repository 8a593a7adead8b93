"""Signing in and out, with a hand on the mouse, with the keyboard alone, and without scripts."""

import re

import pytest

from tests import factories
from tests.journeys.journey import Journey


class TestSigningIn(Journey):
    @pytest.mark.both_ways
    def test_a_therapist_signs_in_and_out(self):
        self.given_a_therapist()
        self.when_they_sign_in_with_a_wrong_password()
        self.then_they_are_told_so_and_the_summary_has_the_focus()
        self.when_they_sign_in()
        self.then_the_header_says_who_they_are_and_where()
        self.when_they_sign_out()
        self.then_the_record_is_closed()

    def test_the_keyboard_is_enough(self):
        self.given_a_therapist()
        self.when_they_sign_in_with_the_keyboard_alone()
        self.then_the_header_says_who_they_are_and_where()
        self.when_they_ask_for_the_list_of_keys()
        self.then_escape_closes_it()

    @pytest.mark.telephone
    def test_a_telephone_is_enough(self):
        self.given_a_therapist()
        self.when_they_sign_in()
        self.when_they_sign_out()
        self.then_the_record_is_closed()

    def test_guessing_is_stopped(self):
        self.given_a_therapist()
        for _ in range(5):
            self.when_they_sign_in_with_a_wrong_password()
        self.when_they_sign_in()
        self.sees("There were too many tries. Wait 5 minutes, then try again.")

    # --- steps

    def given_a_therapist(self):
        northside = factories.partnership().northside
        self.somebody(northside, "therapist", "Sam Reed", "sam@example.org")

    def when_they_sign_in(self):
        self.sign_in("sam@example.org")

    def when_they_sign_in_with_a_wrong_password(self):
        self.sign_in("sam@example.org", "not my password")

    def then_they_are_told_so_and_the_summary_has_the_focus(self):
        self.sees("The email address or the password is not right. Check both and try again.")
        self.has_focus(self.page.locator(".nhsuk-error-summary"))

    def then_the_header_says_who_they_are_and_where(self):
        account = self.page.locator(".al-account")
        assert account.locator(".al-account__name").inner_text() == "Sam Reed"
        assert account.locator(".al-account__role").inner_text() == "Therapist, Northside Talking Therapies"

    def when_they_sign_out(self):
        self.page.locator(".al-account summary").click()
        self.press("Sign out")

    def then_the_record_is_closed(self):
        self.sees_heading("Sign in")
        self.visit("/account/")
        self.sees_heading("Sign in")

    def when_they_sign_in_with_the_keyboard_alone(self):
        self.visit("/account/sign-in/")
        self.keys("Tab")
        self.has_focus(self.page.get_by_role("link", name="Skip to the page itself"))
        self.keys("Enter", "Tab")
        self.has_focus(self.page.get_by_label("Email address"))
        self.page.keyboard.type("sam@example.org")
        self.keys("Tab")
        self.page.keyboard.type("correct horse battery")
        self.keys("Enter")
        self.page.wait_for_url(re.compile(r":\d+/(#main)?$"))
        self.look()

    def when_they_ask_for_the_list_of_keys(self):
        self.keys("?")
        self.sees_heading("Keys")
        self.look()

    def then_escape_closes_it(self):
        self.keys("Escape")
        assert not self.page.locator("#keys").is_visible()
