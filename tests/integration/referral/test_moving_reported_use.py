"""An installation that kept the drinking in the referral shows the same to whoever may see it after the upgrade."""

from decimal import Decimal

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alongside.access import raising
from alongside.referral import actions, queries
from alongside.referral.models import ReceivedReferral, ReportedUse
from alongside.referral.rules import Use
from tests import factories
from tests.integration.referral.test_referral import declining

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE, AFTER = [("alongside_referral", name) for name in ("0001_initial", "0002_reported_use")]


def migrated(to):
    """The rooms' tables after migrating: the models as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate([to])
    return MigrationExecutor(connection).loader.project_state([to]).apps


@pytest.fixture
def world():
    yield factories.partnership()
    [today] = MigrationExecutor(connection).loader.graph.leaf_nodes("alongside_referral")
    migrated(today)
    raising.put_up()  # the table is another one now


def test_what_was_said_moves_with_its_referral_and_back(world):
    drinks, quiet = factories.Referred(world), factories.Referred(world, given_name="Kim")
    ReportedUse.objects.filter(referral=quiet.referral).delete()  # nobody asked
    actions.decline(referral=drinks.referral, decision=declining(), by=drinks.therapist)
    recorded_at = ReceivedReferral.objects.get(referral=drinks.referral).recorded_at
    expected = ReportedUse.objects.values().get() | {"id": "", "recorded_at": recorded_at}

    old = migrated(BEFORE)
    received = old.get_model("alongside_referral", "ReceivedReferral").objects
    said = ("substance", "days_of_28", "amount", "unit")
    assert received.values_list(*said).get(referral=drinks.referral) == ("alcohol", 20, Decimal(12), "units")
    assert received.values_list(*said).get(referral=quiet.referral) == ("", None, None, "")
    assert old.get_model("alongside_referral", "Decision").objects.get().below_threshold is True

    migrated(AFTER)
    assert ReportedUse.objects.values().get() | {"id": ""} == expected
    assert ReportedUse.objects.get().pk.startswith("rus_")
    found = queries.received(drinks.referral, access=drinks.therapist)
    assert (found.use, found.decision.below_threshold) == (Use("alcohol", 20, Decimal(12), "units"), True)
    assert queries.received(quiet.referral, access=drinks.therapist).use == Use()
