"""An older copy of the database was restored: it is refused until what was taken back since has ended again."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from alongside.access import queries as allowed
from alongside.access.models import Anchor, Bar, Grant, Line, Need
from alongside.access.rules import Effect, Handle
from alongside.audit import queries as audit
from alongside.cli import kept, serve
from alongside.cli.database import NotReady
from alongside.cli.kept.journal import CHANGES, CHECKPOINT, Journal
from alongside.cli.ledger import keeping
from alongside.cli.main import main
from alongside.consent import queries as consents
from alongside.definitions import policy
from alongside.kernel import clock
from alongside.people import queries as people
from alongside.sharing import actions as sharing
from alongside.sharing import queries as shared
from tests import factories
from tests.stolen.backups import backup, forget, restore

pytestmark = pytest.mark.django_db(transaction=True)


def run(*words):
    done = CliRunner().invoke(main, words)
    return done.exit_code, done.output


@pytest.fixture
def person(tmp_path, settings):
    """Somebody in two services, with the ledger signed and a backup made."""
    settings.KEPT = str(tmp_path / "kept")
    person = factories.JointJourney()
    keeping.sign_all()
    backup(tmp_path)
    yield person
    forget()


@pytest.fixture
def back(person, tmp_path):
    """What was done since the backup is signed, and lost."""

    def bring_back():
        keeping.sign_all()
        restore(tmp_path)

    return bring_back


def withdrawn(person):
    [agreed] = consents.current(person.northside, access=person.therapist)
    sharing.withdraw(consent_id=agreed.id, by=person.therapist)


def seen(person):
    """Whether the other service sees the plan of this one."""
    return allowed.opens(person.keyworker, person.northside, "plan")


def bars():
    return sorted(Bar.objects.values_list("registration", "handle", "closes", "purposes", "hard", "because"))


class TestRefused:
    @pytest.mark.parametrize("command", ["tick", "check"])
    def test_a_command_says_so_and_up_to_where_both_are_alike(self, command, person, back):
        shares = audit.newest_checkpoint().head.size
        withdrawn(person)
        back()
        code, output = run(command)
        assert code == (3 if command == "tick" else 1)
        assert "This database is older than its own ledger" in output
        assert f"it shares the first {shares} entries" in output
        assert seen(person)  # why

    def test_no_page_is_served(self, person, back):
        withdrawn(person)
        back()
        with pytest.raises(NotReady, match="older than its own ledger"):
            serve.start(host="127.0.0.1", port=0)

    def test_also_when_it_has_grown_again(self, person, back):
        withdrawn(person)
        back()
        for number in range(20):
            factories.registered(person.world.northside, given_name=f"Later{number}")
        with pytest.raises(NotReady, match="older than its own ledger"):
            keeping.sign_all()
        assert kept.older()

    def test_the_newest_is_not(self, person):
        withdrawn(person)
        keeping.sign_all()
        assert kept.older() is None
        assert "nothing to do" in run("restore")[1]

    def test_nor_is_one_whose_checkpoint_was_signed_and_not_kept(self, person, monkeypatch):
        """A crash between the two: the next checkpoint keeps what this one did not."""
        withdrawn(person)
        with monkeypatch.context() as crash:
            crash.setattr("alongside.cli.kept.keeping._keep_checkpoint", lambda *words: None)
            keeping.sign_all()
        assert kept.older() is None
        factories.registered(person.world.northside)
        keeping.sign_all()
        assert kept.older() is None
        assert kept.journal().kept().size == audit.newest_checkpoint().head.size


class TestPutRight:
    def test_what_was_withdrawn_since_is_withdrawn(self, person, back):
        withdrawn(person)
        back()
        assert seen(person)
        code, output = run("restore")
        assert (code, "1 record put right" in output) == (0, True)
        assert not seen(person)
        assert consents.current(person.northside, access=person.therapist) == []
        assert allowed.opens(person.therapist, person.riverside, "plan")  # the other side said nothing
        assert run("tick")[0] == 0
        assert run("check", "--only", "ledger")[0] == 0

    def test_without_it_the_leak_is_seen(self, person, back, monkeypatch):
        """The planted fault: a restored database that is served as it is."""
        withdrawn(person)
        back()
        monkeypatch.setattr(sharing, "replay", lambda **words: False)
        run("restore")
        assert seen(person)

    def test_what_was_narrowed_has_to_be_agreed_again(self, person, back):
        narrower = factories.choice(1, recipient=Handle.service(person.world.riverside.id))
        sharing.agree(registration=person.northside, choice=narrower, by=person.therapist)
        back()
        run("restore")
        assert not seen(person)

    def test_what_was_refused_since_is_refused(self, person, back):
        named = Handle.practitioner(person.keyworker.actor)
        closed = factories.choice(policy.all_categories(), recipient=named, effect=Effect.DENY, hard=True)
        sharing.refuse(registration=person.northside, choice=closed, by=person.therapist)
        before = bars()
        back()
        assert not Bar.objects.exists()
        run("restore")
        assert not seen(person)
        assert bars() == before
        [stands] = [one for one in consents.in_force(person.northside, access=person.therapist) if one.refuses]
        sharing.withdraw(consent_id=stands.id, by=person.therapist)  # like any other
        assert not Bar.objects.exists()

    def test_what_was_taken_apart_is_apart(self, person, back):
        sharing.unlink(registration=person.northside, other=person.riverside, why=factories.APART, by=person.therapist)
        back()
        run("restore")
        assert people.joined(person.northside, access=person.therapist) == [person.northside]

    def test_nothing_else_is_changed(self, person, back):
        facts = [sorted(model.objects.values_list("pk", "until_at")) for model in (Line, Need)]
        factories.registered(person.world.northside)
        back()
        run("restore")
        assert [sorted(model.objects.values_list("pk", "until_at")) for model in (Line, Need)] == facts

    def test_a_second_time_too(self, person, back, tmp_path):
        """The same backup comes back once more: what was put right the first time is kept."""
        withdrawn(person)
        back()
        run("restore")
        back()
        assert seen(person)
        assert kept.older()
        run("restore")
        assert not seen(person)

    def test_the_privacy_lead_finds_it(self, person, back):
        withdrawn(person)
        back()
        run("restore")
        lead = person.world.northside.sign_in("privacy_lead")
        found = shared.done(since=clock.now() - timedelta(days=1), access=lead).put_right
        assert [(one.registration, one.act) for one in found] == [(person.northside, "sharing.replay")]

    def test_the_plan_changes_nothing(self, person, back):
        withdrawn(person)
        back()
        assert run("restore", "--plan")[0] == 0
        assert seen(person)
        assert kept.older()

    def test_what_was_found_to_be_one_human_since_is_closed_to_others(self, person, back):
        """What was refused at one of the two had closed the other."""
        again = factories.registered(person.world.northside)
        colleague = person.world.northside.sign_in("step2_practitioner")
        keeping.sign_all()
        sharing.propose_same(registration=person.northside, other=again, reason="Came twice", by=person.therapist)
        sharing.decide_same(registration=again, same=True, by=colleague)
        sharing.confirm_same(registration=again, by=colleague)
        assert seen(person)
        back()
        assert seen(person)
        run("restore")
        assert not seen(person)


class TestWhatCannotBePutRight:
    """What was kept is damaged, or does not reach back: nobody but the own service sees anything."""

    @pytest.fixture(params=["a line is gone", "a line is another", "it begins later"])
    def damaged(self, request, person, back):
        withdrawn(person)
        back()
        folder = kept.journal().folder
        lines = (folder / CHANGES).read_bytes().splitlines(keepends=True)
        if request.param == "a line is gone":
            (folder / CHANGES).write_bytes(b"".join(lines[:-1]))
        elif request.param == "a line is another":
            (folder / CHANGES).write_bytes(b"".join([*lines[:-1], b"x" * (len(lines[-1]) - 1) + b"\n"]))
        else:
            said = (folder / CHECKPOINT).read_text()
            (folder / CHECKPOINT).write_text(said.replace('"begins": 0', '"begins": 1000000'))

    def test_all_is_closed_to_others_and_none_to_the_own(self, person, damaged):
        code, output = run("restore")
        assert code == 0
        assert "closed to everybody but their own service" in output
        assert not seen(person)
        assert not allowed.opens(person.therapist, person.riverside, "plan")
        assert allowed.opens(person.therapist, person.northside, "plan")
        services = dict(Anchor.objects.values_list("pk", "service"))
        theirs = {person.world.northside.id, person.world.riverside.id}
        for registration, handle in Grant.objects.values_list("registration", "handle"):
            assert not any(other in handle for other in theirs - {services[registration]})


def test_a_line_that_a_crash_left_half_written_is_written_again(tmp_path):
    journal = Journal(tmp_path, ["a key"])
    journal.write(1, {"reg_a": {"agreed": []}})
    with (tmp_path / CHANGES).open("ab") as out:
        out.write(b"half a li")
    journal.write(2, {"reg_b": {"agreed": ["cns_1"]}})
    assert [one["registration"] for one in journal._lines()] == ["reg_a", "reg_b"]


def test_what_is_kept_says_nothing_to_whoever_reads_it(person):
    withdrawn(person)
    keeping.sign_all()
    for file in kept.journal().folder.iterdir():
        for words in (person.northside, person.riverside, person.world.riverside.id, "Jordan", "Reed"):
            assert words.encode() not in file.read_bytes()


def test_every_change_of_who_may_see_is_kept(person):
    """What a checkpoint vouches for: whoever's facts changed under it is in what is kept, as they stand."""
    withdrawn(person)
    sharing.unlink(registration=person.northside, other=person.riverside, why=factories.APART, by=person.therapist)
    keeping.sign_all()
    stood, whole = kept.journal().stood(0)
    assert whole
    assert {one: stands["epoch"] for one, stands in stood.items()} == dict(
        Anchor.objects.filter(epoch__gt=0).values_list("pk", "epoch")
    )
