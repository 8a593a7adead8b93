"""Somebody whom the person chose looks for them: at what was ticked, knowing whose it is, until that is ended."""

import re
from datetime import date, timedelta

import pytest

from alongside.access.context import Access
from alongside.caseload import actions as caseload
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.people.models import OwnSignIn, Proxy
from alongside.people.rules import Proposed
from alongside.plan import actions as plan
from alongside.post import queries as post
from alongside.sharing import actions as sharing
from tests import factories
from tests.journeys.journey import PASSWORD, Journey


@pytest.mark.usefixtures("messages_leave")
class TestOnTheirBehalf(Journey):
    @pytest.mark.both_ways
    def test_a_carer_looks_until_it_is_ended(self):
        self.given_somebody_who_chose_a_carer()
        self.when_the_carer_opens_the_link_and_chooses_a_password()
        self.then_the_page_says_whose_record_it_is_and_shows_the_plan()
        self.when_it_is_ended()
        self.then_the_next_page_shows_nothing()

    def given_somebody_who_chose_a_carer(self):
        self.joint = factories.JointJourney()
        plan.add_goal(registration=self.joint.northside, words="To sleep through", by=self.joint.therapist)
        chosen = Proposed(
            name="Robin Reed",
            email="robin@mail.example",
            born=date(1961, 2, 3),
            basis="chosen",
            kinds=policy.categories_mask("plan", "appointments"),
            until=clock.now() + timedelta(days=60),
            decides=True,
            agreed="By voice today; their therapist heard it",
        )
        sharing.invite_proxy(registration=self.joint.northside, proposed=chosen, by=self.joint.therapist)
        caseload.send_messages(by=Access.system("tick"))
        [card] = post.mailbox(access=Access.system("test"))
        self.link = re.search(r"(/welcome/\S+)", card.text)[1]

    def when_the_carer_opens_the_link_and_chooses_a_password(self):
        self.visit(self.link)
        self.fill_date("Date of birth", 3, 2, 1961)
        self.press("Go on")
        self.fill("Choose a password", PASSWORD)
        self.press("Go to my page")

    def then_the_page_says_whose_record_it_is_and_shows_the_plan(self):
        self.sees("You are looking at the record of Jordan Reed, on their behalf.")
        self.sees("To sleep through")

    def when_it_is_ended(self):
        assert OwnSignIn.objects.exclude(user="").exists()
        sharing.end_proxy(registration=self.joint.northside, proxy=Proxy.objects.get().pk, by=self.joint.therapist)

    def then_the_next_page_shows_nothing(self):
        self.visit("/account/")
        assert "Jordan" not in self.page.content()
