"""Somebody in joint treatment, and the colleague who takes over."""

import pytest

from tests import factories


@pytest.fixture
def person():
    return factories.JointJourney()


@pytest.fixture
def colleague(person):
    return person.world.northside.sign_in("step2_practitioner")
