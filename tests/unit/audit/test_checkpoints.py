"""A checkpoint as text: who signed it, what spoils it, and that transparency logs' own tools could read it."""

import hashlib
from base64 import b64decode
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from alongside.audit import checkpoints, rules
from alongside.audit.checkpoints import Head, Note
from alongside.audit.keys import LEDGER, WITNESS, PrivateKey, PublicKey
from alongside.kernel.errors import Invalid

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEY = PrivateKey.of_ledger("only-for-tests")
OFFICER = PrivateKey("riverside.officer", WITNESS, b"\x07" * 32)


@pytest.fixture
def head():
    return Head(3, rules.leaf("x"), AT, "ab" * 32)


def countersigned(head):
    return checkpoints.signed(head, KEY).with_line(checkpoints.countersignature(head, OFFICER, AT))


def test_it_reads_what_it_wrote(head):
    note = countersigned(head)
    assert Note.read(note.text()) == note
    assert note.is_signed_by(KEY.public())
    assert note.countersigned(OFFICER.public()) == AT


@pytest.mark.parametrize("spoilt", ["size", "root", "at", "previous"])
def test_no_word_of_it_can_be_changed(head, spoilt):
    """Each in turn, with the signatures left as they were."""
    other = {"size": 4, "root": rules.leaf("y"), "at": AT.replace(hour=10), "previous": "cd" * 32}
    words = {name: getattr(head, name) for name in other} | {spoilt: other[spoilt]}
    note = Note(Head(**words), countersigned(head).lines)
    assert not note.is_signed_by(KEY.public())
    assert note.countersigned(OFFICER.public()) is None


def test_another_key_is_another_signature(head):
    note = countersigned(head)
    assert not note.is_signed_by(PrivateKey.of_ledger("another").public())
    assert note.countersigned(PrivateKey.new_witness("riverside.officer").public()) is None


def test_a_countersignature_is_no_signature(head):
    """A witness cannot stand in for the ledger, nor the ledger for a witness."""
    note = countersigned(head)
    assert not Note(head, note.lines[1:]).is_signed_by(KEY.public())
    assert Note(head, note.lines[:1]).countersigned(OFFICER.public()) is None


@pytest.mark.parametrize(
    "text", ["", "alongside/ledger\n3\n", "a\n\nb", "alongside/ledger\n3\n!\ntime x\nprevious y\n\n"]
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(Invalid):
        Note.read(text)


def test_one_sign_more_is_no_checkpoint(head):
    with pytest.raises(Invalid):
        Note.read(countersigned(head).text() + " ")


def test_keys_are_read_as_they_are_written():
    for key, kind in ((KEY, LEDGER), (OFFICER, WITNESS)):
        assert PublicKey.read(str(key.public())) == key.public()
        assert key.public().kind == kind
    assert PrivateKey.read(str(OFFICER)) == OFFICER


@pytest.mark.parametrize(
    "text", ["", "a+b", "a+00000000+AAAA", str(OFFICER.public()).replace("riverside", "northside")]
)
def test_what_is_no_key_is_refused(text):
    with pytest.raises(Invalid):
        PublicKey.read(text)


@pytest.mark.parametrize("text", ["", "PRIVATE+KEY+x", f"{OFFICER.public()}", "PRIVATE+KEY+x+AAAA"])
def test_what_is_no_private_key_is_refused(text):
    with pytest.raises(Invalid):
        PrivateKey.read(text)


@pytest.mark.parametrize("name", ["", "two words", "a+b"])
def test_a_witness_has_a_name_of_one_word(name):
    with pytest.raises(Invalid):
        PrivateKey.new_witness(name)


def test_the_text_is_that_of_c2sp(head):
    """Taken apart as c2sp.org/signed-note and c2sp.org/tlog-cosignature say, with nothing of ours."""
    body, _, signatures = countersigned(head).text().partition("\n\n")
    signed, witnessed = (b64decode(line.split(" ")[2]) for line in signatures.splitlines())
    for blob, key in ((signed, KEY), (witnessed, OFFICER)):
        public = key.public()
        number = hashlib.sha256(f"{public.name}\n".encode() + bytes([public.kind]) + public.raw).digest()[:4]
        assert blob[:4] == number
    assert body.splitlines()[:2] == ["alongside/ledger", "3"]
    Ed25519PublicKey.from_public_bytes(KEY.public().raw).verify(signed[4:], f"{body}\n".encode())
    seconds = int.from_bytes(witnessed[4:12], "big")
    words = f"cosignature/v1\ntime {seconds}\n{body}\n".encode()
    Ed25519PublicKey.from_public_bytes(OFFICER.public().raw).verify(witnessed[12:], words)
