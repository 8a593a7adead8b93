"""A Friday afternoon in two services that have worked together for twenty weeks."""

import pytest

from alongside.kernel import clock
from tests import factories, lives
from tests.integration.web.visiting import browser


@pytest.fixture(autouse=True)
def _friday_afternoon():
    with clock.at(lives.NOW):
        yield


@pytest.fixture
def world(db):
    with clock.at(lives.NOW - 20 * lives.WEEK):
        made = factories.partnership()
        made.northside.sign_in("therapist")
        made.riverside.sign_in("keyworker")
        return made


@pytest.fixture
def life(world):
    """Amira Khan, whom the therapist has just begun to see; a text message is safe."""
    safe = {"phone": "07700 900123", "text_is_safe": True}
    return lives.treated(world.northside, given_name="Amira", family_name="Khan", **safe)


@pytest.fixture
def therapist(world):
    return browser(world.northside, "therapist")
