"""A therapist's day: what is owed, who comes, the caseload, one person, one contact."""

import re

import pytest
from playwright.sync_api import expect

from alongside.kernel import clock
from tests import factories, lives
from tests.journeys.journey import Journey


class TestATherapistsDay(Journey):
    @pytest.mark.both_ways
    def test_from_the_first_page_to_a_saved_contact(self):
        self.given_somebody_treated_by_both_services()
        self.when_the_therapist_signs_in()
        self.then_they_see_what_they_owe_and_who_comes()
        self.when_they_open_the_caseload()
        self.then_they_see_how_each_person_does()
        self.when_they_open_the_person()
        self.then_both_services_stand_on_one_line()
        self.when_they_record_a_contact_with_a_mistake()
        self.then_the_mistake_stands_beside_its_box()
        self.when_they_put_it_right()
        self.then_the_person_page_says_what_was_saved()

    @pytest.mark.telephone
    def test_a_score_is_put_right_on_a_telephone(self):
        self.given_somebody_treated_by_both_services()
        self.when_the_therapist_signs_in()
        self.visit(f"/people/{self.life.registration}/measures/")
        self.when_they_put_the_last_score_right()
        self.sees("Put right: PHQ-9 12, moderate. The earlier entry is kept and no longer shown.")
        self.visit("/caseload/")
        self.visit("/since-yesterday/")
        self.visit(f"/people/{self.life.registration}/contacts/record/")

    def test_who_somebody_is_is_put_right(self):
        self.given_somebody_treated_by_both_services()
        self.when_the_therapist_signs_in()
        self.when_they_mistype_an_nhs_number()
        self.then_its_wrong_digit_is_said_beside_the_box()
        self.when_they_type_the_right_one_and_the_name_she_likes()
        self.then_her_page_says_who_she_is()

    def test_a_contact_is_booked_moved_missed_and_followed_up(self):
        self.given_somebody_treated_by_both_services()
        self.when_the_therapist_signs_in()
        self.when_they_book_a_contact()
        self.when_they_move_it()
        self.when_they_cancel_it_themselves()
        self.then_it_is_owed_until_it_is_followed_up()

    # --- steps

    def given_somebody_treated_by_both_services(self):
        lives_now = lives.NOW
        start = clock.now().replace(minute=0, second=0, microsecond=0)
        lives.NOW = start
        try:
            with clock.at(start - 20 * lives.WEEK):
                world = factories.partnership()
                world.riverside.sign_in("keyworker")
                self.somebody(world.northside, "therapist", "Sam Reed", "sam@example.org")
                world.northside.staff["therapist"] = factories.User.objects.get(email="sam@example.org").practitioner_id
            life = lives.joint(world, start=start - 8 * lives.WEEK, given_name="Amira", family_name="Khan")
            self.life = lives.seen(life, start=start - 6 * lives.WEEK)
            lives.planned(self.life, start + lives.WEEK)
        finally:
            lives.NOW = lives_now

    def when_the_therapist_signs_in(self):
        self.sign_in("sam@example.org")

    def then_they_see_what_they_owe_and_who_comes(self):
        self.sees_heading("What I owe")
        self.sees("Record the contact: Amira Khan")
        if self.javascript:
            self.sees(re.compile("The other team has written nothing"))

    def when_they_open_the_caseload(self):
        self.follow("Caseload")

    def then_they_see_how_each_person_does(self):
        self.sees("19 → 11")
        self.sees("reliably better")

    def when_they_open_the_person(self):
        self.follow("Amira Khan")

    def then_both_services_stand_on_one_line(self):
        self.sees("both services on one line, as far as the person agreed")
        expect(self.page.get_by_role("img", name="Scores, days of use and what happened")).to_be_visible()
        self.page.get_by_text("The same as a table").click()
        expect(self.page.get_by_role("cell", name="8 of 28 days, about 9 units on each").first).to_be_visible()

    def when_they_record_a_contact_with_a_mistake(self):
        self.page.locator(".al-add summary").click()
        self.follow("A contact that took place")
        self.choose("Attended on time")
        self.fill("PHQ-9 total", "010")
        self.fill("Alcohol: days of the last 28", "6")
        self.press("Save the contact")

    def then_the_mistake_stands_beside_its_box(self):
        self.sees_heading("Something needs putting right")
        self.page.get_by_role("link", name=re.compile("“010” is not written")).click()
        self.has_focus(self.page.get_by_label("PHQ-9 total", exact=True))

    def when_they_put_it_right(self):
        self.fill("PHQ-9 total", "10")
        self.page.get_by_label("On the paper, the answer about self-harm is").first.select_option("“not at all”")
        self.fill("What we agreed (optional)", "A walk on Tuesday.")
        self.press("Save the contact")

    def then_the_person_page_says_what_was_saved(self):
        self.sees("Saved: attended on time.")

    def when_they_put_the_last_score_right(self):
        self.page.get_by_role("link", name=re.compile("^Correct PHQ-9")).first.click()
        self.look()
        self.fill("Total that should stand", "12")
        self.page.get_by_label("What was wrong?").fill("A slip of the pen")
        self.press("Save what is right")

    def when_they_mistype_an_nhs_number(self):
        self.visit(f"/people/{self.life.registration}/details/")
        self.fill("NHS number (optional)", "943 476 5918")
        self.press("Save the details")

    def then_its_wrong_digit_is_said_beside_the_box(self):
        self.page.get_by_role("link", name=re.compile("its check digit does not fit")).click()
        self.has_focus(self.page.get_by_label("NHS number (optional)", exact=True))

    def when_they_type_the_right_one_and_the_name_she_likes(self):
        self.fill("NHS number (optional)", "943 476 5919")
        self.fill("Name they like to be called by (optional)", "Ami")
        self.press("Save the details")

    def then_her_page_says_who_she_is(self):
        self.sees("The details are put right. Everybody who opens this person sees the new ones.")
        self.sees(re.compile("Ami Khan"))
        self.sees(re.compile("943 476 5919"))

    def when_they_book_a_contact(self):
        self.visit(f"/people/{self.life.registration}/contacts/plan/")
        day = clock.today() + lives.WEEK * 2
        self.fill_date("Date", day.day, day.month, day.year)
        self.fill("Time", "10:30")
        self.press("Book it")
        self.sees(re.compile("Booked for 10:30"))

    def when_they_move_it(self):
        self.visit(f"/people/{self.life.registration}/contacts/")
        self.page.get_by_role("link", name=re.compile("10:30")).first.click()
        self.look()
        self.follow("Move it")
        self.fill("New time", "11:15")
        self.press("Move it")
        self.sees(re.compile("Moved to 11:15"))

    def when_they_cancel_it_themselves(self):
        self.follow("Cancel it")
        self.choose("We did: book them a new time")
        self.press("Cancel the contact")
        self.sees(re.compile("It stays owed until a new time is booked"))

    def then_it_is_owed_until_it_is_followed_up(self):
        self.page.get_by_role("link", name="Book a new time: we cancelled").click()
        self.look()
        self.follow("Say how it was followed up")
        self.choose("A new time is booked")
        self.press("Save")
        self.sees(re.compile("Nothing more is owed about it"))
