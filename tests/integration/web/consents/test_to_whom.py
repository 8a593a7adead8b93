"""The account of disclosures names to whom something went and of what, and where its file ends."""

import csv

import pytest

from alongside.definitions import policy
from alongside.kernel import clock
from alongside.safety.rules import Push
from alongside.sharing import actions as sharing
from alongside.web.consents import looked
from tests import factories
from tests.integration.web.visiting import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint():
    return factories.JointJourney()


@pytest.fixture
def path(joint):
    return f"/people/{joint.riverside}/sharing/looked"


def told(joint):
    push = Push(
        "safeguarding", policy.categories_mask("safety"), "Alone", clock.now(), True, to_body="Desk", way="phone"
    )
    return sharing.disclose(registration=joint.riverside, push=push, by=joint.keyworker)


def filed(client, path):
    return list(csv.reader(client.get(f"{path}.csv").content.decode("utf-8-sig").splitlines()))


def test_a_referral_says_to_whom_and_of_what(joint, path):
    keyworker = browser(joint.world.riverside, "keyworker")
    assert "A referral was sent to Northside Talking Therapies" in keyworker.text(f"{path}/?of=sent")
    [row] = [one for one in filed(keyworker, path) if len(one) > 1 and one[1].startswith("A referral was sent")]
    assert row[1] == "A referral was sent to Northside Talking Therapies"
    assert "Name, date of birth and how to reach me" in row[5]
    assert "What I drink or use" in row[5] or "use" in row[5].lower()


def test_who_was_told_outside_is_named_to_those_who_may_know_it(joint, path):
    told(joint)
    for role in ("keyworker", "privacy_lead"):
        client = browser(joint.world.riverside, role)
        assert "Told Desk without consent" in client.text(f"{path}/")
        assert [one for one in filed(client, path) if one[1:2] == ["Told Desk without consent"]]


def test_a_file_that_holds_not_all_says_so_at_its_end(joint, path, monkeypatch):
    client = browser(joint.world.riverside, "keyworker")
    for _number in range(3):
        told(joint)
    assert "newest" not in "".join(filed(client, path)[-1])
    monkeypatch.setattr(looked, "MOST_IN_A_FILE", 2)
    rows = filed(client, path)
    assert len(rows) == 1 + 2 + 1
    assert "Only the newest 2 entries" in rows[-1][0]
