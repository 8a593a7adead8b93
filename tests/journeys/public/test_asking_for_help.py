"""Somebody asks for help on their phone, without signing in, with and without scripts."""

import pytest

from tests import factories
from tests.journeys.journey import Journey


class TestAskingForHelp(Journey):
    @pytest.mark.both_ways
    @pytest.mark.telephone
    def test_one_question_at_a_time(self):
        self.given_a_service_that_takes_referrals()
        self.when_they_start()
        self.then_help_now_and_a_quick_way_out_are_in_view()
        self.when_they_answer_one_question_a_page()
        self.then_they_read_it_over()
        self.when_they_send_it()
        self.then_they_know_who_answers_how_and_by_when()

    # --- steps

    def given_a_service_that_takes_referrals(self):
        factories.partnership()

    def when_they_start(self):
        self.visit("/start/")
        self.sees_heading("I want help")
        self.follow("Start")

    def then_help_now_and_a_quick_way_out_are_in_view(self):
        for words in ("999", "111, option 2", "Samaritans 116 123", "Leave this page quickly"):
            link = self.page.get_by_role("link", name=words, exact=True).first
            assert link.bounding_box()["y"] < 200

    def when_they_answer_one_question_a_page(self):
        self.press("Next")
        self.sees("Answer “What do you want help with?”")
        self.choose("Northside Talking Therapies")
        self.press("Next")
        self.fill("What is going on?", "I cannot sleep and I drink to get through the night.")
        self.press("Next")
        self.fill("What would you like to be different?", "I want to sleep.")
        self.press("Next")
        self.choose("Alcohol")
        self.press("Next")
        self.fill("On how many of the last 28 days? (optional)", "20")
        self.press("Next")
        self.fill("First name", "Amira")
        self.fill("Last name", "Khan")
        self.press("Next")
        self.fill_date("Date of birth", 17, 4, 1988)
        self.press("Next")
        self.fill("Phone number (optional)", "07700 900123")
        self.choose("Only send a text")
        self.press("Next")
        self.press("Next")

    def then_they_read_it_over(self):
        self.sees_heading("Read it over")
        self.sees("Alcohol: 20 days of the last 28")

    def when_they_send_it(self):
        self.press("Send")

    def then_they_know_who_answers_how_and_by_when(self):
        self.sees("A person at Northside Talking Therapies reads what you wrote.")
        self.sees("They decide by")
        self.sees("Only send a text")
