"""A witness countersigns what continues what they kept, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.audit import checkpoints, rules
from alongside.audit.checkpoints import Head
from alongside.audit.keys import PrivateKey
from alongside.audit.rules import Tree
from alongside.audit.witness import Kept, Offer, Rewritten
from alongside.kernel.errors import Invalid

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEY = PrivateKey.of_ledger("only-for-tests")
OFFICER = PrivateKey.new_witness("riverside.officer")
LEAVES = [rules.leaf(f"entry {number}") for number in range(20)]


def offer(size, begins=0, *, leaves=LEAVES, key=KEY, at=AT):
    tree = Tree().extend(leaves[:size])
    return Offer(begins, leaves[begins:size], checkpoints.signed(Head(size, tree.root(), at), key))


@pytest.fixture
def kept():
    return Kept(KEY.public(), Tree()).countersigned(offer(7), OFFICER, AT)


def test_the_first_offer_is_kept(kept):
    assert (kept.tree.size, kept.note.head.size) == (7, 7)
    assert kept.note.countersigned(OFFICER.public()) == AT


@pytest.mark.parametrize("begins", [0, 3, 7])
def test_one_that_continues_it_is_countersigned_wherever_it_begins(kept, begins):
    assert kept.countersigned(offer(12, begins), OFFICER, AT).tree.size == 12


def test_the_same_one_again_is_no_fault(kept):
    assert kept.countersigned(offer(7, 7), OFFICER, AT).tree == kept.tree


def test_a_gap_is_refused_with_what_to_ask_for(kept):
    with pytest.raises(Invalid, match="--from 7"):
        kept.countersigned(offer(12, 8), OFFICER, AT)


def changed(place):
    return [*LEAVES[:place], rules.leaf("else"), *LEAVES[place + 1 :]]


@pytest.mark.parametrize("place", range(7))
def test_a_rewritten_history_is_refused_however_well_it_is_signed(kept, place):
    with pytest.raises(Rewritten, match="is not what it was"):
        kept.countersigned(offer(12, leaves=changed(place)), OFFICER, AT)


@pytest.mark.parametrize("place", range(7, 12))
def test_leaves_that_are_not_those_that_were_signed_are_refused(kept, place):
    with pytest.raises(Rewritten, match="is not what it was"):
        kept.countersigned(Offer(7, changed(place)[7:12], offer(12).note), OFFICER, AT)


def test_an_older_and_shorter_ledger_is_refused(kept):
    with pytest.raises(Rewritten, match="its end is gone"):
        kept.countersigned(offer(6), OFFICER, AT)


def test_another_key_is_refused(kept):
    with pytest.raises(Rewritten, match="not signed with the ledger's key"):
        kept.countersigned(offer(12, key=PrivateKey.of_ledger("another")), OFFICER, AT)


@pytest.mark.parametrize("at", [AT - timedelta(seconds=1), AT + timedelta(minutes=6)])
def test_a_time_that_cannot_be_is_refused(kept, at):
    with pytest.raises(Rewritten, match="look at both clocks"):
        kept.countersigned(offer(12, at=at), OFFICER, AT)


def test_what_is_kept_is_read_as_it_was_written(kept):
    assert Kept.read(kept.text()) == kept
    assert Offer.read(offer(12, 7).text()) == offer(12, 7)


@pytest.mark.parametrize("spoil", [("{", ""), ('"size": 7', '"size": 6'), ('"peaks"', '"hills"')])
def test_what_was_kept_and_is_spoilt_is_refused(kept, spoil):
    with pytest.raises(Invalid, match="from your backup"):
        Kept.read(kept.text().replace(*spoil))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"begins": 0, "checkpoint": "x", "leaves": []}', '{"leaves": [1]}'])
def test_what_is_no_offer_is_refused(text):
    with pytest.raises(Invalid):
        Offer.read(text)


def test_peaks_that_give_another_tree_are_refused(kept):
    other = Tree().extend(LEAVES[:6]).extend([rules.leaf("else")])
    spoilt = Kept(kept.ledger, other, kept.note)
    with pytest.raises(Invalid, match="from your backup"):
        Kept.read(spoilt.text())
