"""A list that begins with what the reader's grants name shows what it would show if it began with everybody."""

import pytest

from alongside.access import queries as allowed
from alongside.people.models import Registration
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers():
    """One of each service: they share a person, and each service knows two more."""
    joint = factories.joint("identity")
    for service in (joint.here, joint.there) * 2:
        factories.registered(service)
    return [joint.here.sign_in("duty_worker"), joint.there.sign_in("duty_worker"), joint.here.sign_in("administrator")]


def everybody():
    return Registration.objects.order_by("pk")


@pytest.mark.parametrize("few", [0, 1, 100])
def test_the_same_is_open_however_it_begins(readers, monkeypatch, few):
    monkeypatch.setattr(allowed, "FEW", few)
    for access in readers:
        found = list(allowed.visible(access, allowed.from_few(access, everybody())))
        assert found == list(allowed.visible(access, everybody()))
        assert found


def test_it_begins_with_the_grants_where_they_are_few(readers, monkeypatch):
    few = allowed.from_few(readers[0], everybody())
    assert 0 < few.count() < everybody().count()

    monkeypatch.setattr(allowed, "FEW", 0)
    assert list(allowed.from_few(readers[0], everybody())) == list(everybody())
