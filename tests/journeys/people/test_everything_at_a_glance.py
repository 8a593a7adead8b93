"""Who sees what, on one page: staff record research, a team and an exception, and the person closes it."""

import re

import pytest

from alongside.access.context import Access
from alongside.caseload import actions as caseload
from alongside.post import queries as post
from alongside.sharing import actions as sharing
from tests import factories
from tests.journeys.journey import PASSWORD, Journey


@pytest.mark.usefixtures("messages_leave")
class TestEverythingAtAGlance(Journey):
    @pytest.mark.both_ways
    def test_staff_record_it_with_the_person(self):
        self.given_two_services_that_share()
        self.when_a_therapist_records_a_consent_for_research()
        self.then_it_stands_apart_from_what_is_agreed_for_care()
        self.when_a_team_is_named()
        self.when_somebody_is_left_out_by_name()
        self.then_the_grid_says_all_of_it()

    @pytest.mark.telephone
    def test_the_person_closes_it_on_a_telephone(self):
        self.given_two_services_that_share()
        self.given_they_are_in_their_own_sign_in()
        self.when_they_close_it_to_the_other_service()
        self.then_the_grid_says_closed()
        self.when_they_take_it_back()
        self.then_the_grid_says_open()

    @pytest.mark.telephone
    def test_the_person_changes_the_grid_on_a_telephone(self):
        self.given_two_services_that_share()
        self.given_they_are_in_their_own_sign_in()
        self.when_they_tick_a_kind_in_the_grid()
        self.then_they_read_what_they_sign()
        self.when_they_sign_it()
        self.then_it_is_saved_for_that_service()

    @pytest.mark.both_ways
    def test_staff_change_the_grid_with_the_person(self):
        self.given_two_services_that_share()
        self.sign_in("tess@example.org")
        self.visit(f"{self.sharing}grid/")
        self.tick("My test results")
        self.press("Next: read it back")
        self.sees("My test results.")
        self.choose("I told them: saying no does not affect your care")
        self.press("They said yes: save")
        self.then_it_is_saved_for_that_service()

    # --- given

    def given_two_services_that_share(self):
        self.joint = factories.JointJourney(email="jordan@mail.example", email_is_safe=True)
        self.sharing = f"/people/{self.joint.northside}/sharing/"
        self.somebody(self.joint.world.northside, "team_lead", "Tess Hart", "tess@example.org")
        self.somebody(self.joint.world.riverside, "keyworker", "Kim Worker", "kim@example.org")

    def given_they_are_in_their_own_sign_in(self):
        sharing.invite(registration=self.joint.northside, by=self.joint.therapist)
        caseload.send_messages(by=Access.system("tick"))
        [card] = post.mailbox(access=Access.system("test"))
        self.visit(re.search(r"(/welcome/\S+)", card.text)[1])
        self.fill_date("Date of birth", 17, 5, 1988)
        self.press("Go on")
        self.fill("Choose a password", PASSWORD)
        self.press("Go to my page")

    # --- when

    def when_a_therapist_records_a_consent_for_research(self):
        self.sign_in("tess@example.org")
        self.visit(self.sharing)
        self.follow("Other purposes")
        self.page.get_by_role("link", name=re.compile("Record a consent.*Research")).click()
        self.press("Next: read it back")
        self.sees("Something needs putting right")
        self.page.get_by_label("Who may see it?").select_option("Riverside Substance Use Service")
        self.choose("My mood and anxiety scores")
        self.how_it_was_said()
        self.press("Next: read it back")
        self.sees("for this alone: Research. They may see: My mood and anxiety scores.")
        self.press("Save what was read back")

    def when_a_team_is_named(self):
        self.visit(self.sharing)
        self.follow("A team, or somebody by name")
        self.page.get_by_label("Who may see it?").select_option("Adult team, Riverside Substance Use Service")
        self.choose("My test results")
        self.how_it_was_said()
        self.press("Next: read it back")
        self.press("Save what was read back")
        self.sees("Saved. It holds from this moment.")

    def when_somebody_is_left_out_by_name(self):
        self.visit(self.sharing)
        self.page.get_by_role("link", name=re.compile("All of them, but not.*Riverside")).click()
        self.look()
        self.choose("Kim Worker, Riverside Substance Use Service")
        self.how_it_was_said()
        self.press("Next: read it back")
        self.sees("this is left out of it")
        self.press("Save what was read back")
        self.sees("Saved. It holds from this moment.")

    def when_they_tick_a_kind_in_the_grid(self):
        self.visit("/own/sharing/grid/")
        self.tick("My test results")
        self.press("Next: what they would see")

    def when_they_sign_it(self):
        self.fill("Your name", "Jordan Reed")
        self.press("Sign and save")

    def tick(self, kind):
        self.page.get_by_role("group", name="Riverside Substance Use Service").get_by_label(kind).check()

    def how_it_was_said(self):
        self.choose("By voice, and I read it back to them")
        self.choose("I told them: saying no does not affect your care")

    def when_they_close_it_to_the_other_service(self):
        self.follow("See and change")
        self.follow("Close it to somebody")
        self.page.get_by_label("Who should not see your record?").select_option(
            "Everybody at Riverside Substance Use Service"
        )
        self.press("Next: read it once more")
        self.sees("Nothing is saved yet.")
        self.press("Yes, close it")
        self.sees("From this moment it is closed to them.")

    def when_they_take_it_back(self):
        self.page.get_by_role("link", name=re.compile("Take back the no.*Riverside")).click()
        self.look()
        self.press("Take it back")

    # --- then

    def then_it_stands_apart_from_what_is_agreed_for_care(self):
        self.sees("Saved, for this purpose alone.")

    def then_they_read_what_they_sign(self):
        self.sees("What Riverside Substance Use Service would see, to care for you")
        self.sees("My test results.")

    def then_it_is_saved_for_that_service(self):
        self.sees("Saved for: Riverside Substance Use Service. It holds from this moment.")

    def then_the_grid_says_all_of_it(self):
        self.follow("Everything at a glance")
        self.sees("but not: Kim Worker")
        self.sees("open, in part")
        self.sees("Adult team")
        self.sees("Research")

    def then_the_grid_says_closed(self):
        self.follow("Everything at a glance")
        self.sees(re.compile("^closed$"))

    def then_the_grid_says_open(self):
        self.follow("Everything at a glance")
        self.sees(re.compile("^open$"))
