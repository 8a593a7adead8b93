"""`alongside ledger`: the way of a checkpoint to a witness and back, by files, and an export that a verifier takes."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings as configured

from alongside.audit import queries
from alongside.audit.models import Checkpoint, Countersignature, Entry
from alongside.cli.ledger import keeping, witnessing
from alongside.cli.main import main
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
VERIFIER = Path(__file__).parents[3] / "verifier" / "alongside_verify.py"


def run(*words):
    done = CliRunner().invoke(main, ["ledger", *map(str, words)], catch_exceptions=False)
    return done.exit_code, done.output


@pytest.fixture
def service():
    return factories.partnership().northside


class Officer:
    """The other service's officer: a key and a folder of their own."""

    def __init__(self, folder):
        self.folder, self.key = folder / "kept", folder / "officer.key"
        self.public = run("key", self.key, "--name", "riverside.officer")[1].strip()
        self.ledger = run("public-key")[1].strip()

    def countersigns(self, offer, out):
        first = [] if self.folder.exists() else ["--ledger", self.ledger]
        return run("countersign", offer, "--key", self.key, "--kept", self.folder, "--out", out, *first)


@pytest.fixture
def officer(tmp_path, settings):
    found = Officer(tmp_path)
    settings.WITNESSES = [found.public]
    return found


@pytest.fixture
def offer(tmp_path):
    return tmp_path / "offer.json"


@pytest.fixture
def out(tmp_path):
    return tmp_path / "countersigned.txt"


def signed():
    keeping.sign_all()


def round_of(officer, offer, out):
    """Sign, offer, countersign, take in."""
    signed()
    for done in (run("offer", offer), officer.countersigns(offer, out), run("import", out)):
        assert done[0] == 0, done
    return done[1]


class TestThereAndBack:
    def test_a_checkpoint_is_countersigned_and_taken_in(self, service, officer, offer, out):
        assert round_of(officer, offer, out) == "Countersigned by riverside.officer.\n"
        assert Countersignature.objects.get().checkpoint_id == Entry.objects.count()
        assert queries.unwitnessed_since() is None
        assert list(queries.problems()) == []
        assert run("import", out)[1] == "It was here already.\n"

    def test_the_next_offer_begins_where_the_witness_is(self, service, officer, offer, out):
        round_of(officer, offer, out)
        before = Entry.objects.count()
        factories.registered(service)
        assert queries.unwitnessed_since() is not None
        round_of(officer, offer, out)
        held = json.loads(offer.read_text())
        assert (held["begins"], len(held["leaves"])) == (before, Entry.objects.count() - before)
        kept = (officer.folder / witnessing.LEAVES).read_bytes()
        digests = Entry.objects.order_by("position").values_list("digest", flat=True)
        assert kept.hex() == "".join(digests)

    def test_the_same_offer_twice_is_answered_alike(self, service, officer, offer, out):
        round_of(officer, offer, out)
        given = out.read_text()
        code, said = officer.countersigns(offer, out)
        assert (code, out.read_text(), "before" in said) == (0, given, True)

    def test_half_written_leaves_are_cut_off(self, service, officer, offer, out):
        round_of(officer, offer, out)
        with (officer.folder / witnessing.LEAVES).open("ab") as half:
            half.write(b"\x01" * 40)
        factories.registered(service)
        round_of(officer, offer, out)
        assert (officer.folder / witnessing.LEAVES).stat().st_size == 32 * Entry.objects.count()

    def test_an_offer_names_nobody(self, service, officer, offer, out):
        registration = factories.registered(service)
        round_of(officer, offer, out)
        assert registration not in offer.read_text() + out.read_text()
        assert "pra_" not in offer.read_text()

    def test_each_side_prints_the_newest_as_it_is_kept(self, service, officer, offer, out):
        assert run("show")[0] == 3  # there is none yet
        round_of(officer, offer, out)
        assert run("show") == run("kept", officer.folder) == (0, out.read_text())


class TestRefusals:
    def test_a_history_that_was_rewritten_and_signed_anew(self, service, officer, offer, out, settings):
        settings.KEPT = ""  # what is kept there would refuse to sign it anew
        round_of(officer, offer, out)
        given = out.read_text()
        Entry.objects.filter(position=1).update(digest="ab" * 32)
        Countersignature.objects.all().delete()
        Checkpoint.objects.all().delete()
        factories.registered(service)
        signed()
        assert run("offer", offer)[0] == 0
        code, said = officer.countersigns(offer, out)
        assert (code, "is not what it was" in said) == (1, True), said
        assert out.read_text() == given

    def test_a_countersignature_of_nobody_we_know(self, service, officer, offer, out, settings):
        signed()
        run("offer", offer)
        officer.countersigns(offer, out)
        settings.WITNESSES = []
        code, said = run("import", out)
        assert (code, "Nobody whom ALONGSIDE_WITNESSES names" in said) == (2, True)
        assert not Countersignature.objects.exists()

    def test_a_checkpoint_that_is_not_ours(self, service, officer, offer, out):
        round_of(officer, offer, out)
        Countersignature.objects.all().delete()
        Checkpoint.objects.all().delete()
        assert run("import", out)[0] == 3

    def test_a_first_time_without_the_ledgers_key(self, service, officer, offer, out):
        signed()
        run("offer", offer)
        code, said = run("countersign", offer, "--key", officer.key, "--kept", officer.folder, "--out", out)
        assert (code, "Give its public key" in said) == (2, True)

    def test_leaves_that_were_lost(self, service, officer, offer, out):
        round_of(officer, offer, out)
        (officer.folder / witnessing.LEAVES).write_bytes(b"")
        factories.registered(service)
        signed()
        run("offer", offer)
        code, said = officer.countersigns(offer, out)
        assert (code, "from your backup" in said) == (2, True)

    def test_an_offer_before_the_first_checkpoint(self, service, offer):
        assert run("offer", offer)[0] == 3

    def test_a_key_is_not_written_over(self, officer):
        assert run("key", officer.key, "--name", "another")[0] == 6
        assert stat.S_IMODE(officer.key.stat().st_mode) == 0o600

    def test_no_key_is_printed_or_offered(self, service, officer, offer, out):
        round_of(officer, offer, out)
        secret = officer.key.read_text().strip()
        said = offer.read_text() + out.read_text() + run("public-key")[1] + officer.public
        assert secret not in said
        assert configured.LEDGER_KEYS[0] not in said


