"""Erasing reaches every table that holds anything of a registration: what is left out is found here, by name."""

import django.apps
import pytest
from django.db import models, transaction

from alongside.access.models import Anchor, Record
from alongside.sharing.actions import HOLD
from tests import factories
from tests.factories import SETTING_UP

# Tables that hold nothing of one registration, or that outlive it, each with the reason.
STAYS = {
    "who works where, and what a service is": """
        organisations.Partnership organisations.Service organisations.Team organisations.Practitioner
        organisations.QualifiedOrganisation organisations.RoleAssignment organisations.Cover organisations.Duty
        access.Place
    """,
    "somebody's own sign-in goes with the last record that it opened, by its owner's act": "organisations.User",
    "the ledger, which stands: its entries name registrations by a secret that is destroyed": """
        audit.Entry audit.Mention audit.Checkpoint audit.Countersignature
    """,
    "that secret, destroyed last by an act of its own (`audit.actions.forget`)": "audit.Pseudonym",
    "figures of many, which name nobody": "evaluation.Release",
}
STAYING = {name for names in STAYS.values() for name in names.split()}


def name_of(model: type[models.Model]) -> str:
    return str(model._meta.label).removeprefix("alongside_")


def ours() -> dict[str, type[models.Model]]:
    found = [one for one in django.apps.apps.get_models() if one.__module__.startswith("alongside.")]
    return {name_of(one): one for one in found}


def left_out(tables: set[str], reached: set[str]) -> list[str]:
    """Tables that no room erases from, and that nobody said may stay."""
    return sorted(tables - reached - STAYING)


def of_a_registration(model: type[models.Model]) -> bool:
    """Whether a table's rows are a registration's: a record, what hangs on one, or a fact on the anchor."""
    if issubclass(model, Record):
        return True
    parents = [one.related_model for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey)]
    return any(issubclass(one, (Record, Anchor)) for one in parents)


@pytest.fixture
def reached(db) -> set[str]:
    """The tables from which erasing a registration takes, were there anything of it in them."""
    registration = factories.registered(factories.partnership().northside)
    with transaction.atomic():
        return {table for room in HOLD for table in room.erase(registration=registration, by=SETTING_UP)}


def test_every_table_is_reached_or_stays_for_a_reason(reached):
    assert left_out(set(ours()), reached) == []


def test_nothing_stays_that_is_of_a_registration():
    assert [name for name in STAYING if of_a_registration(ours()[name])] == []


def test_the_reasons_name_tables_that_there_are_and_that_are_not_reached(reached):
    assert STAYING - set(ours()) == set()
    assert STAYING & reached == set()


@pytest.mark.parametrize("room", HOLD, ids=lambda one: one.__name__.split(".")[1])
def test_a_room_that_forgets_itself_is_found(db, room):
    """Planted: each room in turn is left out."""
    registration = factories.registered(factories.partnership().northside)
    others = [one for one in HOLD if one is not room]
    with transaction.atomic():
        rest = {table for one in others[:-1] for table in one.erase(registration=registration, by=SETTING_UP)}
    mine = {name for name in ours() if name.startswith(f"{room.__name__.split('.')[1]}.")} - STAYING
    found = set(left_out(set(ours()), rest))
    assert mine <= found | {"access.Source"}
    assert mine & found


def test_a_table_that_nobody_thought_of_is_found(reached):
    assert left_out({*ours(), "plan.Wish"}, reached) == ["plan.Wish"]


def test_every_room_with_a_registrations_tables_is_asked():
    assert {one.__name__ for one in HOLD} == {
        f"alongside.{name.partition('.')[0]}.actions" for name in ours() if name not in STAYING
    }
