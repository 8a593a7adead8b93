"""An older copy of the database was restored: what people withdrew since is said to be missing, and is not to be used.

The copy itself cannot know. What was kept elsewhere can: the checkpoint that somebody keeps, and the witness. Here
nothing is kept beside the database (`test_put_right.py`).
"""

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection

from alongside.access import queries as allowed
from alongside.audit import queries as audit
from alongside.audit.keys import PrivateKey
from alongside.cli.ledger import keeping, witnessing
from alongside.cli.main import main
from alongside.consent import queries as consents
from alongside.sharing import actions as sharing
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="A server's files are restored by its own tools."),
]


def copied(from_, to):
    with sqlite3.connect(from_) as source, sqlite3.connect(to) as target:
        source.backup(target)


@pytest.fixture
def witness(tmp_path, settings):
    key = PrivateKey.new_witness("riverside.officer")
    settings.WITNESSES = [str(key.public())]
    return lambda: countersigned(key, tmp_path)


def countersigned(key, folder):
    """What the witness says to the newest checkpoint."""
    offer, kept = folder / "offer.json", folder / "kept"
    keeping._offer(offer, None)
    ledger = "" if kept.exists() else str(audit.public_keys()[0])
    return witnessing._countersign(offer, key, kept, ledger, folder / "countersigned.txt")


@pytest.fixture
def restored(tmp_path, witness, settings):
    """Somebody agreed; a backup was made; they withdrew; the backup was restored. With what was kept elsewhere."""
    settings.KEPT = ""
    person = factories.JointJourney()
    keeping.sign_all()
    witness()
    database, backup = Path(connection.settings_dict["NAME"]), tmp_path / "backup.sqlite3"
    copied(database, backup)
    [agreed] = consents.current(person.northside, access=person.therapist)
    sharing.withdraw(consent_id=agreed.id, by=person.therapist)
    keeping.sign_all()
    witness()
    kept = tmp_path / "checkpoint.txt"
    kept.write_text(audit.newest_checkpoint().text())
    assert not allowed.opens(person.keyworker, person.northside, "plan")
    assert checked(kept).exit_code == 0
    connection.close()
    copied(backup, database)
    return person, kept


def checked(kept):
    return CliRunner().invoke(main, ["check", "--only", "ledger", "--kept", str(kept)])


def test_the_check_with_what_was_kept_says_so(restored):
    person, kept = restored
    assert allowed.opens(person.keyworker, person.northside, "plan")  # why it must not be used before it is put right
    done = checked(kept)
    assert done.exit_code != 0
    assert "This checkpoint does not fit" in done.output


def test_the_witness_refuses_it(restored, witness):
    with pytest.raises(Exception, match="end is gone"):
        witness()


def test_the_witness_refuses_it_when_it_has_grown_again(restored, witness):
    person, _kept = restored
    for number in range(20):
        factories.registered(person.world.northside, given_name=f"Later{number}")
    keeping.sign_all()
    with pytest.raises(Exception, match="is not what it was"):
        witness()


def test_once_it_is_withdrawn_again_nothing_is_open(restored):
    person, _kept = restored
    [agreed] = consents.current(person.northside, access=person.therapist)
    sharing.withdraw(consent_id=agreed.id, by=person.therapist)
    assert not allowed.opens(person.keyworker, person.northside, "plan")
