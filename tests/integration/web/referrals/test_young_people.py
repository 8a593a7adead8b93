"""Somebody young is referred and accepted: who decided, or who found that they understand it, is asked where the age
asks for it, and nothing is sent that could never be accepted."""

from datetime import date, timedelta

import pytest

from alongside.consent.models import Consent
from alongside.journey import actions as acts
from alongside.journey import queries as journeys
from alongside.kernel import clock
from alongside.kernel.errors import Invalid
from alongside.referral import queries as referrals
from tests import factories
from tests.integration.web.visiting import browser, words

pytestmark = pytest.mark.django_db
FOUND = "K. Worker, 2 March 2026: she says back what it means"
BY_VOICE = {"given": "verbal", "witness": "K. Worker", "told_no_is_fine": "on"}
ASKED = "Who found that they understand this choice, and when?"
WRONG = [
    ({"competent": ""}, "Enter who found that the person understands this choice, and when. Under 16"),
    ({"signer": "parent"}, "Enter the name of whoever agreed with or for the person."),
    ({"signer": "representative", "signed_by": "A. Reed"}, "Enter what entitles them to decide for the person."),
]


def turning(years, on=0):
    """Born so that they are of an age `on` days from today."""
    day = clock.today() + timedelta(days=on)
    return date(day.year - years, day.month, day.day)


class Young:
    """In treatment at Riverside, a day short of an age."""

    def __init__(self, key="uk", years=16, on=1):
        self.world = factories.partnership(key)
        self.therapist = self.world.northside.sign_in("therapist")
        self.registration = factories.registered(self.world.riverside, birth_date=turning(years, on))
        by, stay = self.world.riverside.sign_in("keyworker"), {"received_on": clock.today()}
        stay |= {"team": self.world.riverside.team, "practitioner": by.actor}
        acts.open_episode(registration=self.registration, **stay, by=by)
        self.sender = browser(self.world.riverside, "keyworker")
        self.receiver = browser(self.world.northside, "therapist")
        self.path = f"/people/{self.registration}/refer/"

    def refer(self, **changes):
        asked = {"to": self.world.northside.id, "reason": "Panic", "wants": "To sleep", "urgency": "routine"}
        asked |= {"arm": "one_to_one", "share": "both_teams", "back": "both_teams"} | BY_VOICE | changes
        return self.sender.send(self.path, **asked)

    def waiting(self):
        return referrals.to_triage(access=self.therapist)

    def accept(self, **changes):
        [found] = self.waiting()
        entered = {"practitioner": self.therapist.actor} | BY_VOICE | changes
        return self.receiver.send(f"/referrals/{found.id}/accept/", **entered)


def test_what_was_found_is_written_down_on_both_sides_and_the_journey_opens():
    young = Young()
    assert "Under 16: the person decides by themselves" in young.sender.text(young.path)
    answer = young.refer(competent=FOUND)
    assert answer.status_code == 302, words(answer)
    [found] = young.waiting()
    page = young.receiver.text(f"/referrals/{found.id}/accept/")
    assert ASKED in page
    assert "Part 2" not in page
    answer = young.accept(competent="T. Herapist, today")
    assert answer.status_code == 302, words(answer)
    both = [young.registration, found.registration]
    assert journeys.journey_for(both, access=young.world.riverside.sign_in("keyworker")).lead
    said = {one.registration_id: one.competent for one in Consent.objects.all()}
    assert said == dict(zip(both, (FOUND, "T. Herapist, today"), strict=True))


def test_a_parent_may_decide():
    young = Young()
    assert young.refer(signer="parent", signed_by="A. Reed").status_code == 302
    assert young.accept(signer="both", signed_by="A. Reed").status_code == 302
    assert {one.signer for one in Consent.objects.all()} == {"parent", "both"}


@pytest.mark.parametrize("share", ["both_teams", "nothing_yet"])
@pytest.mark.parametrize(("wrong", "says"), WRONG)
def test_nothing_is_sent_that_could_never_be_accepted(share, wrong, says):
    young = Young()
    assert says in words(young.refer(share=share, **({"competent": FOUND} | wrong)))
    assert young.waiting() == []
    assert not Consent.objects.exists()


@pytest.mark.parametrize(("wrong", "says"), WRONG)
def test_accepting_names_what_is_missing_and_opens_nothing(wrong, says):
    young = Young()
    young.refer(competent=FOUND)
    assert says in words(young.accept(**({"competent": FOUND} | wrong)))
    assert not Consent.objects.exclude(registration=young.registration).exists()


def test_to_refer_and_share_nothing_needs_nobody_at_any_age():
    young = Young()
    assert young.refer(arm="one_service", share="nothing_yet", back="").status_code == 302


def test_under_another_law_who_decides_is_said_too():
    young = Young("us", 18)
    assert "Under 18: who decides is the law of the state." in young.sender.text(young.path)
    assert "Enter the law that lets the person decide alone." in words(young.refer())
    assert young.refer(authority="The law of the state").status_code == 302
    assert young.accept(authority="The law of the state").status_code == 302


def test_on_the_birthday_nobody_is_asked_for_it():
    young = Young(on=0)
    assert ASKED not in young.sender.text(young.path)
    assert young.refer().status_code == 302
    [found] = young.waiting()
    assert ASKED not in young.receiver.text(f"/referrals/{found.id}/accept/")


def test_what_a_young_person_would_share_back_is_decided_when_it_is_sent():
    with pytest.raises(Invalid) as refused:
        factories.Referred(categories=0, birth_date=turning(16, on=1))
    assert refused.value.field == "competent"
