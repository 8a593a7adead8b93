"""Events and changes of medicine: added from the person's page, seen on the time line, and put right."""

import re

import pytest
from playwright.sync_api import expect

from alongside.kernel import clock
from alongside.lives import actions
from alongside.lives.rules import Told
from tests import factories, lives
from tests.journeys.journey import Journey


class TestEventsAndMedicines(Journey):
    @pytest.mark.telephone
    def test_from_the_persons_page_to_the_time_line(self):
        self.given_somebody_seen_whom_riverside_heard_from()
        self.visit(self.path)
        self.when_an_event_is_added()
        self.sees("Saved. It stands on the time line, too.")
        self.when_a_medicine_is_added()
        self.visit(self.path)
        self.then_the_time_line_explains(
            "Emergency department", "Home lost, Evicted on Monday", "Sertraline started, 50 mg"
        )
        self.page.locator("summary", has_text="The same as a table").click()
        expect(self.page.get_by_role("cell", name="Home lost", exact=True)).to_be_visible()
        self.look()

    def test_a_form_that_is_not_filled_in_and_a_slip(self):
        self.given_somebody_seen_whom_riverside_heard_from()
        self.visit(f"{self.path}medicines/record/")
        self.press("Save")
        self.sees("Answer “Which medicine?”")
        self.page.get_by_label("Which medicine?").fill("Sertralin")
        self.page.get_by_label("Started", exact=True).check()
        self.press("Save")
        self.follow(re.compile("Correct Sertralin started"))
        self.page.get_by_label("Which medicine?").fill("Sertraline")
        self.page.get_by_label("What was wrong?").fill("Misspelt")
        self.press("Save what is right")
        self.sees("Sertraline started")
        self.follow(re.compile("Wrong person Sertraline started"))
        self.page.get_by_label("What was wrong?").fill("Another Khan")
        self.press("Take it out of this record")
        self.sees("No change of medicine is written down yet that you may see.")

    # --- steps

    def given_somebody_seen_whom_riverside_heard_from(self):
        usually, lives.NOW = lives.NOW, clock.now().replace(minute=0, second=0, microsecond=0)
        try:
            with clock.at(lives.NOW - 20 * lives.WEEK):
                world = factories.partnership()
                world.riverside.sign_in("keyworker")
                self.somebody(world.northside, "therapist", "Sam Reed", "sam@example.org")
                world.northside.staff["therapist"] = factories.User.objects.get(email="sam@example.org").practitioner_id
            life = lives.joint(world, start=lives.NOW - 8 * lives.WEEK, given_name="Amira", family_name="Khan")
            lives.seen(life, start=lives.NOW - 6 * lives.WEEK)
        finally:
            lives.NOW = usually
        fell = Told("emergency_attendance", clock.today() - 2 * lives.WEEK)
        actions.record(registration=life.there, told=fell, by=life.keyworker)
        self.path = f"/people/{life.registration}/"
        self.sign_in("sam@example.org")

    def when_an_event_is_added(self):
        self.page.locator("summary", has_text=re.compile("^Add$")).click()
        self.follow("An event in their life")
        self.page.get_by_label("What happened?").select_option(label="Home lost")
        self.page.get_by_label("What should the team know about it?").fill("Evicted on Monday")
        self.press("Save")

    def when_a_medicine_is_added(self):
        self.follow("Add a change of medicine")
        self.page.get_by_label("Which medicine?").fill("Sertraline")
        self.page.get_by_label("Started", exact=True).check()
        self.page.get_by_label("Dose from then on").fill("50 mg")
        self.press("Save")

    def then_the_time_line_explains(self, *said):
        listed = self.page.get_by_role("list", name="What the numbers on the time line are").get_by_role("listitem")
        expect(listed).to_have_count(len(said))
        for place, one in enumerate(said):
            expect(listed.nth(place)).to_contain_text(one)
