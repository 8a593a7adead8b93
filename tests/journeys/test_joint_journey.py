"""One person through both services: referred, met, asked about, planned for, and discharged in recovery."""

from playwright.sync_api import expect

from alongside.journey import actions as journeys
from alongside.kernel import clock
from alongside.organisations import queries as places
from tests import factories
from tests.journeys.journey import Journey


class TestOneJourney(Journey):
    def test_from_one_service_to_both_and_out_again(self):
        self.given_amira_is_in_treatment_at_riverside()
        self.when_her_keyworker_refers_her_and_she_agrees_what_to_share()
        self.then_the_keyworker_hears_by_when_northside_decides()
        self.when_the_therapist_sees_her_drinking_beside_the_threshold_and_accepts()
        self.when_the_therapist_meets_her_twice_and_she_feels_better()
        self.when_the_keyworker_meets_her_and_she_drinks_less()
        self.then_both_teams_measures_stand_on_one_page()
        self.when_the_keyworker_asks_the_therapist_a_question()
        self.when_the_therapist_answers_it()
        self.then_the_keyworker_says_what_became_of_the_advice()
        self.when_they_make_one_plan()
        self.then_both_teams_see_the_same_plan()
        self.when_the_lead_passes_to_the_keyworker()
        self.when_the_therapist_discharges_her()
        self.when_the_keyworker_discharges_her()
        self.then_the_way_back_is_written_down()
        self.then_the_evaluation_counts_her_with_her_drinking_beside_her_mood()

    # --- referred

    def given_amira_is_in_treatment_at_riverside(self):
        self.world = factories.partnership()
        self.somebody(self.world.northside, "therapist", "Sam Reed", "sam@example.org")
        self.somebody(self.world.riverside, "keyworker", "Kim Osei", "kim@example.org")
        self.riverside = factories.registered(self.world.riverside, given_name="Amira", family_name="Khan")
        user = factories.User.objects.get(email="kim@example.org")
        kim = places.access_for(user, None, "direct_care")
        journeys.open_episode(
            registration=self.riverside,
            team=self.world.riverside.team,
            practitioner=kim.actor,
            received_on=clock.today(),
            by=kim,
        )

    def when_her_keyworker_refers_her_and_she_agrees_what_to_share(self):
        self.be("kim")
        self.visit(f"/people/{self.riverside}/refer/")
        self.fill("Why now?", "Panic since she cut down; three attacks in two weeks.")
        self.fill("What does the person want?", "To sleep through without a drink.")
        self.pick("Drinking or drug use (optional)", "Alcohol")
        self.fill("Days in the last 28 (optional)", "20")
        self.fill("Amount on a day of use (optional)", "12")
        self.choose("Yes: one-to-one")
        self.answer("What may they see of our record?", "What helps both teams treat me")
        self.answer("What may we see of theirs, once they accept? (optional)", "What helps both teams treat me")
        self.choose("By voice, and I read it back to them")
        self.choose("I told them: saying no does not affect your care")
        self.press("Send the referral")

    def then_the_keyworker_hears_by_when_northside_decides(self):
        self.sees("Sent to Northside Talking Therapies. They decide by 17:00")
        self.sees("Received, not decided yet")

    def when_the_therapist_sees_her_drinking_beside_the_threshold_and_accepts(self):
        self.be("sam")
        self.visit("/referrals/")
        self.follow("Amira Khan")
        self.sees("Recorded drinking is 12 units on a drinking day: below the local threshold of 15.")
        self.follow("Accept")
        self.press("Accept")
        self.sees("Sam Reed, Therapist takes Amira Khan on and leads the joint journey.")
        self.follow("Open the record")
        self.northside = self.page.url.rstrip("/").rpartition("/")[2]

    # --- met

    def when_the_therapist_meets_her_twice_and_she_feels_better(self):
        self.record_a_contact(self.northside, "00:01", phq9=18, gad7=15)
        self.record_a_contact(self.northside, "00:02", phq9=7, gad7=5)

    def when_the_keyworker_meets_her_and_she_drinks_less(self):
        self.be("kim")
        self.record_a_contact(self.riverside, "00:03", days=20)
        self.record_a_contact(self.riverside, "00:04", days=6)
        self.when_she_agrees_to_be_counted()

    def when_she_agrees_to_be_counted(self):
        self.visit(f"/people/{self.riverside}/sharing/agree/")
        self.page.get_by_label("They may also count me in the evaluation of the pathway").check()
        self.page.get_by_label("I told them: saying no does not affect your care").check()
        self.choose("By voice, and I read it back to them")
        self.press("Next: read it back")
        self.press("They said yes: save")

    def record_a_contact(self, registration, start, **measured):
        self.visit(f"/people/{registration}/contacts/record/")
        self.choose("Attended on time")
        self.fill("Time", start)
        for label, key in (("PHQ-9 total", "phq9"), ("GAD-7 total", "gad7"), ("Alcohol: days of the last 28", "days")):
            if key in measured:
                self.fill(label, str(measured[key]))
        if "phq9" in measured:
            self.page.get_by_label("On the paper, the answer about self-harm is").first.select_option("“not at all”")
        self.press("Save the contact")

    def then_both_teams_measures_stand_on_one_page(self):
        self.visit(f"/people/{self.riverside}/")
        self.page.get_by_text("The same as a table").click()
        for words in ("PHQ-9 18", "PHQ-9 7", "Alcohol 6 of 28 days"):
            expect(self.page.get_by_role("row", name=words)).to_be_visible()

    # --- asked about

    def when_the_keyworker_asks_the_therapist_a_question(self):
        self.visit(f"/people/{self.riverside}/ask/")
        self.fill("Your question", "Is exposure work safe while she cuts down?")
        self.choose("Soon")
        self.press("Ask")
        self.sees("Answer due")

    def when_the_therapist_answers_it(self):
        self.be("sam")
        self.visit("/consultations/")
        self.follow("Is exposure work safe while she cuts down?")
        self.follow("I take it")
        self.press("I take it")
        self.follow("Answer")
        self.fill("Recommendation 1 (optional)", "Carry on; keep it short on the day after a drinking day.")
        self.press("Send the answer")
        self.sees("Answered. They say what became of each recommendation")

    def then_the_keyworker_says_what_became_of_the_advice(self):
        self.be("kim")
        self.visit("/consultations/")
        self.follow("Is exposure work safe while she cuts down?")
        self.follow("Say what became of it")
        self.choose("Taken")
        self.press("Save")
        self.follow("Close it")
        self.choose("It helped")
        self.fill("What we learnt (optional)", "Short exposure fits a taper.")
        self.press("Close it")
        self.sees("Short exposure fits a taper.")

    # --- planned for

    def when_they_make_one_plan(self):
        self.be("sam")
        self.visit(f"/people/{self.northside}/plan/")
        self.follow("Add a goal")
        self.fill("Goal, in the person's own words", "I want to sleep through without a drink")
        self.press("Add the goal")
        self.follow("Add an action")
        self.fill("What will be done?", "Plan three dry evenings")
        self.choose("I want to sleep through without a drink")
        self.pick("Who does it?", "Kim Osei, Riverside Substance Use Service")
        today = clock.today()
        self.fill_date("By which day?", today.day, today.month, today.year)
        self.press("Add the action")

    def then_both_teams_see_the_same_plan(self):
        for who, registration in (("sam", self.northside), ("kim", self.riverside)):
            self.be(who)
            self.visit(f"/people/{registration}/plan/")
            self.sees("“I want to sleep through without a drink”")
            self.sees("Plan three dry evenings")

    # --- and out again

    def when_the_lead_passes_to_the_keyworker(self):
        self.be("sam")
        self.visit(f"/people/{self.northside}/discharge/")
        self.sees("Hand the lead over first.")
        self.follow("Hand the lead over")
        self.choose("Kim Osei, Riverside Substance Use Service")
        self.fill("What do they need to know?", "Below both cut-offs; wants to keep two dry evenings a week.")
        self.press("Ask them to take the lead")
        self.be("kim")
        self.visit("/")
        self.page.get_by_role("link", name="Answer: will you take the lead?").click()
        self.look()
        self.choose("Yes, from now on")
        self.press("Answer")
        self.sees("You lead this joint journey from now on.")

    def when_the_therapist_discharges_her(self):
        self.be("sam")
        self.discharge(self.northside, "After treatment: Completed, by agreement")

    def when_the_keyworker_discharges_her(self):
        self.be("kim")
        self.discharge(self.riverside, "Treatment completed: alcohol free")

    def discharge(self, registration, why):
        self.visit(f"/people/{registration}/discharge/")
        self.pick("Why does the treatment end?", why)
        self.fill("How can the person come back?", "Ring us on any weekday; no new referral is needed.")
        self.press("Discharge")

    def then_the_way_back_is_written_down(self):
        self.sees("Discharged. The way back is written down for the person and for whoever asks.")
        self.visit(f"/people/{self.riverside}/discharge/")
        self.sees("there is nothing to end")

    # --- counted

    def then_the_evaluation_counts_her_with_her_drinking_beside_her_mood(self):
        self.somebody(self.world.northside, "evaluator", "Eve Lund", "eve@example.org")
        self.be("eve")
        self.visit("/evaluation/")
        self.sees("Below both cut-offs at the end: 1 of 1, 100.0 % (20.7 to 100.0).")
        # Both records of her drinking are of today, so nobody can say yet that she drinks less; mood is not left alone.
        self.sees("Of those, 0 used on fewer days, 0 on as many and 0 on more; for 1 it is not known.")

    # --- small steps

    def be(self, name):
        self.page.context.clear_cookies()
        self.sign_in(f"{name}@example.org")

    def pick(self, label, option):
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def answer(self, question, answer):
        self.page.get_by_role("group", name=question, exact=True).get_by_label(answer, exact=True).check()
