"""Every sign-in of the demonstration begins its day: each first page, a person's page and the report are looked at."""

import pytest

from alongside.cli.demonstration import looking, own, seeding
from alongside.cli.demonstration.planned import PASSWORD
from alongside.kernel import clock
from tests.journeys.journey import Journey

SIGN_INS = {
    "privacy@northside.example": "Privacy",
    "evaluator@northside.example": "Evaluation",
    "therapist@northside.example": "My work",
    "administrator@northside.example": "My work",
    "gp@millfield.example": "My work",
}


class TestEverybodysFirstPage(Journey):
    @pytest.fixture(autouse=True)
    def _the_demonstration(self, _arrive, settings):
        settings.PASSWORD_HASHERS = [seeding.QUICK]  # as it seals the passwords of invented people
        now = clock.now()
        world = seeding.seed_partnership(now, seed=1)
        assert list(seeding.seed_people(world, people=seeding.fewest(), seed=1, now=now))
        looking.look_around(world, now)
        own.sign_in(world, now, 1)

    def test_every_page_of_a_beginning_day_can_be_used_by_everybody(self):
        for email, heading in SIGN_INS.items():
            self.page.context.clear_cookies()
            self.sign_in(email, PASSWORD)
            self.sees_heading(heading)
            self.then_every_place_can_be_used()
            self.then_somebody_they_find_can_be_read_about(email)

    # --- steps

    def then_every_place_can_be_used(self):
        hrefs = [link.get_attribute("href") for link in self.page.locator(".al-nav a").all()]
        assert "/" in hrefs
        for href in hrefs:
            self.visit(href)

    def then_somebody_they_find_can_be_read_about(self, email):
        if email.startswith("evaluator"):
            assert self.page.get_by_role("search").count() == 0
            return
        self.find("a")
        self.page.locator("main table a").first.click()
        self.look()
