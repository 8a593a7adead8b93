"""The demonstration, seeded once for every test that looks at it, and rolled back."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from alongside.cli.demonstration import looking, own, seeding
from alongside.kernel import clock

NOW = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)  # a Wednesday morning
PEOPLE = 26


def pytest_collection_modifyitems(items):
    for item in items:
        if "demonstration/seeded/" in item.path.as_posix():
            item.add_marker(pytest.mark.xdist_group("seeded"))  # seeded by one worker only


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        made = seeding.seed_partnership(NOW, seed=1)
        lived = list(seeding.seed_people(made, people=PEOPLE, seed=1, now=NOW))
        assert len(lived) == PEOPLE
        looking.look_around(made, NOW)
        own.sign_in(made, NOW, 1)
        seeding.sign(NOW)
        with clock.at(NOW):
            yield made
        transaction.set_rollback(True)
