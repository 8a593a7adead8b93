"""Twin worlds, a few hundred pairs of answers: `python -m tests.twins.proof` compares 50,000."""

import pytest
from django.db import connection

from tests.twins import hiding, leaks, pairs

pytestmark = pytest.mark.django_db
SEED = 20_260_306


def test_what_others_do_unseen_changes_no_byte():
    found = pairs.Compared(every=31)
    found.world(SEED)
    assert found.wrong == []
    assert found.asked > 150


def test_that_the_same_was_signed_again_is_not_the_recipients_to_know():
    found = pairs.Compared(about="sharing-why", acts=("the same agreed again",))
    found.world(SEED)
    assert found.wrong == []
    assert found.asked > 10


@pytest.mark.parametrize("name", leaks.LEAKS)
def test_a_planted_leak_is_found(name):
    leak = leaks.LEAKS[name]
    held = leak.walled and connection.vendor == "postgresql"
    assert pairs.finds(leak, SEED) != held


def test_every_hidden_act_is_possible():
    assert pairs.possible(SEED) == set(hiding.ACTS)
