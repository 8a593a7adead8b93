"""A therapist tells Children's services without asking and keeps it from the person; the lead decides about that."""

import pytest

from alongside.kernel import clock
from alongside.safety.models import Withholding
from tests import factories, lives
from tests.journeys.journey import Journey


class TestTellingWithoutConsent(Journey):
    @pytest.fixture(autouse=True)
    def _somebody_in_treatment(self, _arrive):
        with clock.at(clock.now() - 8 * lives.WEEK):
            self.world = factories.partnership()
            self.life = lives.treated(self.world.northside, given_name="Amira", family_name="Khan", start=clock.now())
        self.person = f"/people/{self.life.registration}"
        self.somebody(self.world.northside, "team_lead", "Lee Dara", "lead@example.org")
        self.somebody(self.world.northside, "therapist", "Tess Hart", "tess@example.org")

    def test_it_is_told_withheld_and_looked_at_again(self):
        self.when_a_therapist_says_what_was_told()
        self.then_it_stands_on_the_sharing_page_and_in_the_account()
        self.when_the_lead_decides_that_they_may_read_it()
        self.then_it_is_no_longer_withheld()

    def when_a_therapist_says_what_was_told(self):
        self.sign_in("tess@example.org")
        self.visit(f"{self.person}/disclose/")
        self.press("Save")
        self.sees("Something needs putting right")
        self.choose("To safeguard a child, or an adult at risk")
        self.fill("What was told?", "The children were alone last night.")
        self.choose("Flags about risk")
        self.choose("Somebody outside")
        self.fill("Who, and where do they work?", "Children's services, duty desk")
        self.choose("By telephone")
        self.page.get_by_role("group", name="Was the person told?").get_by_label("No", exact=True).check()
        self.page.get_by_label("Why not?").fill("She would leave with them.")
        self.choose("It would put somebody at risk of serious harm")
        self.page.get_by_label("What would happen if they did?").fill("He reads her post.")
        self.press("Save")
        self.sees("Somebody else still has to look at it.")

    def then_it_stands_on_the_sharing_page_and_in_the_account(self):
        self.visit(f"{self.person}/sharing/")
        self.sees("withheld from the person")
        self.follow("Who looked, and who was told")
        self.sees("Told Children's services, duty desk without consent")

    def when_the_lead_decides_that_they_may_read_it(self):
        self.page.context.clear_cookies()
        self.sign_in("lead@example.org")
        self.visit(f"/withheld/{Withholding.objects.get().pk}/")
        self.sees("He reads her post.")
        self.choose("They may see it, from now on")
        self.press("Save what you decide")

    def then_it_is_no_longer_withheld(self):
        self.sees("the person may see it")
        self.follow("Read the entry itself")
        self.sees("They can read that it was told, to whom and why.")
