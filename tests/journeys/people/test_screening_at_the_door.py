"""Screening: a questionnaire says yes, one click records it, and it is talked about, offered and started."""

import re

import pytest
from playwright.sync_api import expect

from alongside.kernel import clock
from alongside.screening import actions
from alongside.screening.rules import Asked
from tests import factories, lives
from tests.journeys.journey import Journey


class TestScreeningAtTheDoor(Journey):
    @pytest.mark.telephone
    def test_from_a_questionnaire_to_help_that_started(self):
        self.given_somebody_in_treatment_whom_riverside_asked_about_gambling()
        self.visit(self.path)
        self.sees("Asked already. Do not make them say it twice.")
        self.when_audit_c_is_entered_from_here("333")
        self.sees(re.compile("AUDIT-C 9 reaches its cut-off: it suggests yes"))
        self.press("Record it as a yes Alcohol")
        self.sees("Yes: to be talked about")
        self.when_it_is_talked_about_and_offered()
        self.sees("Help offered: see that it starts")
        self.when_it_has_started()
        self.sees("Help has started")
        self.visit("/screening/")
        self.visit("/people/" + self.life.registration + "/discharge/")

    def test_several_topics_from_the_keyboard(self):
        self.given_somebody_in_treatment_whom_riverside_asked_about_gambling()
        self.visit(f"{self.path}record/")
        self.when_drugs_are_answered_by_arrow_keys()
        self.press("Save")
        self.sees("Saved: 1 topic.")
        self.sees("No")
        self.follow("Correct Drugs")
        self.visit(f"{self.path}record/")
        self.press("Save")
        self.sees("Say what came of asking about at least one of these.")

    # --- steps

    def given_somebody_in_treatment_whom_riverside_asked_about_gambling(self):
        usually, lives.NOW = lives.NOW, clock.now().replace(minute=0, second=0, microsecond=0)
        try:
            with clock.at(lives.NOW - 20 * lives.WEEK):
                world = factories.partnership()
                world.riverside.sign_in("keyworker")
                self.somebody(world.northside, "therapist", "Sam Reed", "sam@example.org")
                world.northside.staff["therapist"] = factories.User.objects.get(email="sam@example.org").practitioner_id
            self.life = lives.joint(world, start=lives.NOW - 8 * lives.WEEK, given_name="Amira", family_name="Khan")
        finally:
            lives.NOW = usually
        gambling = [Asked("gambling", "negative")]
        actions.record(registration=self.life.there, asked=gambling, by=self.life.keyworker)
        self.path = f"/people/{self.life.registration}/screening/"
        self.sign_in("sam@example.org")

    def when_audit_c_is_entered_from_here(self, digits):
        self.follow("AUDIT-C")
        self.keys(*digits)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Save the answers").click()
        self.look()

    def when_it_is_talked_about_and_offered(self):
        self.follow("Say that you talked about it Alcohol")
        self.page.get_by_label("What did you talk about?").fill("Most evenings, alone.")
        self.page.get_by_label("Offer help", exact=True).check()
        self.page.get_by_label("What did you offer?").fill("A first meeting at Riverside")
        self.press("Save")

    def when_it_has_started(self):
        self.follow("Say whether it started Alcohol")
        self.page.get_by_label("Something else has started", exact=True).check()
        self.page.get_by_label("What has started, and when?").fill("Met the keyworker today")
        self.press("Save")

    def when_drugs_are_answered_by_arrow_keys(self):
        group = self.page.get_by_role("group", name="Drugs")
        group.get_by_label("Not asked today").focus()
        self.keys("ArrowUp", "ArrowUp")
        expect(group.get_by_label("No", exact=True)).to_be_checked()
