"""Somebody answers PHQ-9 and AUDIT on their telephone from the link in a message; their therapist sees both
on the chart. The words of AUDIT come from a service's own directory: they are not ours to print."""

import re

import pytest
from playwright.sync_api import expect

from alongside.access.context import Access
from alongside.caseload import actions as caseload
from alongside.definitions import texts
from alongside.measures import actions as measures
from tests import factories
from tests.journeys.browser import DESK
from tests.journeys.journey import Journey
from tests.packs import PACKS

SAFE = {"phone": "07700 900123", "text_is_safe": True, "given_name": "Amira", "family_name": "Khan"}
LOW = ["Several days"] * 8 + ["More than half the days"]
ASKED_TO_DRINK_LESS = "Somebody did, some time ago"
DRINKING = ["Twice a week", "A little", *["About once a month"] * 6, "Some time ago", ASKED_TO_DRINK_LESS]  # 3+1+12+2+2


class TestAnsweringFromALink(Journey):
    @pytest.fixture(autouse=True)
    def _demonstration(self, settings, app, monkeypatch):
        settings.DEMONSTRATION = True
        settings.ADDRESS = app
        monkeypatch.setattr(texts, "_own", [])  # and none of them afterwards
        texts.use_packs_from(PACKS)

    @pytest.mark.both_ways
    @pytest.mark.telephone
    def test_from_the_message_to_the_therapist(self):
        self.given_somebody_who_was_asked()
        self.when_they_open_the_link_in_the_message()
        self.then_they_are_asked_who_they_are_and_nothing_is_said_of_them()
        self.when_they_say_when_they_were_born()
        self.when_they_answer_and_stop_and_come_back()
        self.when_they_answer_that_they_thought_of_dying()
        self.then_help_stands_there_at_once()
        self.when_they_go_on_to_the_end_and_send_it()
        self.then_they_know_what_happens_next()
        self.then_they_read_not_to_stop_suddenly()
        self.when_their_therapist_looks()
        self.then_both_are_on_the_chart_and_the_task_is_there()

    # --- steps

    def given_somebody_who_was_asked(self):
        northside = factories.partnership().northside
        self.somebody(northside, "therapist", "Tessa Ward", "tessa@example.org")
        self.registration = factories.registered(northside, **SAFE)
        asked = {"registration": self.registration, "instruments": ["phq9", "audit"], "channel": "sms"}
        measures.ask(**asked, by=northside.sign_in("therapist"))
        caseload.send_messages(by=Access.system("tick"))

    def when_they_open_the_link_in_the_message(self):
        self.visit("/mailbox/")
        self.page.locator("a[href*='/answer/']").first.click()
        self.look()

    def then_they_are_asked_who_they_are_and_nothing_is_said_of_them(self):
        self.sees_heading("A few questions")
        for hidden in ("Khan", "Northside", "PHQ"):
            self.does_not_see(hidden)
        for words in ("999", "Samaritans 116 123", "Leave this page"):
            link = self.page.get_by_role("link", name=words, exact=True).first
            assert link.bounding_box()["y"] < 300

    def when_they_say_when_they_were_born(self):
        self.press("Go on")
        self.sees("Enter the date of birth")
        self.fill_date("Date of birth", 18, 5, 1988)
        self.press("Go on")
        self.sees("This did not open.")
        self.fill_date("Date of birth", 17, 5, 1988)
        self.press("Go on")

    def when_they_answer_and_stop_and_come_back(self):
        for number, answer in enumerate(LOW[:4], 1):
            self.sees(f"Question {number} of 19")
            self.sees("Over the last 2 weeks")
            self.is_big_enough(answer)
            self.choose(answer)
            self.press("Next")
        link = self.page.url
        self.visit("/accessibility/")
        self.page.goto(link)
        self.sees("Question 5 of 19")

    def is_big_enough(self, answer):
        """A finger's breadth: the words beside the mark count, for they choose it too."""
        box = self.page.locator(".nhsuk-radios__item", has_text=answer).first.bounding_box()
        assert box["height"] >= 44

    def when_they_answer_that_they_thought_of_dying(self):
        for answer in LOW[4:]:
            self.choose(answer)
            self.press("Next")

    def then_help_stands_there_at_once(self):
        self.sees("Nobody watches this form while you fill it in.")
        self.sees("You want somebody to listen")

    def when_they_go_on_to_the_end_and_send_it(self):
        self.follow("Go on with the questions")
        for answer in DRINKING:
            self.choose(answer)
            self.press("Next")
        self.sees_heading("Read it over")
        self.press("Send")

    def then_they_know_what_happens_next(self):
        self.sees_heading("Thank you. It is sent.")
        self.sees("We will talk with you")
        self.sees("The link is used up.")

    def then_they_read_not_to_stop_suddenly(self):
        warning = self.page.get_by_role("region", name="Do not stop suddenly")
        expect(warning).to_contain_text("ask the substance use team or a GP for a safe plan")
        expect(warning).to_contain_text("ring 999 or go to A&E")
        self.does_not_see("AUDIT")

    def when_their_therapist_looks(self):
        self.page.set_viewport_size(DESK)
        self.sign_in("tessa@example.org")
        self.visit(f"/people/{self.registration}/measures/")

    def then_both_are_on_the_chart_and_the_task_is_there(self):
        self.sees_heading("PHQ-9")
        self.sees_heading("AUDIT")
        self.sees("10 · moderate")
        self.sees("20 · possible dependence")
        self.sees(re.compile("PHQ-9, AUDIT"))
        self.visit(f"/people/{self.registration}/")
        chart = self.page.get_by_role("img", name="Scores, days of use and what happened")
        for name in ("PHQ-9", "AUDIT"):
            expect(chart.locator("text.al-chart__name", has_text=name)).to_be_visible()
        self.sees("An answer about self-harm is waiting for a conversation.")
        self.sees("AUDIT of 20 or more: possible dependence, taken on")
