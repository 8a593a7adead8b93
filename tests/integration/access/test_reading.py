"""The disclosure gate: what a page shows is in the ledger, or the page is not shown."""

import pytest
from django.db import connection, connections, transaction

from alongside.access import reading
from alongside.audit import actions as audit
from alongside.audit import queries as ledger
from alongside.people import queries as people
from tests import factories


@pytest.mark.django_db
def test_a_page_leaves_one_entry_naming_whom_it_showed():
    world = factories.partnership()
    shown, not_shown = factories.registered(world.riverside), factories.registered(world.riverside)
    keyworker = world.riverside.sign_in("keyworker")
    reading.read(keyworker, "people.person", lambda: people.header(shown, access=keyworker))
    [entry] = [one for one in ledger.about(shown) if one.act == "shown"]
    assert (entry.actor, entry.role, entry.purpose) == (keyworker.actor, "keyworker", "direct_care")
    assert not [one for one in ledger.about(not_shown) if one.act == "shown"]


@pytest.mark.django_db
def test_nothing_is_shown_if_the_entry_cannot_be_written(monkeypatch):
    world = factories.partnership()
    registration = factories.registered(world.riverside)
    keyworker = world.riverside.sign_in("keyworker")

    def broken(**_):
        raise OSError("the ledger's disk is full")

    monkeypatch.setattr(audit, "append", broken)
    with pytest.raises(OSError, match="disk is full"):
        reading.read(keyworker, "people.person", lambda: people.header(registration, access=keyworker))


@pytest.mark.django_db
def test_looking_outside_a_page_leaves_no_entry():
    world = factories.partnership()
    registration = factories.registered(world.riverside)
    people.header(registration, access=world.riverside.sign_in("keyworker"))
    assert not [one for one in ledger.about(registration) if one.act == "shown"]


@pytest.mark.django_db(transaction=True)
def test_a_page_is_read_again_if_a_consent_changed_under_it():
    """PostgreSQL only: SQLite lets nobody write while a page is read."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time, so nothing can change under a page.")
    world = factories.partnership()
    registration = factories.registered(world.riverside)
    keyworker = world.riverside.sign_in("keyworker")
    attempts = []

    def page():
        header = people.header(registration, access=keyworker)
        attempts.append(header)
        if len(attempts) == 1:
            _change_facts_in_another_connection(registration)
        return header

    reading.read(keyworker, "people.person", page)
    assert len(attempts) == 2


def _change_facts_in_another_connection(registration):
    import threading

    from alongside.access import actions
    from alongside.access.context import Access

    def change():
        with transaction.atomic():
            actions.lock(registrations=[registration], by=Access.system("test"))
            actions.recompile(registration=registration, by=Access.system("test"))
        connections["default"].close()

    thread = threading.Thread(target=change)
    thread.start()
    thread.join()