class TestRunning:
    def test_a_round_by_a_shared_folder(self, service, officer, tmp_path, monkeypatch):
        """The ledger lays an offer, the witness answers, and the next turn takes that in and offers what is new."""
        monkeypatch.setattr(keeping, "EVERY", 0)
        exchange = tmp_path / "exchange"
        assert run("run", "--exchange", exchange, "--turns", 1)[0] == 0
        assert Checkpoint.objects.get().size == Entry.objects.count()
        officer.countersigns(exchange / "offer.json", exchange / "countersigned.txt")
        factories.registered(service)
        assert run("run", "--exchange", exchange, "--turns", 2)[0] == 0
        assert Countersignature.objects.count() == 1
        assert not (exchange / "countersigned.txt").exists()
        assert json.loads((exchange / "offer.json").read_text())["begins"] == Checkpoint.objects.earliest("size").size

    def test_a_witness_looks_again_and_again(self, service, officer, tmp_path, monkeypatch):
        """For nothing, for an offer, for the same one, and for one that it refuses, which does not end the watch."""
        exchange = tmp_path / "exchange"
        exchange.mkdir()
        offer, out = exchange / "offer.json", exchange / "countersigned.txt"
        turns = iter([lambda: self.lay(offer), lambda: out.unlink(), lambda: offer.write_text("else"), None])

        def asleep(seconds):
            turn = next(turns)
            if turn is None:
                raise KeyboardInterrupt
            turn()

        monkeypatch.setattr(witnessing.time, "sleep", asleep)
        words = ["--key", officer.key, "--kept", officer.folder, "--ledger", officer.ledger, "--out", out, "--every", 9]
        done = CliRunner().invoke(main, ["ledger", "countersign", str(offer), *map(str, words)])
        assert done.output.count("Countersigned") == 1
        assert "This file is no offer" in done.output
        assert not out.exists()  # the same offer was not answered twice

    def lay(self, offer):
        signed()
        assert run("offer", offer)[0] == 0

    def test_what_is_no_answer_is_laid_aside_and_said(self, service, officer, tmp_path, monkeypatch):
        monkeypatch.setattr(keeping, "EVERY", 0)
        exchange = tmp_path / "exchange"
        exchange.mkdir()
        (exchange / "countersigned.txt").write_text("else", "utf-8")
        code, said = run("run", "--exchange", exchange, "--turns", 2)
        assert (code, "not a checkpoint" in said) == (0, True)
        assert (exchange / "countersigned.refused").exists()

    def test_it_numbers_every_second_and_signs_every_fifteen(self, service, monkeypatch):
        monkeypatch.setattr(keeping, "EVERY", 0)
        monkeypatch.setattr(keeping, "SIGNS", 3)
        sizes = []

        def turned(seconds):
            sizes.append((Entry.objects.filter(position=None).count(), Checkpoint.objects.count()))
            factories.registered(service)

        monkeypatch.setattr(keeping.time, "sleep", turned)
        run("run", "--turns", 6)
        assert sizes == [(0, 1), (0, 1), (0, 1), (0, 2), (0, 2), (0, 2)]
        assert (keeping.EVERY, keeping.SIGNS) == (0, 3)


class TestExport:
    def test_the_verifier_takes_it(self, service, officer, offer, out, tmp_path):
        round_of(officer, offer, out)
        factories.registered(service)
        signed()
        code, said = run("export", tmp_path / "export")
        assert (code, said) == (0, f"{Entry.objects.count()} entries and 2 checkpoints.\n")
        done = self.verified(tmp_path / "export", officer)
        assert done.returncode == 0, done.stdout + done.stderr
        rest = Entry.objects.count() - Countersignature.objects.get().checkpoint_id
        assert f"Not witnessed: the last {rest} entries" in done.stdout

    def test_and_finds_what_was_changed_in_the_database(self, service, officer, offer, out, tmp_path):
        round_of(officer, offer, out)
        entry = Entry.objects.get(position=2)
        Entry.objects.filter(pk=entry.pk).update(actor="pra_else")
        run("export", tmp_path / "export")
        done = self.verified(tmp_path / "export", officer)
        assert (done.returncode, "NOT SOUND at position 2" in done.stdout) == (1, True)

    def test_no_line_of_it_names_anybody(self, service, officer, tmp_path):
        registration = factories.registered(service)
        signed()
        run("export", tmp_path / "export")
        held = (tmp_path / "export" / "entries.ndjson").read_text()
        assert "people.register" in held
        assert registration not in held

    def verified(self, export, officer):
        words = [export, "--kept", officer.folder, "--ledger", officer.ledger, "--witness", officer.public]
        command = [sys.executable, "-I", VERIFIER, *words]  # -I: nothing of ours is on its path
        return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)  # noqa: S603
