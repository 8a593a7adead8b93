"""The review of somebody who was taken on, and looked at again, at a weekend."""

from datetime import UTC, datetime

import pytest

from alongside.journey import actions
from alongside.kernel import clock
from alongside.kernel.clock import LONDON
from alongside.tasks import queries as tasks
from tests import factories

pytestmark = pytest.mark.django_db
SUNDAY = datetime(2026, 1, 18, 11, tzinfo=UTC)
FRIDAY = datetime(2026, 4, 10, 17, tzinfo=LONDON)  # two days before the Sunday twelve weeks on


def test_a_review_falls_due_when_the_service_is_open():
    with clock.at(SUNDAY):
        service = factories.partnership().northside
        therapist = service.sign_in("therapist")
        episode = actions.open_episode(
            registration=factories.registered(service),
            team=service.team,
            received_on=clock.today(),
            practitioner=therapist.actor,
            by=therapist,
        )
        [owed] = tasks.owed(access=therapist)
        assert (owed.kind, owed.due_at) == ("review", FRIDAY)
        actions.reviewed(about=episode, by=therapist)
        [again] = tasks.owed(access=therapist)
        assert (again.kind, again.due_at) == ("review", FRIDAY)
