"""How long an entry is without a witness, second by second, with both sides' own commands: never a minute."""

from datetime import timedelta

import pytest
from django.db import transaction

from alongside.audit import actions, queries
from alongside.audit.keys import PrivateKey
from alongside.cli.ledger import keeping, witnessing
from alongside.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True)
LOOKS = 15  # seconds between a witness's looks, as docs/how-to/countersign-a-ledger.md says
SECONDS = 120
BOUND = timedelta(seconds=60)


class Witness:
    """Looks into the shared folder every so many seconds, as `countersign --every` does."""

    def __init__(self, folder, settings):
        self.key = PrivateKey.new_witness("riverside.officer")
        settings.WITNESSES = [str(self.key.public())]
        self.exchange, self.kept, self.seen = folder / "exchange", folder / "kept", ""

    def look(self):
        offer, out = self.exchange / "offer.json", self.exchange / "countersigned.txt"
        self.seen = witnessing._again(offer, self.key, self.kept, str(queries.public_keys()[0]), out, self.seen)


@pytest.fixture
def witness(tmp_path, settings):
    return Witness(tmp_path, settings)


def entered():
    with transaction.atomic():
        actions.append(actor="pra_x", role="therapist", service="", purpose="direct_care", act="test")


def longest(witness, offset, looks=LOOKS):
    """The age of the oldest entry that nobody vouched for, at its worst, with an entry every second."""
    begun, worst = clock.now(), timedelta(0)
    for second in range(SECONDS):
        with clock.at(begun + timedelta(seconds=second)):
            entered()
            keeping._turn(witness.exchange, sign=second % keeping.SIGNS == 0)
            if second % looks == offset:
                witness.look()
            since = queries.unwitnessed_since()
            worst = max(worst, clock.now() - since if since else timedelta(0))
    return worst


@pytest.mark.parametrize("offset", [0, 7, 14])
def test_no_entry_is_without_a_witness_for_a_minute(witness, offset):
    assert longest(witness, offset) < BOUND
    assert list(queries.problems()) == []


def test_a_witness_who_looks_every_minute_is_too_slow(witness, monkeypatch):
    """The bound is not one that nothing could miss."""
    monkeypatch.setattr(keeping, "SIGNS", 30)
    assert longest(witness, 59, looks=60) > BOUND
    assert queries.unwitnessed_since() is not None
