"""Somebody who said that email and texts are safe, their therapist, and the clock held still."""

from datetime import UTC, datetime

import pytest

from alongside.access.context import Access
from alongside.kernel import clock
from tests import factories

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
SAFE = {"email": "jordan@example.org", "email_is_safe": True, "phone": "07700 900123", "text_is_safe": True}


@pytest.fixture(autouse=True)
def _friday_afternoon():
    with clock.at(NOW):
        yield


@pytest.fixture
def demonstration(settings):
    """Where a page shows what would have been sent."""
    settings.DEMONSTRATION = True


@pytest.fixture
def system():
    return Access.system("tick")


@pytest.fixture
def northside():
    return factories.partnership().northside


@pytest.fixture
def therapist(northside):
    return northside.sign_in("therapist")


@pytest.fixture
def person(northside, therapist):
    return factories.registered(northside, **SAFE)
