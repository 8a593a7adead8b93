"""The person's page: what stands on it, for whom, and how who they are is put right."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from alongside.consent import queries as consent
from alongside.consultation import actions as consultation
from alongside.contacts import actions as contacts
from alongside.contacts.rules import Meeting
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.measures import actions as measures
from alongside.people import actions as people_acts
from alongside.people import queries as people
from alongside.plan import actions as plan
from alongside.sharing import actions as sharing
from tests import factories, lives
from tests.integration.web.visiting import browser, words


@pytest.fixture
def amira(world):
    life = lives.joint(
        world,
        given_name="Amira",
        family_name="Khan",
        pronouns="she/her",
        language="ur",
        interpreter=True,
        safe_contact="Text only, after 17:00",
    )
    return lives.seen(life)


def path(life):
    return f"/people/{life.registration}/"


class TestTheBanner:
    @pytest.mark.parametrize(
        "said", ["Amira Khan", "she/her", "17 May 1988", "(37)", "Urdu interpreter", "Text only, after 17:00"]
    )
    def test_it_says_whom_every_page_is_about(self, therapist, amira, said):
        for page in ("", "contacts/", "measures/", "contacts/record/", "details/"):
            assert said in therapist.text(path(amira) + page)

    def test_every_page_says_that_there_may_be_more(self, therapist, amira):
        for page in ("", "contacts/", "measures/", "contacts/record/", "contacts/plan/", "details/"):
            assert "There may be more: ask the person." in therapist.text(path(amira) + page)


class TestWhatTheChartLeavesOpen:
    """What it has no lane for is named, and a figure that nobody checked has a sign wherever it is told."""

    @pytest.fixture
    def said(self, therapist, amira):
        for weeks, key in enumerate(("sats", "dast10", "pcl5", "spin", "ldq", "cfq11")):
            with clock.at(lives.NOW - weeks * lives.WEEK):
                measures.record_response(
                    registration=amira.registration,
                    instrument=key,
                    total=4,
                    completed_at=clock.now(),
                    by=amira.practitioner,
                )
        return therapist.text(path(amira))

    def test_what_is_not_drawn_is_named(self, said):
        assert "Not drawn, but in the table: LDQ, CFQ-11." in said

    def test_the_key_the_description_and_the_table_say_what_nobody_checked(self, said):
        assert "* not yet checked against its source." in said
        assert "PCL-5: 4. Not yet checked against its source: cut-off 32." in said
        drawn = "Drawn above, and not yet checked against its source: DAST-10 cut-off 3; PCL-5 cut-off 32."
        assert drawn in said
        assert "4 · late persuasion*" in said
        assert "* a band that is not yet checked against its source." in said

    def test_a_chart_of_checked_figures_has_no_sign(self, therapist, amira):
        said = therapist.text(path(amira))
        assert "not yet checked" not in said
        assert "Not drawn" not in said


class TestBothServices:
    def test_each_side_sees_the_others_measures_on_one_line(self, world, amira):
        keyworker = browser(world.riverside, "keyworker")
        page = keyworker.get(f"/people/{amira.there}/")
        assert 'class="al-chart__other"' in page.content.decode()  # taken by the other service
        said = words(page)
        assert "11 · moderate" in said
        assert "Lead practitioner" in said

    def test_withdrawing_takes_it_away_at_once(self, world, amira):
        keyworker = browser(world.riverside, "keyworker")
        [agreed] = consent.current(amira.registration, access=amira.practitioner)
        sharing.withdraw(consent_id=agreed.id, by=amira.practitioner)
        page = keyworker.get(f"/people/{amira.there}/")
        assert "al-chart__line" not in page.content.decode()
        assert "11 · moderate" not in words(page)

    def test_the_discloser_alone_reads_what_was_agreed(self, world, therapist, amira):
        sentence = "Riverside Substance Use Service may see: what helps both teams treat me."
        assert sentence in therapist.text(path(amira))
        assert sentence not in browser(world.riverside, "keyworker").text(f"/people/{amira.there}/")

    @pytest.mark.parametrize("kinds", [["plan", "team"], ["plan"]])
    def test_a_team_is_named_with_its_service_and_what_it_sees_alone(self, world, therapist, amira, kinds):
        mask = policy.categories_mask(*kinds)
        choice = factories.choice(mask, recipient=f"team:{world.riverside.team}")
        sharing.agree(registration=amira.registration, choice=choice, by=amira.practitioner)
        said = therapist.text(path(amira)).partition("Adult team, Riverside Substance Use Service may see: ")[2]
        sentence = said.partition(".")[0]
        assert "shared plan" in sentence
        assert sentence.endswith(", and nothing else")
        assert "Not:" not in said

    def test_everybody_who_treats_them_is_called_that(self, therapist, amira):
        choice = factories.choice(policy.categories_mask("plan"), recipient="class:treating")
        sharing.agree(registration=amira.registration, choice=choice, by=amira.practitioner)
        assert "Everybody who treats me may see: the shared plan" in therapist.text(path(amira))

    def test_the_others_address_leads_to_ones_own(self, therapist, amira):
        answer = therapist.get(f"/people/{amira.there}/")
        assert (answer.status_code, answer.url) == (302, path(amira))


class TestNow:
    def test_it_shows_what_comes_what_is_owed_the_plan_and_the_questions(self, world, therapist, amira):
        lives.planned(amira, lives.NOW + lives.WEEK)
        goal = plan.add_goal(registration=amira.registration, words="To sleep through", by=amira.practitioner)
        assert goal
        consultation.ask(
            registration=amira.registration,
            answering_service=world.riverside.id,
            text="Is exposure safe while she cuts down?",
            by=amira.practitioner,
        )
        said = therapist.text(path(amira))
        for part in ("in 7 days, 15:00 Fri 13 March", "Record the contact", "To sleep through", "Is exposure safe"):
            assert part in said

    def test_the_other_services_contact_is_theirs_to_record(self, world, therapist, amira):
        contact = lives.planned(amira, lives.NOW + lives.WEEK)
        recording = f'href="/contacts/{contact}/record/"'
        assert recording in therapist.get(path(amira)).content.decode()
        keyworker = browser(world.riverside, "keyworker")
        page = keyworker.get(f"/people/{amira.there}/").content.decode()
        assert "Record the contact" in page
        assert recording not in page
        assert keyworker.get(f"/contacts/{contact}/record/").url == f"/contacts/{contact}/"

    def test_somebody_new_is_told_what_to_do(self, therapist, world):
        life = lives.treated(world.northside)
        said = therapist.text(path(life))
        for part in ("Nothing was measured yet", "None is booked", "No goal is written down yet", "None is open"):
            assert part in said

    def test_the_desk_sees_appointments_and_no_care(self, world, amira):
        said = browser(world.northside, "administrator", "administration").text(path(amira))
        assert "Next contact" in said
        for hidden in ("PHQ-9", "Plan on a page", "Questions between", "Alcohol"):
            assert hidden not in said

    def test_nobody_is_told_that_there_is_none_of_what_their_role_may_not_see(self, world, amira):
        lives.planned(amira, lives.NOW + lives.WEEK)
        said = browser(world.northside, "privacy_lead", "legal").text(path(amira))
        for hidden in ("Next contact", "booked", "How it is going", "Plan on a page", "Questions between"):
            assert hidden not in said

    def test_a_contact_that_is_over_is_not_the_next_one(self, therapist, amira):
        lives.planned(amira, lives.NOW - timedelta(minutes=30))  # it takes 50 minutes: still going on
        assert "not recorded yet" not in therapist.text(path(amira))
        lives.planned(amira, lives.NOW - timedelta(hours=1))
        assert "1 hour ago, 14:00 Fri 6 March not recorded yet" in therapist.text(path(amira))

    def test_what_the_person_did_not_share_is_not_said_to_be_none(self, world):
        """The keyworker's role may see appointments; of the therapist's this person opened none."""
        person = factories.JointJourney(world, back=policy.categories_mask("identity", "team"))
        with clock.at(lives.NOW):
            contacts.plan_contact(
                registration=person.northside,
                episode=person.accepted.episode,
                meeting=Meeting("treatment", lives.NOW + lives.WEEK, "video", 50),
                by=person.therapist,
            )
            said = browser(world.riverside, "keyworker").text(f"/people/{person.riverside}/")
        for part in ("None is booked that you may see.", "None is open that you may see."):
            assert part in said

    @pytest.mark.parametrize(
        ("role", "purpose", "there"),
        [
            ("therapist", "direct_care", "Now Contacts Measures Screening Plan Consultations Sharing Referrals"),
            ("administrator", "administration", "Now Contacts Referrals"),
            ("privacy_lead", "legal", "Now Sharing"),
        ],
    )
    def test_the_tabs_are_the_pages_that_open_for_the_role(self, world, amira, role, purpose, there):
        page = browser(world.northside, role, purpose).get(path(amira)).content.decode()
        tabs = page.split('class="al-tabs"')[1].split("</nav>")[0]
        assert re.findall(r">([A-Z]\w+)</a>", tabs) == there.split()

    def test_the_same_numbers_stand_in_a_table(self, therapist, amira):
        page = therapist.get(path(amira)).content.decode()
        assert page.count("of 28 days, about 9 units on each") >= len(lives.DAYS)
        assert "<title" in page
        assert 'style="' not in page  # the browser is told to refuse it


class TestReviewing:
    def test_looking_at_it_all_sets_the_next_review(self, therapist, amira):
        answer = therapist.send(f"{path(amira)}reviewed/{amira.episode}/")
        assert "Reviewed. The next review is in 12 weeks." in therapist.text(answer.url)

    def test_the_team_lead_says_who_takes_somebody_on(self, world):
        lead = browser(world.northside, "team_lead")
        life = lives.treated(world.northside)
        other = world.northside.sign_in("step2_practitioner")
        answer = lead.send(f"{path(life)}allocate/{life.episode}/", practitioner=other.actor)
        assert f"{other.name} holds them now" in lead.text(answer.url)

    @pytest.mark.parametrize("act", ["reviewed", "allocate"])
    def test_what_does_not_exist_is_not_there(self, therapist, amira, act):
        answer = therapist.send(f"{path(amira)}{act}/epi_nothing/", practitioner=amira.practitioner.actor)
        assert answer.status_code == 404


class TestFinding:
    @pytest.mark.parametrize("text", ["khan", "amira khan", "Amira", "17/5/1988", "17.5.1988"])
    def test_by_name_or_date_of_birth(self, therapist, amira, text):
        assert "Amira Khan" in words(therapist.find(text))

    @pytest.mark.parametrize(
        "text", ["khan-hill", "hill", "HILL", "o'", "neil", "o'neil khan", "hil kha", "zoë", "zo", "z", "maría josé"]
    )
    def test_by_the_beginning_of_any_word_of_the_name(self, therapist, world, text):
        lives.treated(world.northside, given_name="Zoë María José", family_name="Khan-Hill O'Neil")
        assert "Khan-Hill" in words(therapist.find(text))

    @pytest.mark.parametrize("text", ["ill", "han", "khan zz", "zoë zoë zoë zz"])
    def test_not_by_the_middle_of_one_nor_by_some_of_what_was_typed(self, therapist, world, text):
        lives.treated(world.northside, given_name="Zoë", family_name="Khan-Hill")
        assert "Khan-Hill" not in words(therapist.find(text))

    def test_by_the_name_they_go_by_since_it_was_put_right(self, therapist, world):
        life = lives.treated(world.northside, given_name="Before")
        identity, version = people.identity(life.registration, access=life.practitioner)
        after = replace(identity, given_name="After")
        people_acts.correct_identity(
            registration=life.registration, identity=after, version=version, by=life.practitioner
        )
        assert "After Reed" in words(therapist.find("after"))
        assert "After Reed" not in words(therapist.find("before"))

    def test_by_number(self, therapist, world):
        lives.treated(world.northside, given_name="Numa", nhs_number="9434765919")
        assert "Numa Reed" in words(therapist.find("943 476 5919"))

    @pytest.mark.parametrize("text", ["", "zzz", "9999999999", "31/31/1988", "%", "' OR 1=1", "\x00", "k" * 300])
    def test_nonsense_finds_nobody_and_breaks_nothing(self, therapist, amira, text):
        answer = therapist.find(text)
        assert answer.status_code == 200
        assert "Amira Khan" not in words(answer)

    def test_somebody_only_the_other_service_knows_reads_like_nobody(self, world, therapist):
        factories.registered(world.riverside, given_name="Hidden", family_name="Person")
        known, nobody = words(therapist.find("hidden")), words(therapist.find("nobody"))
        assert known.replace("hidden", "") == nobody.replace("nobody", "")


class TestWhatWasTyped:
    """A browser's history and the logs on the way keep addresses: nothing about anybody is in one."""

    def test_it_stands_in_no_address(self, therapist, amira):
        found = therapist.find("Khan")
        assert [one for one, _status in found.redirect_chain] == ["/people/"]
        assert "Amira Khan" in words(found)
        assert "Khan" not in " ".join(re.findall(r'(?:href|action)="([^"]*)"', found.content.decode()))

    def test_an_address_with_a_name_in_it_finds_nobody(self, therapist, amira):
        page = therapist.get("/people/?q=Khan")
        assert page.status_code == 200
        assert "Amira Khan" not in words(page)
        assert 'value="Khan"' not in page.content.decode()

    def test_back_and_the_next_page_are_of_what_was_typed(self, therapist, world):
        for number in range(people.PAGE + 1):
            lives.record_one(world.northside, f"Many{number:02}")
        first = therapist.find("Many")
        assert 'href="?page=2"' in first.content.decode()
        assert words(therapist.get("/people/")) == words(first)
        second = therapist.text("/people/?page=2")
        assert "Many25" in second
        assert "Many00" not in second

    def test_from_the_box_of_any_page(self, therapist, amira):
        assert "Amira Khan" in words(therapist.find("Khan", on="/"))

    def test_it_is_the_readers_own_and_goes_with_the_sign_out(self, world, therapist, amira):
        therapist.find("Khan")
        assert "Amira Khan" not in browser(world.northside, "team_lead").text("/people/")
        therapist.send("/account/sign-out/", on="/")
        therapist.force_login(factories.User.objects.get(practitioner=amira.practitioner.actor))
        assert "Amira Khan" not in therapist.text("/people/")


