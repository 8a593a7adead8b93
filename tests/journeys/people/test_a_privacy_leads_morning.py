"""A privacy lead's morning: who looked from the other service, at whom, and what was shown."""

import pytest

from alongside.access import reading
from alongside.kernel import clock
from alongside.measures import queries as measures
from alongside.people import queries as people
from tests import factories, lives
from tests.journeys.journey import Journey


class TestAPrivacyLeadsMorning(Journey):
    @pytest.fixture(autouse=True)
    def _somebody_on_a_joint_journey(self, _arrive):
        start = clock.now() - 8 * lives.WEEK
        with clock.at(start - 2 * lives.WEEK):
            self.world = factories.partnership()
            self.world.northside.sign_in("therapist")
            self.world.riverside.sign_in("keyworker")
        life = lives.joint(self.world, start=start, given_name="Amira", family_name="Khan")
        self.amira = lives.seen(life, start=start + lives.WEEK)

    def test_who_looked_is_there_to_read(self):
        self.given_the_other_service_opened_amiras_page_yesterday()
        self.when_the_privacy_lead_signs_in()
        self.then_they_read_who_looked_at_whom_and_at_what()

    def given_the_other_service_opened_amiras_page_yesterday(self):
        keyworker = self.amira.keyworker
        with clock.at(clock.now() - lives.WEEK / 7), reading.reading(keyworker, "people.views.person"):
            joined = people.known([self.amira.there], access=keyworker)[self.amira.there].joined
            measures.series(joined, access=keyworker)

    def when_the_privacy_lead_signs_in(self):
        self.somebody(self.world.northside, "privacy_lead", "Prudence Lacey", "privacy@example.org")
        self.sign_in("privacy@example.org")

    def then_they_read_who_looked_at_whom_and_at_what(self):
        self.sees_heading("Who looked from another service")
        self.sees("1 person, 1 page")
        self.page.get_by_text("At whom").first.click()
        self.look()
        self.sees("My mood and anxiety scores")
        self.follow("Amira Khan")
        self.sees_heading("Sharing")
