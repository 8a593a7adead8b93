"""The tree over all leaves: published vectors, the recursive definition, and a tree that goes on where it stopped."""

import random

import pytest

from alongside.audit import rules
from alongside.audit.rules import Tree
from tests.unit.audit.naive import tree_hash

# The test vectors of Certificate Transparency (google/certificate-transparency, merkletree tests).
ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def leaf(entry: bytes) -> bytes:
    return rules.leaf(entry.decode("ascii"))


@pytest.mark.parametrize("size", range(9))
def test_published_vectors(size):
    entries = [bytes.fromhex(one) for one in ENTRIES[:size]]
    assert Tree().extend(map(leaf, entries)).root().hex() == ROOTS[size]
    assert tree_hash(entries).hex() == ROOTS[size]


@pytest.mark.parametrize("size", [*range(1, 40), 255, 256, 257, 1000])
def test_it_is_the_recursive_definition(size):
    entries = [b"entry %d" % number for number in range(size)]
    assert Tree().extend(map(leaf, entries)).root() == tree_hash(entries)


def test_it_goes_on_where_it_stopped():
    """Whatever was cut where: size and peaks are all that it needs."""
    chance = random.Random(6962)
    leaves = [rules.leaf(f"{number}") for number in range(300)]
    for _ in range(50):
        cut = chance.randrange(301)
        first = Tree().extend(leaves[:cut])
        again = Tree(first.size, list(first.peaks)).extend(leaves[cut:])
        assert again.root() == Tree().extend(leaves).root()
        assert len(first.peaks) == first.size.bit_count()


def test_a_leaf_cannot_pass_for_a_node():
    """Without the two prefixes a tree of two entries had the root of one long entry."""
    left, right = rules.leaf("a"), rules.leaf("b")
    assert rules.node(left, right) != rules.leaf((left + right).decode("latin-1"))


def test_a_pseudonym_leads_nowhere_without_its_secret():
    one = rules.pseudonym("secret", "reg_1")
    assert one == rules.pseudonym("secret", "reg_1")
    assert len({one, rules.pseudonym("other", "reg_1"), rules.pseudonym("secret", "reg_2")}) == 3
    assert len(one) == 32
    [record] = rules.record_hashes("secret", ["reg_1"])
    assert record not in one
    assert rules.record_hashes("other", ["reg_1"]) != [record]
