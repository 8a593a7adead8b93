"""What is said with a choice: since when, who agrees for whom, what is required, and what Part 2 asks."""

from datetime import UTC, date, datetime

import pytest

from alongside.consent.models import Consent
from alongside.definitions import policy
from alongside.kernel.periods import FOR_EVER
from alongside.organisations import actions as organisations
from alongside.organisations.models import Service
from tests import factories
from tests.integration.web.visiting import browser, civil, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def keyworker(joint):
    return browser(joint.world.riverside, "keyworker")


@pytest.fixture
def path(joint):
    return f"/people/{joint.riverside}/sharing/agree/"


def agreeing(joint, **changes):
    usual = {
        "recipient": joint.world.northside.id,
        "share": "both_teams",
        "given": "verbal",
        "witness": "Kim Worker",
        "told_no_is_fine": "on",
    }
    return usual | changes


def in_force(joint, recipient=None):
    recipient = recipient or f"service:{joint.world.northside.id}"
    return Consent.objects.get(
        registration=joint.riverside, recipient=recipient, purpose="direct_care", status="active"
    )


def test_since_when_and_who_agreed_are_kept(joint, keyworker, path):
    said = {
        "signer": "representative",
        "signed_by": "Ada Attorney",
        "authority": "Power of attorney for health",
        "required_by": "A court",
        "reported": "Whether they came",
    }
    sent = agreeing(joint, **said, **civil("since", date(2026, 3, 1)))
    assert keyworker.send(path, **sent).status_code == 302
    row = in_force(joint)
    assert row.data_from == datetime(2026, 3, 1, tzinfo=UTC)
    assert {name: getattr(row, name) for name in said} == said


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"signer": "parent"}, "Enter the name of whoever agreed with or for the person."),
        ({"signer": "representative", "signed_by": "Ada"}, "Enter what entitles them to decide for the person."),
        ({"required_by": "A court"}, "Enter what they will be told, so that the person knows before they choose."),
        ({"reported": "Whether they came"}, "Enter who will be told."),
    ],
)
def test_what_is_missing_is_named_where_it_is(joint, keyworker, path, wrong, says):
    before = Consent.objects.count()
    answer = keyworker.send(path, **agreeing(joint, **wrong))
    assert says in words(answer)
    assert '<details class="nhsuk-details" open>' in answer.content.decode()
    assert Consent.objects.count() == before


def test_everybody_who_treats_the_person(joint, keyworker, path):
    preview = words(keyworker.send(path, preview="1", **agreeing(joint, recipient="treating")))
    assert "What would be seen, to care for the person, by: Everybody who treats me" in preview
    keyworker.send(path, **agreeing(joint, recipient="treating"))
    assert in_force(joint, "class:treating").categories == policy.bundles()["both_teams"].mask
    page = keyworker.text(f"/people/{joint.riverside}/sharing/")
    assert "Everybody who treats me sees some of our record" in page


class TestUnderPart2:
    @pytest.fixture(autouse=True)
    def _programme(self, joint):
        riverside = joint.world.riverside.id
        Service.objects.filter(pk=riverside).update(jurisdiction="us")
        organisations.set_part2(service=riverside, part2=True, by=factories.SETTING_UP)

    SIGNED = {
        "given": "written",
        "onward": "on",
        "ends": "end_of_treatment",
        "told_take_back": "on",
        "told_passed_on": "on",
        "told_refusing": "on",
    }

    def test_a_signed_consent_is_kept_with_its_elements(self, joint, keyworker, path):
        assert keyworker.send(path, **agreeing(joint, **self.SIGNED)).status_code == 302
        row = in_force(joint)
        assert (row.given, row.onward, row.ends, row.expires_at) == ("written", True, "end_of_treatment", FOR_EVER)
        assert (row.told_take_back, row.told_passed_on, row.told_refusing) == (True, True, True)

    @pytest.mark.parametrize(
        ("wrong", "says"),
        [
            ({"given": "verbal"}, "A programme under 42 CFR Part 2 needs a signature, on paper or on a screen."),
            ({"ends": ""}, "Say when it ends: a day, the end of treatment, or never."),
            ({"ends": "date"}, "Enter the day on which it ends."),
            ({"ends": "never", "onward": ""}, "Only a consent for treatment, payment and operations may have no end."),
            ({"told_take_back": ""}, "Tell the person how they can take it back in writing, then tick this."),
            ({"told_passed_on": ""}, "Tell the person that what is shared may be passed on, then tick this."),
            ({"told_refusing": ""}, "Tell the person what follows from saying no, then tick this."),
        ],
    )
    def test_each_missing_element_is_named_and_nothing_is_saved(self, joint, keyworker, path, wrong, says):
        before = Consent.objects.count()
        assert says in words(keyworker.send(path, **agreeing(joint, **self.SIGNED | wrong)))
        assert Consent.objects.count() == before


def test_elsewhere_nobody_is_asked_for_them(keyworker, path):
    assert "HIPAA" not in keyworker.text(path)
