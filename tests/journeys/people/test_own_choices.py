"""A person chooses for themselves what the other service sees, and the other service's page follows at once."""

import re

import pytest

from alongside.access.context import Access
from alongside.caseload import actions as caseload
from alongside.post import queries as post
from alongside.sharing import actions as sharing
from tests import factories
from tests.integration.web.visiting import browser
from tests.journeys.journey import PASSWORD, Journey


@pytest.mark.usefixtures("messages_leave")
class TestChoosing(Journey):
    @pytest.mark.both_ways
    def test_a_day_in_which_somebody_changes_their_mind(self):
        self.given_somebody_who_was_invited()
        self.when_they_open_the_link_and_choose_a_password()
        self.then_their_own_page_says_what_others_may_see()
        self.when_they_look_at_what_the_other_service_would_see()
        self.then_it_is_read_from_the_record_and_nothing_is_saved()
        self.when_they_sign_for_appointments_and_safety_only()
        self.then_the_page_says_so()
        self.when_they_take_it_back()
        self.then_the_other_service_finds_nobody()
        self.then_they_can_read_who_looked()

    @pytest.mark.telephone
    def test_a_telephone_is_enough(self):
        self.given_somebody_who_was_invited()
        self.when_they_open_the_link_and_choose_a_password()
        self.then_their_own_page_says_what_others_may_see()

    # --- given

    def given_somebody_who_was_invited(self):
        self.joint = factories.JointJourney(email="jordan@mail.example", email_is_safe=True)
        sharing.invite(registration=self.joint.northside, by=self.joint.therapist)
        caseload.send_messages(by=Access.system("tick"))
        [card] = post.mailbox(access=Access.system("test"))
        self.link = re.search(r"(/welcome/\S+)", card.text)[1]

    # --- when

    def when_they_open_the_link_and_choose_a_password(self):
        self.visit(self.link)
        self.fill_date("Date of birth", 17, 5, 1988)
        self.press("Go on")
        self.fill("Choose a password", PASSWORD)
        self.press("Go to my page")

    def when_they_look_at_what_the_other_service_would_see(self):
        self.follow("See and change")
        self.follow_beginning("Change", "Riverside")
        self.choose("Appointments and safety only")
        self.press("Next: what they would see")

    def when_they_sign_for_appointments_and_safety_only(self):
        self.fill("Your name", "Jordan Reed")
        self.press("Sign and save")

    def when_they_take_it_back(self):
        self.follow_beginning("Stop sharing", "Riverside")
        self.press("Stop sharing")

    def follow_beginning(self, words, service):
        self.page.get_by_role("link", name=re.compile(f"{words}.*{service}")).click()
        self.look()

    # --- then

    def then_their_own_page_says_what_others_may_see(self):
        self.sees("Riverside Substance Use Service: What helps both teams treat me")

    def then_it_is_read_from_the_record_and_nothing_is_saved(self):
        self.sees("What Riverside Substance Use Service would see")
        self.sees("in treatment")

    def then_the_page_says_so(self):
        self.sees("Saved. It holds from this moment.")
        self.sees("Appointments and safety only")

    def then_the_other_service_finds_nobody(self):
        self.sees("sees nothing")
        keyworker = browser(self.joint.world.riverside, "keyworker")
        assert keyworker.get(f"/people/{self.joint.northside}/").status_code == 404

    def then_they_can_read_who_looked(self):
        self.follow("Who looked")
        self.sees("What I agreed to share")
