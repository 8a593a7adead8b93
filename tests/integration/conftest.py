"""Whom a test of the record is about, unless its folder or its module says otherwise."""

from datetime import timedelta

import pytest

from alongside.kernel import clock
from tests import factories


@pytest.fixture
def person():
    """On a joint journey for three weeks; what helps both teams is shared each way."""
    with clock.at(clock.now() - timedelta(days=21)):
        return factories.JointJourney()


@pytest.fixture
def therapist(person):
    return person.therapist
