"""Measuring in the room: two questionnaires from the keyboard, a calendar by tapping, and all of it on one chart."""

import re

import pytest
from playwright.sync_api import expect

from alongside.kernel import clock
from alongside.measures import actions as measures
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

    def test_the_keyboard_serves_every_kind_of_answer(self):
        self.given_somebody_in_treatment()
        self.typing("eq5d5l", "2", "1", "3", "2", "1", "7", "0", "Enter", saves="Saved: EQ-5D-5L 21321")
        self.typing("gas", "-", "1", "-", "2", "2", "-", "5", "1", "0", saves="Saved: Goal attainment scaling 50")
        self.typing("c_ssrs", *"11001", "0", saves="Saved.")
        self.typing("goal_based_outcomes", "1", "0", "Enter", "4", "Enter", "0", "Enter", saves="Goal 1 10; Goal 2 4")

    def test_the_first_input_of_any_kind_has_the_focus(self):
        self.given_somebody_in_treatment()
        for key, first in (("top", "Alcohol, week 4: days"), ("sds", "Which substance is it about?")):
            self.visit(f"{self.path}measures/enter/{key}/")
            self.has_focus(self.page.get_by_label(first))
        self.visit(f"{self.path}measures/enter/top/")
        self.keys("7", "Enter", "Backspace")
        self.has_focus(self.page.get_by_label("Alcohol, week 4: days"))

    def test_what_falls_away_says_so_and_is_passed_over(self):
        self.given_somebody_in_treatment()
        self.visit(f"{self.path}measures/enter/audit/")
        self.keys("0")
        self.falls_away({"Question 1": "23", "Question 2, Question 3": "45678"})
        self.keys("0", "0")
        self.has_focus(self.page.get_by_role("button", name="Save the answers"))
        self.sees("3 / 3")
        self.page.locator("[name=audit_item1][value='1']").check()
        self.falls_away({})
        self.page.locator("[name=audit_item2][value='0']").check()
        self.page.locator("[name=audit_item3][value='0']").check()
        self.falls_away({"Question 2, Question 3": "45678"})
        self.press("Save the answers")
        self.sees("Saved: AUDIT 1")

    @pytest.mark.both_ways
    def test_what_falls_away_is_accepted_without_an_answer(self):
        self.given_somebody_in_treatment()
        self.visit(f"{self.path}measures/enter/audit/")
        for number in (1, 9, 10):
            self.page.locator(f"[name=audit_item{number}][value='0']").check()
        self.press("Save the answers")
        self.sees("Saved: AUDIT 0")

    def test_what_is_asked_is_counted_before_it_is_asked(self):
        self.given_somebody_in_treatment()
        self.visit(f"{self.path}measures/ask/")
        self.sees(re.compile(r"What is ticked adds 16 questions: \d+ in 30 days\."))
        self.choose("PCL-5")
        self.sees(re.compile(r"What is ticked adds 36 questions: \d+ in 30 days\."))

    @pytest.mark.both_ways
    def test_the_table_of_the_chart_is_on_paper(self):
        self.given_somebody_in_treatment()
        self.given_a_score_of_theirs()
        self.visit(self.path)
        table = self.page.locator("details table", has_text="How much, or more about it")
        expect(table).to_be_hidden()
        self.page.emulate_media(media="print")
        expect(table).to_be_visible()

    def test_an_empty_calendar_on_paper_is_filled_in_with_a_pen(self):
        self.given_somebody_in_treatment()
        self.visit(f"{self.path}measures/calendar/alcohol/")
        repeat = self.page.get_by_role("button", name="Same as the week before").first
        expect(repeat).to_be_visible()
        self.page.emulate_media(media="print")
        expect(repeat).to_be_hidden()
        expect(self.page.locator(".al-drink").first).to_be_visible()

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
        for page in ("choose", "ask", "enter/pcl5", "enter/audit"):
            self.visit(f"{self.path}measures/{page}/")
        self.visit("/measures/due/")
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
        self.life, self.path = life, f"/people/{life.registration}/"
        self.sign_in("sam@example.org")

    def given_a_score_of_theirs(self):
        measures.record_response(
            registration=self.life.registration,
            instrument="phq9",
            total=8,
            harm=False,
            completed_at=clock.now(),
            by=self.life.practitioner,
        )

    def when_phq9_is_entered_with(self, digits):
        self._typed("phq9", digits)

    def when_audit_is_entered_with(self, digits):
        self._typed("audit", digits)

    def _typed(self, key, digits):
        """A key for each answer and one to save, nothing between them: PHQ-9 is ten keys, which at the two seconds that
        an unhurried hand takes to read an answer from paper and press it are the twenty that it may take."""
        self.visit(f"{self.path}measures/enter/{key}/")
        self.keys(*digits)
        self.has_focus(self.page.get_by_role("button", name="Save the answers"))
        with self.page.expect_navigation():
            self.keys("Enter")
        self.look()

    def typing(self, key, *keys, saves):
        self.visit(f"{self.path}measures/enter/{key}/")
        self.keys(*keys)
        self.has_focus(self.page.get_by_role("button", name="Save the answers"))
        self.press("Save the answers")
        self.sees(re.compile(re.escape(saves)))

    def falls_away(self, numbers_by_cause):
        away = [(number, cause) for cause, numbers in numbers_by_cause.items() for number in numbers]
        expect(self.page.locator(".al-q--away")).to_have_count(len(away))
        for number, cause in away:
            question = self.page.locator(f"fieldset:has([name=audit_item{number}])")
            expect(question.locator("input").first).to_be_disabled()
            expect(question.get_by_text(f"Not asked, because of the answer to: {cause}.")).to_be_visible()

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
        days = self.page.locator(".al-week__day")
        for day in (2, 5, 5, 6):
            days.nth(day).click()
        for button in self.page.get_by_role("button", name="Same as the week before").all():
            button.click()

    def then_the_box_holds(self, name, value):
        expect(self.page.locator(f"[name={name}]")).to_have_value(value)

    def then_it_comes_to(self, words):
        expect(self.page.locator("[data-all]")).to_contain_text(words)
