"""Measuring in the room: two questionnaires from the keyboard, a calendar by tapping, and all of it on one chart."""

import re

import pytest
from playwright.sync_api import expect

from alongside.kernel import clock
from tests import factories, lives
from tests.journeys.journey import Journey


class TestMeasuringTogether(Journey):
    def test_two_questionnaires_from_the_keyboard_stand_on_one_chart(self):
        self.given_somebody_in_treatment()
        self.when_phq9_is_entered_with("110210102")
        self.sees("Saved: PHQ-9 8, mild.")
        self.then_the_answer_about_harm_asks_for_a_conversation()
        self.when_they_say_what_came_of_it()
        self.when_audit_is_entered_with("3211002104")
        self.sees("Saved: AUDIT 14, increasing risk.")
        self.then_both_stand_on_the_chart()

    @pytest.mark.telephone
    def test_a_calendar_is_tapped_on_a_telephone(self):
        self.given_somebody_in_treatment()
        self.visit(f"{self.path}measures/calendar/alcohol/")
        self.then_it_comes_to("0 days without of 28 · 28 days not said yet")
        self.press("Save the calendar")
        self.sees("Nothing is entered. Enter the days, or tick that there was none on the days left empty.")
        self.when_a_week_is_tapped_and_repeated()
        self.then_it_comes_to("16 days without of 28")
        self.press("Save the calendar")
        self.sees("The calendar is saved.")
        self.sees("16 days without of 28")
        self.follow("AOR")
        self.then_the_box_holds("aor_alcohol_week1", "3")
        self.visit(f"{self.path}measures/choose/")
        self.visit(f"{self.path}measures/enter/pcl5/")
        self.visit(f"{self.path}measures/enter/eq5d5l/")

    # --- steps

    def given_somebody_in_treatment(self):
        usually, lives.NOW = lives.NOW, clock.now().replace(minute=0, second=0, microsecond=0)
        try:
            with clock.at(lives.NOW - 20 * lives.WEEK):
                world = factories.partnership()
                world.riverside.sign_in("keyworker")
                self.somebody(world.northside, "therapist", "Sam Reed", "sam@example.org")
                world.northside.staff["therapist"] = factories.User.objects.get(email="sam@example.org").practitioner_id
            start = lives.NOW - 8 * lives.WEEK
            life = lives.joint(world, start=start, given_name="Amira", family_name="Khan")
        finally:
            lives.NOW = usually
        self.path = f"/people/{life.registration}/"
        self.sign_in("sam@example.org")

    def when_phq9_is_entered_with(self, digits):
        self._typed("phq9", digits)

    def when_audit_is_entered_with(self, digits):
        self._typed("audit", digits)

    def _typed(self, key, digits):
        self.visit(f"{self.path}measures/enter/{key}/")
        self.keys(*digits)
        self.has_focus(self.page.get_by_role("button", name="Save the answers"))
        with self.page.expect_navigation():
            self.keys("Enter")
        self.look()

    def then_the_answer_about_harm_asks_for_a_conversation(self):
        self.sees(re.compile("is now a task of yours"))
        self.visit(self.path)
        self.sees("An answer about self-harm is waiting for a conversation.")

    def when_they_say_what_came_of_it(self):
        self.follow("Read it and say what came of it")
        self.sees("Thoughts that you would be better off dead or of hurting yourself in some way")
        self.choose("Safety plan made or gone through")
        self.press("Save what came of it")
        self.does_not_see("An answer about self-harm is waiting for a conversation.")

    def then_both_stand_on_the_chart(self):
        self.visit(self.path)
        chart = self.page.get_by_role("img", name="Scores, days of use and what happened")
        for name in ("PHQ-9", "AUDIT"):
            expect(chart.locator("text.al-chart__name", has_text=name)).to_be_visible()

    def when_a_week_is_tapped_and_repeated(self):
        self.page.locator(".al-drink").first.click()
        days = self.page.locator(".al-day")
        for day in (2, 5, 5, 6):
            days.nth(day).click()
        for button in self.page.get_by_role("button", name="Same as the week before").all():
            button.click()

    def then_the_box_holds(self, name, value):
        expect(self.page.locator(f"[name={name}]")).to_have_value(value)

    def then_it_comes_to(self, words):
        expect(self.page.locator("[data-all]")).to_contain_text(words)
