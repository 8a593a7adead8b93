"""An answer that was entered wrongly is put right on a telephone: the chart and the prompt follow, nothing is lost."""

import re

import pytest
from playwright.sync_api import expect

from alongside.kernel import clock
from alongside.measures import actions
from tests import factories, lives
from tests.journeys.journey import Journey

HARM = "Thoughts that you would be better off dead or of hurting yourself in some way"


class TestPuttingAMeasureRight(Journey):
    @pytest.mark.telephone
    @pytest.mark.both_ways
    def test_an_answer_about_self_harm_that_was_entered_as_none(self):
        self.given_a_phq9_that_was_entered_wrongly()
        self.visit(self.path)
        self.then_the_chart_says("8 · mild")
        self.when_it_is_opened_to_be_put_right()
        self.press("Save what is right")
        self.sees("Answer “What was wrong?”")
        self.when_question_nine_becomes("2")
        self.sees(re.compile("Put right: PHQ-9 10, moderate"))
        self.sees(re.compile("is now a task of yours"))
        self.then_every_version_can_be_read()
        self.visit(self.path)
        self.then_the_chart_says("10 · moderate")
        self.follow("Read it and say what came of it")
        self.sees(HARM)
        self.sees("More than half the days")
        self.choose("Safety plan made or gone through")
        self.press("Save what came of it")
        self.does_not_see("An answer about self-harm is waiting for a conversation.")

    def test_from_the_keyboard(self):
        self.given_a_phq9_that_was_entered_wrongly()
        self.when_it_is_opened_to_be_put_right()
        self.has_focus(self.page.locator("input[name=phq9_item1]:checked"))
        self.keys(*"221111110")
        self.page.get_by_label("What was wrong?").fill("Two lines were mixed up")
        self.press("Save what is right")
        self.sees(re.compile("Put right: PHQ-9 10, moderate"))

    # --- steps

    def given_a_phq9_that_was_entered_wrongly(self):
        usually, lives.NOW = lives.NOW, clock.now().replace(minute=0, second=0, microsecond=0)
        try:
            with clock.at(lives.NOW - 20 * lives.WEEK):
                world = factories.partnership()
                self.somebody(world.northside, "therapist", "Sam Reed", "sam@example.org")
                world.northside.staff["therapist"] = factories.User.objects.get(email="sam@example.org").practitioner_id
            start = lives.NOW - 6 * lives.WEEK
            life = lives.treated(world.northside, start=start, given_name="Amira", family_name="Khan")
        finally:
            lives.NOW = usually
        actions.record_response(
            registration=life.registration,
            instrument="phq9",
            answers=[1] * 8 + [0],
            completed_at=clock.now() - lives.WEEK,
            by=life.practitioner,
        )
        self.path = f"/people/{life.registration}/"
        self.sign_in("sam@example.org")

    def when_it_is_opened_to_be_put_right(self):
        self.visit(f"{self.path}measures/")
        self.page.get_by_role("link", name=re.compile("^Correct PHQ-9")).click()
        self.look()
        self.sees_heading("Put this measure right")

    def when_question_nine_becomes(self, answer):
        self.page.locator(f"input[name=phq9_item9][value='{answer}']").check()
        self.page.get_by_label("What was wrong?").fill("The paper says 2 for the last question")
        self.press("Save what is right")

    def then_every_version_can_be_read(self):
        self.page.get_by_role("link", name=re.compile("^History PHQ-9")).click()
        self.look()
        self.sees("The paper says 2 for the last question")
        expect(self.page.get_by_role("heading", name=re.compile("What stands now"))).to_contain_text("10, moderate")
        expect(self.page.get_by_role("heading", name=re.compile("Before it was put right"))).to_contain_text("8, mild")

    def then_the_chart_says(self, value):
        self.page.locator("summary", has_text="The same as a table").click()
        expect(self.page.get_by_role("cell", name=re.compile(f"^{re.escape(value)}( ·|$)"))).to_be_visible()
