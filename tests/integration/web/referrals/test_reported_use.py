"""What somebody says they drink stands under its own kind of information, also on a referral."""

import pytest

from alongside.definitions import policy
from alongside.kernel.errors import NotAllowed
from alongside.referral import actions, queries
from alongside.referral.models import ReportedUse
from alongside.referral.rules import Use
from tests import factories
from tests.integration.referral.test_referral import declining
from tests.integration.web.visiting import browser, cost

pytestmark = pytest.mark.django_db

# Everything on the referral pages that says what the person drinks, or lets it be guessed.
TOLD = ("12 units", "20 days of the last 28", "60 units a week", "below threshold", "below the local threshold")
WITHOUT_USE = policy.categories_mask("identity", "team", "referral", "appointments")
WITH_USE = WITHOUT_USE | policy.categories_mask("use_pattern")


@pytest.fixture
def referred():
    return factories.Referred()


def administrator(referred):
    return browser(referred.world.northside, "administrator", "administration")


def paths(referred):
    return "/referrals/", f"/referrals/{referred.referral}/", f"/people/{referred.northside}/referrals/"


def told(client, *addresses):
    return {said for address in addresses for said in TOLD if said in client.text(address)}


def test_a_therapist_reads_what_the_person_drinks(referred):
    therapist = browser(referred.world.northside, "therapist")
    assert told(therapist, *paths(referred)) == set(TOLD)


def test_an_administrator_reads_the_referral_without_what_the_person_drinks(referred):
    pages = [administrator(referred).text(address) for address in paths(referred)]
    assert all("Panic since she stopped using" in page for page in pages)
    assert told(administrator(referred), *paths(referred)) == set()
    assert not any("Drinking and use" in page for page in pages)


def test_a_decision_does_not_tell_an_administrator_what_the_person_drinks(referred):
    actions.decline(referral=referred.referral, decision=declining(), by=referred.therapist)
    address = f"/referrals/{referred.referral}/"
    for client, expected in ((browser(referred.world.northside, "therapist"), True), (administrator(referred), False)):
        page = client.text(address)
        assert "Keyworker at Riverside; look again in six weeks" in page
        assert ("Recorded drinking was below the threshold" in page) is expected
        assert ("12 units" in page) is expected


def test_an_administrator_cannot_decide(referred):
    by = referred.world.northside.sign_in("administrator", "administration")
    with pytest.raises(NotAllowed):
        actions.decline(referral=referred.referral, decision=declining(), by=by)


@pytest.mark.parametrize(("back", "expected"), [(WITHOUT_USE, False), (WITH_USE, True)])
def test_who_was_let_see_referrals_does_not_see_what_the_person_drinks(back, expected):
    """The other service's keyworker, once the receiver may share its referrals back."""
    joint = factories.JointJourney(back=back)
    page = browser(joint.world.riverside, "keyworker").text(f"/referrals/{joint.referral}/")
    assert "Panic since she stopped using" in page
    assert ("12 units" in page) is expected
    assert (queries.received(joint.referral, access=joint.keyworker).use == Use()) is not expected


def test_closed_and_never_said_read_alike():
    """Nobody learns from a page that something about drinking was said and is closed to them."""
    closed = factories.JointJourney(back=WITHOUT_USE)
    keyworker = browser(closed.world.riverside, "keyworker")
    page = keyworker.text(f"/referrals/{closed.referral}/")
    ReportedUse.objects.all().delete()
    assert keyworker.text(f"/referrals/{closed.referral}/") == page
    assert "Nothing is recorded that you may see. Ask the person." in page


def test_the_pages_of_an_administrator_take_few_statements(referred):
    for address in paths(referred):
        assert cost(administrator(referred), address) <= 12
