"""An installation that named caseloads by the practitioner alone sees the same people after the upgrade."""

from importlib import import_module

import pytest
from django.apps import apps

from alongside.access.models import Grant, Need
from alongside.access.rules import Handle
from tests import factories

pytestmark = pytest.mark.django_db
upgrade = import_module("alongside.access.migrations.0002_caseloads_by_service")


def spelt():
    return [set(model.objects.values_list("registration", "handle", "because")) for model in (Need, Grant)]


def test_old_handles_learn_their_service():
    person = factories.JointJourney()
    today = spelt()
    for model in (Need, Grant):
        for row in model.objects.filter(handle__startswith="caseload:"):
            model.objects.filter(pk=row.pk).update(handle=row.handle.partition("@")[0])
    assert spelt() != today
    upgrade.say_which_service(apps, None)
    assert spelt() == today
    mine = Handle.caseload(person.keyworker.actor, person.world.riverside.id)
    assert Grant.objects.filter(handle=mine, registration=person.northside).exists()