WHO = {
    "given_name": "Amira",
    "family_name": "Khan-Hill",
    "birth_date-day": "17",
    "birth_date-month": "4",
    "birth_date-year": "1988",
    "sex": "female",
    "language": "en",
}


class TestPuttingRightWhoTheyAre:
    def test_it_is_saved_and_seen(self, therapist, amira):
        answer = therapist.send(f"{path(amira)}details/", **WHO, nhs_number="943 476 5919")
        said = therapist.text(answer.url)
        assert "The details are put right" in said
        assert "Amira Khan-Hill" in said
        assert "943 476 5919" in said

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"nhs_number": "9434765918"}, "its check digit does not fit"),
            ({"nhs_number": "0000000000"}, "filler number"),
            ({"nhs_number": "9999999999"}, "filler number"),
            ({"nhs_number": "12345"}, "has 10 digits"),
            ({"birth_date-year": "2030"}, "must be today or in the past"),
            ({"birth_date-year": "1905"}, "more than 120 years ago"),
            ({"given_name": ""}, "Enter first name"),
            ({"language": "BSL"}, "Do you mean bfi"),
            ({"language": "x1"}, "Give the language as a code"),
        ],
    )
    def test_bad_input_is_named_and_nothing_is_saved(self, therapist, amira, wrong, says):
        answer = therapist.send(f"{path(amira)}details/", **(WHO | wrong))
        assert says in words(answer)
        assert people.header(amira.registration, access=amira.practitioner).family_name == "Khan"

    @pytest.mark.parametrize("version", ["0", "", "x", "99"])
    def test_a_stale_page_saves_nothing(self, therapist, amira, version):
        answer = therapist.send(f"{path(amira)}details/", **WHO, version=version)
        assert "Somebody changed these details while you were writing" in words(answer)
        assert "Khan-Hill" in answer.content.decode(), "what was typed stays on the page"
        assert f'<li><a href="{path(amira)}details/">' in answer.content.decode()
        assert people.header(amira.registration, access=amira.practitioner).family_name == "Khan"
